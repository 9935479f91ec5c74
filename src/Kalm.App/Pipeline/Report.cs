using System.Globalization;
using System.Text.Json.Nodes;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>The stage that turns a run folder into one HTML page.</summary>
public static class Report
{
    private static readonly string[] StageNames = ["collect", "import", "ground", "imagine", "train", "evaluate"];

    private const string SuccessNote =
        "Share of episodes that reach their goal in the simulator. Bars are means over seeds, whiskers one standard "
        + "deviation; “+ KALM” trained on imagined rollouts too. Diamonds are the paper's figures with a "
        + "model thousands of times larger.";

    private const string HallucinationNote =
        "Imagined steps that could not happen: a ball beyond the walls, two balls in one place, or a ball elsewhere "
        + "than the simulator puts it after the same push.";

    private const string ImaginedLead =
        "A language model learned to read and write robot rollouts, imagined new ones for goals nobody had recorded, "
        + "and offline reinforcement learning trained on both.";

    private const string RecordedLead =
        "Rollouts that offline reinforcement learning can train on; nothing was imagined.";

    /// <summary>Writes the run's <c>report.html</c> from whatever stages are done.</summary>
    /// <param name="options">Options.</param>
    /// <param name="context">The run.</param>
    /// <exception cref="KalmException">A file of the run is damaged, or the page cannot be written.</exception>
    public static ReportResult Run(ReportOptions options, StageContext context)
    {
        ReportData data = Gather(options, context.Folder);
        AtomicFile.WriteText(context.Folder.ReportFile, ReportPage.Render(data));
        return new ReportResult(Path.GetFullPath(context.Folder.ReportFile));
    }

    /// <summary>Statistics of imagined rollouts as a table.</summary>
    /// <param name="result">What was imagined.</param>
    internal static ReportTable Hallucination(ImagineResult result) => new(
        ["level", "rollouts", "transitions", "goal reached", "off the table", "overlapping",
            "exceeds dynamics", "mean error"],
        [
            .. result.Levels.Select(level => (IReadOnlyList<string>)[
                level.Level, Number(level.Rollouts), Number(level.Transitions), Percent(level.MatchRate),
                Percent(level.LeftTable), Percent(level.Overlapping), Percent(level.ExceedsDynamics),
                $"{(1000 * level.MeanError).ToString("0.0", CultureInfo.InvariantCulture)} mm"]),
        ]);

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static ReportData Gather(ReportOptions options, RunFolder folder)
    {
        var stages = new List<ReportStage>();
        var groups = new List<ReportOptionGroup>();
        foreach (string name in StageNames)
        {
            if (!StageRunner.IsDone(folder, name)) continue;
            JsonObject done = JsonFile.ReadObject(folder.File(name, "done.json"));
            stages.Add(new ReportStage(name, done["seconds"]?.GetValue<double>() ?? 0));
            var values = new List<string[]>();
            Flatten("", done["identity"]?["options"] as JsonObject ?? [], values);
            if (values.Count > 0) groups.Add(new ReportOptionGroup(name, values));
        }
        bool curves = File.Exists(folder.MetricsFile);
        Manifest manifest = folder.Manifest;
        bool learned = stages.Exists(stage => stage.Name is not ("collect" or "import"));
        var data = new ReportData
        {
            Run = new ReportRun
            {
                Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))),
                Preset = learned ? manifest.Preset : "",
                Seed = manifest.Seed,
                Seconds = stages.Sum(stage => stage.Seconds),
                Created = manifest.Created.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
                Machine = $"{manifest.Machine.Cores} cores, {manifest.Machine.MemoryGib} GiB",
                Kalm = manifest.Kalm,
            },
            Title = learned ? "Rollouts imagined by a grounded language model" : "Recorded rollouts",
            Lead = learned ? ImaginedLead : RecordedLead,
            SuccessNote = SuccessNote,
            Levels = Levels(folder),
            Curves = curves ? Curves.FromLines(MetricsWriter.Read(folder.MetricsFile), options.CurvePoints) : [],
            Hallucination = StageRunner.IsDone(folder, "imagine")
                ? Hallucination(StageRunner.Read<ImagineResult>(folder, "imagine", "result"))
                : new ReportTable([], []),
            HallucinationNote = HallucinationNote,
            Rollouts = ReportRollouts.Pick(folder, options.Rollouts),
            Options = groups,
            Stages = stages,
        };
        return ReportScenes.AddTo(data, folder, options.Rollouts);
    }

    private static IReadOnlyList<LevelResult> Levels(RunFolder folder) => StageRunner.IsDone(folder, "evaluate")
        ? StageRunner.Read<EvaluateResult>(folder, "evaluate", "result").Levels
        : [];

    private static void Flatten(string prefix, JsonObject options, List<string[]> values)
    {
        foreach ((string name, JsonNode? value) in options)
        {
            string words = (prefix + name).Replace('_', ' ');
            if (value is JsonObject inner) Flatten(words + " · ", inner, values);
            else values.Add([words, Show(value)]);
        }
    }

    private static string Show(JsonNode? value) => value switch
    {
        null => "–",
        JsonArray array => string.Join(", ", array.Select(Show)),
        _ => value.ToString(),
    };
}
