using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Kalm.Testing;

/// <summary>
/// Runs tests again in a child process with instruction sets switched off. The switches are the runtime's
/// <c>DOTNET_Enable…</c> variables; they act only on a process that starts with them. (The older name
/// <c>EnableAVX512F</c> does nothing on .NET 10.)
/// </summary>
public static class IsaRun
{
    /// <summary>Leaves AVX2 and below.</summary>
    public const string WithoutAvx512 = "DOTNET_EnableAVX512";

    /// <summary>Leaves AVX and below; fused multiply-add goes too.</summary>
    public const string WithoutAvx2 = "DOTNET_EnableAVX2";

    /// <summary>Leaves scalar code: every vector operation runs as the runtime's software fallback.</summary>
    public const string WithoutIntrinsics = "DOTNET_EnableHWIntrinsic";

    /// <summary>Whether this process was started with <paramref name="name"/> switched off.</summary>
    public static bool IsOff(string name) => Environment.GetEnvironmentVariable(name) == "0";

    /// <summary>
    /// Runs the tests of <paramref name="assembly"/> that match <paramref name="filter"/> with one switch off.
    /// </summary>
    /// <param name="assembly">Path of the test assembly.</param>
    /// <param name="filter">A test case filter, as of <c>dotnet test --filter</c>.</param>
    /// <param name="switchOff">One of the names of this class.</param>
    public static IsaResult Run(string assembly, string filter, string switchOff)
    {
        string results = Directory.CreateTempSubdirectory("kalm-isa-").FullName;
        try
        {
            string? host = Environment.ProcessPath;
            ProcessStartInfo start = new(Path.GetFileName(host) == "dotnet" ? host! : "dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = results,
            };
            start.ArgumentList.Add("vstest");
            start.ArgumentList.Add(assembly);
            start.ArgumentList.Add($"--TestCaseFilter:{filter}");
            start.ArgumentList.Add("--logger:trx;LogFileName=isa.trx");
            start.ArgumentList.Add($"--ResultsDirectory:{results}");
            start.Environment[switchOff] = "0";
            using Process? child = Process.Start(start);
            if (child == null) throw new InvalidOperationException("dotnet vstest did not start");
            Task<string> errors = child.StandardError.ReadToEndAsync();
            string output = child.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            child.WaitForExit();
            return Read(Path.Combine(results, "isa.trx"), child.ExitCode, output);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    private static IsaResult Read(string trx, int exitCode, string output)
    {
        if (!File.Exists(trx)) return new IsaResult(exitCode, 0, 0, 0, output);
        XElement counters = XDocument.Load(trx).Descendants().First(element => element.Name.LocalName == "Counters");
        int total = Count(counters, "total");
        int passed = Count(counters, "passed");
        int failed = 0;
        foreach (string bad in (string[])["failed", "error", "timeout", "aborted"]) failed += Count(counters, bad);
        return new IsaResult(exitCode, passed, failed, total - passed - failed, output);
    }

    private static int Count(XElement counters, string name) =>
        int.Parse(counters.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
