using System.Globalization;
using Kalm.App.Pipeline;
using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>Results as tables for people.</summary>
internal static class Tables
{
    /// <summary>How far <c>kalm replay</c> landed from the recorded positions.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Replay(object result, IAnsiConsole console)
    {
        if (result is GoldReplayResult gold) Replay(gold, console);
        else Replay((ReplayResult)result, console);
    }

    private static void Replay(GoldReplayResult result, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(
            "task", "states", "<= 1e-10", "<= 1e-6", "contacts", "median", "p95", "max", "25 steps", "250 steps");
        foreach (GoldTaskResult task in result.Tasks)
        {
            double?[] errors = [task.Median, task.P95, task.Max, task.OpenLoop25, task.OpenLoop250];
            string contacts = task.ContactSetEqual is { } equal ? $"{equal:P1}" : "";
            table.AddRow(
                [task.Task, $"{task.States}", $"{task.Frac1e10:P1}", $"{task.Frac1e6:P1}", contacts,
                .. errors.Select(error => $"{error:0.0e+0}")]);
        }

        console.Write(table);
        int overflows = result.Tasks.Sum(task => task.Overflows);
        if (overflows > 0) console.Write(new Text($"{overflows} states had no room for all contacts\n"));
    }

    private static void Replay(ReplayResult result, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("transitions", "median", "p90", "p99", "max");
        double[] errors = [result.Median, result.P90, result.P99, result.Max];
        table.AddRow([$"{result.Transitions}", .. errors.Select(error => $"{error:0.0e+0} m")]);
        console.Write(table);
    }

    /// <summary>What <c>kalm list</c> found.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void List(ListResult result, IAnsiConsole console)
    {
        if (result.Envs == null)
        {
            console.WriteLine(string.Join('\n', result.Names));
            return;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("env", "observation", "action", "horizon");
        foreach (ListedEnv env in result.Envs)
        {
            string action = env.ActionSize == 0
                ? $"{env.ActionCount} choices"
                : $"{env.ActionSize} in {Bounds(env.ActionLow, env.ActionHigh)}";
            table.AddRow(env.Id, $"{env.ObservationSize}", action, $"{env.Horizon}");
        }

        console.Write(table);
        console.WriteLine("--json has the names and bounds of every number");
    }

    private static string Bounds(IReadOnlyList<float> low, IReadOnlyList<float> high) =>
        string.Create(CultureInfo.InvariantCulture, $"{low.Min()} … {high.Max()}");

    /// <summary>What <c>kalm evaluate</c> measured.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Evaluate(object result, IAnsiConsole console)
    {
        if (result is EvaluateResult levels)
        {
            Levels(levels.Levels, console);
            return;
        }

        var scripted = (ScriptedResult)result;
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("env", "successes", "MuJoCo 3.3.0", "median step", "mean return", "overflows");
        foreach (ScriptedTaskResult task in scripted.Tasks)
        {
            table.AddRow(
                task.Env, $"{task.Successes} / {task.Episodes}", $"{task.Reference}", $"{task.MedianSteps}",
                task.MeanReturn.ToString("0.0", CultureInfo.InvariantCulture), $"{task.Overflows}");
        }

        console.Write(table);
        console.WriteLine($"{scripted.Successes} of {scripted.Episodes} episodes reached their goal");
    }

    /// <summary>What <c>kalm doctor</c> found.</summary>
    /// <param name="report">The result.</param>
    /// <param name="console">Where.</param>
    public static void Doctor(DoctorReport report, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumns("", "");
        void Row(string name, string value) => table.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        Row("kalm", report.Kalm);
        Row("runtime", report.Machine.Runtime);
        Row("system", report.Machine.Os);
        Row("processor", $"{report.Machine.Cpu}, {report.Machine.Cores} logical");
        Row("memory", $"{report.Machine.MemoryGib} GiB");
        Row("features", string.Join(' ', report.Machine.Features));
        Row("float lane", report.FloatLane);
        Row("double lane", report.DoubleLane);
        Row("threads", $"{report.Threads}");
        if (report.Torch is { } torch)
        {
            Row("libtorch", $"{torch.Version} through the {torch.Binding} binding, {torch.Threads} threads");
            Row("", torch.LibraryPath ?? "");
            Row("BLAS", $"{torch.BlasPath ?? "unknown"}, {torch.BlasThreads} threads");
            Row("BLAS kernels", torch.BlasCore ?? "unknown");
            Row("OMP_WAIT_POLICY", torch.WaitPolicy ?? "not set");
        }
        else
        {
            Row("libtorch", "cannot be used: " + report.TorchProblem);
        }
        foreach (OptionalPackage package in report.Packages)
            Row(package.Name, (package.Used ? "used: " : "not used: ") + package.Reason);
        console.Write(table);
    }

    /// <summary>How well the model was grounded.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Ground(GroundResult result, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("parameters", "state MSE, m²", "actions, %", "explanations, %", "text, %");
        table.AddRow(
            $"{result.Parameters:N0}", $"{result.StateError:0.0e+0}", Percent(result.ActionAccuracy),
            Percent(result.ExplanationAccuracy), Percent(result.TextAccuracy));
        console.Write(table);
    }

    /// <summary>What was imagined, and how much of it could not be.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Imagine(ImagineResult result, IAnsiConsole console)
    {
        ReportTable figures = Report.Hallucination(result);
        Table table = new Table().Border(TableBorder.Simple).AddColumns([.. figures.Columns]);
        foreach (IReadOnlyList<string> row in figures.Rows) table.AddRow([.. row]);
        console.Write(table);
    }

    /// <summary>The policies that were trained.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Train(TrainResult result, IAnsiConsole console)
    {
        Table table =
            new Table().Border(TableBorder.Simple).AddColumns("imagined", "method", "policies", "transitions", "loss");
        foreach (var kind in result.Policies.GroupBy(p => (p.Level, p.Method, p.Transitions)))
        {
            string loss = kind.Average(p => p.Loss).ToString("0.000", CultureInfo.InvariantCulture);
            string level = kind.Key.Level == "offline" ? "–" : kind.Key.Level;
            table.AddRow(level, kind.Key.Method, $"{kind.Count()}", $"{kind.Key.Transitions:N0}", loss);
        }
        console.Write(table);
    }

    /// <summary>Success per level and method, beside the paper's.</summary>
    /// <param name="levels">The results.</param>
    /// <param name="console">Where.</param>
    public static void Levels(IReadOnlyList<LevelResult> levels, IAnsiConsole console)
    {
        Table table =
            new Table().Border(TableBorder.Rounded).Title("success, % (in brackets: the paper's)").AddColumn("method");
        List<string> names = [.. PaperFigures.Levels.Where(level => levels.Any(r => r.Level == level))];
        foreach (string name in names) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (string method in PaperFigures.Methods.Where(method => levels.Any(r => r.Method == method)))
            table.AddRow([method, .. names.Select(level => Cell(levels, level, method))]);
        console.Write(table);
    }

    /// <summary>The end of a whole run: its results and where the report is.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Run(RunResult result, IAnsiConsole console)
    {
        Levels(result.Levels, console);
        console.WriteLine($"run:    {result.Run}");
        console.WriteLine($"report: {result.Report}");
        console.WriteLine($"time:   {ProgressClock.Duration(result.Seconds)}");
    }

    private static string Cell(IReadOnlyList<LevelResult> levels, string level, string method)
    {
        if (levels.FirstOrDefault(r => r.Level == level && r.Method == method) is not { } found) return "–";
        string paper = PaperFigures.Find(level, method) is { } figure ? $" [grey]({Percent(figure)})[/]" : "";
        return $"{Percent(found.Success)} ± {Percent(found.Std)}{paper}";
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
