using Kalm.App.Pipeline;
using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>All verbs of the program.</summary>
internal static class Verbs
{
    /// <summary>Makes the verbs in the order of the help text.</summary>
    public static IReadOnlyList<Verb> All() =>
    [
        DemoVerb(), RunVerb(), CollectVerb(), ImportVerb(), GroundVerb(), ImagineVerb(), TrainVerb(), EvaluateVerb(),
        ReportVerb(), SimulateVerb(), ReplayVerb(), ListVerb(), DoctorVerb(),
    ];

    private static Verb CollectVerb() => Verb.CreateStage(
        "collect",
        "Collect offline data with a scripted player",
        preset => preset.Collect,
        Collect.Run,
        (result, console) => console.Write(new Text(
            $"{result.Rollouts} rollouts, {result.Transitions} transitions, mean length {result.MeanLength:0.0}, "
            + $"median {result.MedianLength}; {result.SuccessRate:P1} of the episodes succeeded\n")));

    private static Verb GroundVerb() => Verb.CreateStage(
        "ground",
        "Train the language model to read and write rollouts",
        preset => preset.Ground,
        Ground.Run,
        Tables.Ground);

    private static Verb ImagineVerb() => Verb.CreateStage(
        "imagine",
        "Let the grounded model imagine rollouts for goals nobody recorded",
        preset => preset.Imagine,
        Imagine.Run,
        Tables.Imagine);

    private static Verb RunVerb() => Verb.CreateRun(
        "run",
        "Do everything: collect, ground, imagine, train, evaluate, report",
        new RunChoice(),
        tunable: true,
        WholeRun.Run,
        Tables.Run);

    private static Verb DemoVerb() => Verb.CreateRun(
        "demo",
        "Do everything with the tiny preset, in minutes",
        new RunChoice { Run = "runs/demo" },
        tunable: false,
        WholeRun.Run,
        Tables.Run);

    private static Verb ImportVerb() => Verb.Create<ImportOptions, ImportResult>(
        "import",
        "Turn a .npy file of the KALM authors into a rollout set",
        new ImportOptions { File = "", Out = "" },
        (options, context) => Import.Run(options, context.Progress),
        (_, _) => { });

    private static Verb ReplayVerb() => Verb.Create<ReplayOptions, object>(
        "replay",
        "Simulate the steps of recorded rollouts again and compare where things end up",
        new ReplayOptions(),
        (options, context) => GoldReplay.Holds(options.File)
            ? GoldReplay.Run(options, context.Progress)
            : Replay.Run(options, context.Progress),
        Tables.Replay);

    private static Verb TrainVerb() => Verb.CreateStage(
        "train",
        "Train policies on collected and imagined rollouts",
        preset => preset.Train,
        Train.Run,
        Tables.Train);

    private static Verb EvaluateVerb() => Verb.CreateStage(
        "evaluate",
        "Measure success: of a run's policies on the four goal levels, of scripted policies in Meta-World",
        preset => preset.Evaluate,
        Evaluate.Run,
        (options, choice, context) => MetaWorldTasks.Holds(options.Env)
            ? ScriptedEvaluate.Run(options, choice.Threads, choice.Seed ?? 1, context.Progress, context.Cancel)
            : null,
        Tables.Evaluate);

    private static Verb SimulateVerb() => Verb.Create<SimulateOptions, SimulateResult>(
        "simulate",
        "Step a batch of worlds and show the rate",
        new SimulateOptions(),
        (options, context) => Simulate.Run(options, context.Progress, context.Cancel),
        (result, console) => console.Write(new Text(
            $"{result.Env}: {result.EnvSteps:N0} env steps in {result.Seconds:0.0} s, "
            + $"{result.EnvStepsPerSecond:N0} per second; "
            + $"{result.Episodes:N0} episodes ended, {result.Successes:N0} reached their goal, "
            + $"{result.Overflows:N0} overflowed\n")));

    private static Verb ReportVerb() => Verb.CreateStage(
        "report",
        "Write the run's report.html from whatever is done",
        preset => preset.Report,
        Report.Run,
        (result, console) => console.Write(new Text($"report: {result.Report}\n")));

    private static Verb ListVerb() => Verb.Create<ListOptions, ListResult>(
        "list",
        "List what there is: envs, levels, methods or presets",
        new ListOptions { What = "" },
        (options, _) => ListResult.Run(options),
        Tables.List);

    private static Verb DoctorVerb() => Verb.Create<DoctorOptions, DoctorReport>(
        "doctor",
        "Show the machine, the lanes, libtorch and the optional packages in use",
        new DoctorOptions(),
        (options, _) => Doctor.Run(options.Threads),
        Tables.Doctor);
}
