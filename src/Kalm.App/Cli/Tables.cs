using Kalm.App.Pipeline;
using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>Results as tables for people.</summary>
internal static class Tables
{
    /// <summary>How far <c>kalm replay</c> landed from the recorded positions.</summary>
    /// <param name="result">The result.</param>
    /// <param name="console">Where.</param>
    public static void Replay(ReplayResult result, IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("transitions", "median", "p90", "p99", "max");
        double[] errors = [result.Median, result.P90, result.P99, result.Max];
        table.AddRow([$"{result.Transitions}", .. errors.Select(error => $"{error:0.0e+0} m")]);
        console.Write(table);
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
        foreach (OptionalPackage package in report.Packages)
            Row(package.Name, (package.Used ? "used: " : "not used: ") + package.Reason);
        console.Write(table);
    }
}
