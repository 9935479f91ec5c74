using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kalm.App.Pipeline;

/// <summary>The machine a run was made on, as recorded in its <c>run.json</c>.</summary>
public sealed record Machine
{
    /// <summary>Operating system.</summary>
    public string Os { get; init; } = RuntimeInformation.OSDescription;

    /// <summary>Processor's name.</summary>
    public string Cpu { get; init; } = CpuName();

    /// <summary>Logical processors.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory, GiB.</summary>
    public double MemoryGib { get; init; } =
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1);

    /// <summary>.NET runtime.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Vector instruction sets the runtime uses.</summary>
    public IReadOnlyList<string> Features { get; init; } = CpuFeatures();

    private static string CpuName()
    {
        const string Info = "/proc/cpuinfo";
        if (!File.Exists(Info)) return RuntimeInformation.ProcessArchitecture.ToString();
        string? line = File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static List<string> CpuFeatures()
    {
        var found = new List<string>();
        if (Vector128.IsHardwareAccelerated) found.Add("vector128");
        if (Vector256.IsHardwareAccelerated) found.Add("vector256");
        if (Vector512.IsHardwareAccelerated) found.Add("vector512");
        if (Sse41.IsSupported) found.Add("sse4.1");
        if (Avx.IsSupported) found.Add("avx");
        if (Avx2.IsSupported) found.Add("avx2");
        if (Fma.IsSupported) found.Add("fma");
        if (Avx512F.IsSupported) found.Add("avx512f");
        if (Avx512DQ.IsSupported) found.Add("avx512dq");
        if (Avx512BW.IsSupported) found.Add("avx512bw");
        if (System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) found.Add("neon");
        return found;
    }
}
