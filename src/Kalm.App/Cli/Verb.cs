using System.CommandLine;
using Kalm.App.Pipeline;
using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>What the body of a verb is given beside its options.</summary>
/// <param name="Progress">Where it tells how far it is.</param>
/// <param name="Cancel">Asks it to stop at the next checkpoint.</param>
internal sealed record VerbContext(IProgressSink Progress, CancellationToken Cancel);

/// <summary>A verb of the command line: its command, and what happens when it is chosen.</summary>
internal sealed class Verb
{
    private readonly Func<ParseResult, VerbContext, object> _run;
    private readonly Action<object, IAnsiConsole> _print;

    private Verb(Command command, Func<ParseResult, VerbContext, object> run, Action<object, IAnsiConsole> print)
    {
        Command = command;
        _run = run;
        _print = print;
        command.Options.Add(Json);
    }

    /// <summary>The command with its options.</summary>
    public Command Command { get; }

    /// <summary>The switch for machine-readable output, which every verb has.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print the result as one JSON object on the last line; progress goes to stderr",
    };

    /// <summary>Makes a verb over an option record.</summary>
    /// <param name="name">What the user types.</param>
    /// <param name="summary">One line about it.</param>
    /// <param name="defaults">The options' defaults.</param>
    /// <param name="run">The body.</param>
    /// <param name="print">Shows the result to people.</param>
    public static Verb Create<TOptions, TResult>(
        string name,
        string summary,
        TOptions defaults,
        Func<TOptions, VerbContext, TResult> run,
        Action<TResult, IAnsiConsole> print)
        where TOptions : class
        where TResult : class
    {
        var command = new Command(name, summary);
        var binder = new OptionBinder(defaults);
        binder.AddTo(command);
        return new Verb(
            command,
            (parsed, context) => run(binder.Bind(parsed, defaults), context),
            (result, console) => print((TResult)result, console));
    }

    /// <summary>
    /// Makes the verb of a stage: the stage's own options over those of the preset, and the run it belongs to.
    /// </summary>
    /// <param name="name">What the user types; also the stage's name.</param>
    /// <param name="summary">One line about it.</param>
    /// <param name="select">The stage's options within a preset.</param>
    /// <param name="run">The body.</param>
    /// <param name="print">Shows the result to people.</param>
    public static Verb CreateStage<TOptions, TResult>(
        string name,
        string summary,
        Func<PipelineOptions, TOptions> select,
        Func<TOptions, StageContext, TResult> run,
        Action<TResult, IAnsiConsole> print)
        where TOptions : class
        where TResult : class
    {
        var command = new Command(name, summary);
        var where = new OptionBinder(new RunChoice());
        var binder = new OptionBinder(select(Presets.Get(RunChoice.DefaultPreset)));
        where.AddTo(command);
        binder.AddTo(command);
        return new Verb(
            command,
            (parsed, context) =>
            {
                RunChoice choice = where.Bind(parsed, new RunChoice());
                return RunStage(name, select, run, binder, parsed, choice, context);
            },
            (result, console) => print((TResult)result, console));
    }

    /// <summary>Makes the verb of a stage that some options turn into work of its own, without a run.</summary>
    /// <param name="name">What the user types; also the stage's name.</param>
    /// <param name="summary">One line about it.</param>
    /// <param name="select">The stage's options within a preset.</param>
    /// <param name="run">The body of the stage.</param>
    /// <param name="runFree">The body without a run: what the options, threads and seed ask for; null: a stage.</param>
    /// <param name="print">Shows the result to people.</param>
    public static Verb CreateStage<TOptions>(
        string name,
        string summary,
        Func<PipelineOptions, TOptions> select,
        Func<TOptions, StageContext, object> run,
        Func<TOptions, RunChoice, VerbContext, object?> runFree,
        Action<object, IAnsiConsole> print)
        where TOptions : class
    {
        var command = new Command(name, summary);
        var where = new OptionBinder(new RunChoice());
        var binder = new OptionBinder(select(Presets.Get(RunChoice.DefaultPreset)));
        where.AddTo(command);
        binder.AddTo(command);
        return new Verb(
            command,
            (parsed, context) =>
            {
                RunChoice choice = where.Bind(parsed, new RunChoice());
                TOptions typed = binder.Bind(parsed, select(Presets.Get(choice.Preset ?? RunChoice.DefaultPreset)));
                return runFree(typed, choice, context) ?? RunStage(name, select, run, binder, parsed, choice, context);
            },
            print);
    }

    /// <summary>Makes the verb of a whole run.</summary>
    /// <param name="name">What the user types.</param>
    /// <param name="summary">One line about it.</param>
    /// <param name="choice">The run's defaults.</param>
    /// <param name="tunable">Whether every option of every stage is an option of the verb.</param>
    /// <param name="run">The body.</param>
    /// <param name="print">Shows the result to people.</param>
    public static Verb CreateRun<TResult>(
        string name,
        string summary,
        RunChoice choice,
        bool tunable,
        Func<PipelineOptions, StageContext, TResult> run,
        Action<TResult, IAnsiConsole> print)
        where TResult : class
    {
        var command = new Command(name, summary);
        var where = new OptionBinder(choice);
        var binder = new OptionBinder(Presets.Get(RunChoice.DefaultPreset));
        where.AddTo(command);
        if (tunable) binder.AddTo(command);
        return new Verb(
            command,
            (parsed, context) =>
            {
                RunChoice chosen = where.Bind(parsed, choice);
                PipelineOptions options = Presets.Get(chosen.PresetInUse());
                if (tunable) options = binder.Bind(parsed, options);
                return run(options, RunChoice.Open(chosen, OptionsKey.ToJson(options), context));
            },
            (result, console) => print((TResult)result, console));
    }

    private static TResult RunStage<TOptions, TResult>(
        string name, Func<PipelineOptions, TOptions> select, Func<TOptions, StageContext, TResult> run,
        OptionBinder binder, ParseResult parsed, RunChoice choice, VerbContext context)
        where TOptions : class
    {
        StageContext stage = RunChoice.Open(choice, [], context);
        TOptions start =
            RunChoice.Recorded<TOptions>(stage.Folder, name) ?? select(Presets.Get(stage.Folder.Manifest.Preset));
        return run(binder.Bind(parsed, start), stage);
    }

    /// <summary>Runs the body.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">What the body is given.</param>
    public object Run(ParseResult parsed, VerbContext context) => _run(parsed, context);

    /// <summary>Shows a result to people.</summary>
    /// <param name="result">What <see cref="Run"/> returned.</param>
    /// <param name="console">Where.</param>
    public void Print(object result, IAnsiConsole console) => _print(result, console);
}
