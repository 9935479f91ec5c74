using System.Runtime.Intrinsics.X86;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Launch;

/// <summary>
/// Picks the lane type of a precision for this processor: the widest one that its instruction set runs at full speed.
/// The environment variable <c>KALM_LANES</c> (<c>avx512</c>, <c>avx2</c> or <c>scalar</c>) overrides the choice; all
/// choices give the same bits.
/// </summary>
public static class LaneSelector
{
    /// <summary>Name of the overriding environment variable.</summary>
    public const string Variable = "KALM_LANES";

    /// <summary>The lane type to lay out worlds for.</summary>
    /// <exception cref="KalmException"><c>KALM_LANES</c> holds another word than the three.</exception>
    public static LaneKind Widest(Precision precision) =>
        Choose(precision, Environment.GetEnvironmentVariable(Variable));

    /// <summary>The choice under an override; null or empty where there is none.</summary>
    internal static LaneKind Choose(Precision precision, string? chosen)
    {
        string set = string.IsNullOrEmpty(chosen) ? Supported() : chosen;
        return (set, precision) switch
        {
            ("avx512", Precision.Float) => LaneKind.Lane16,
            ("avx512", _) => LaneKind.Lane8d,
            ("avx2", Precision.Float) => LaneKind.Lane8,
            ("avx2", _) => LaneKind.Lane4d,
            ("scalar", Precision.Float) => LaneKind.Lane1,
            ("scalar", _) => LaneKind.Lane1d,
            _ => throw new KalmException($"{Variable}: found \"{set}\", expected avx512, avx2 or scalar"),
        };
    }

    private static string Supported()
    {
        if (Avx512F.IsSupported) return "avx512";
        return Avx2.IsSupported ? "avx2" : "scalar";
    }
}
