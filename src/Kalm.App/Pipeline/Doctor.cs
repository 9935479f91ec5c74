using System.Reflection;
using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.App.Pipeline;

/// <summary>What the program found on this machine, and what it uses of it.</summary>
public static class Doctor
{
    /// <summary>Looks around.</summary>
    public static DoctorReport Run() => new()
    {
        Kalm = Manifest.ProgramVersion,
        Machine = new Machine(),
        FloatLane = Describe(Vector512.IsHardwareAccelerated, LaneKind.Lane16, LaneKind.Lane8, LaneKind.Lane1),
        DoubleLane = Describe(Vector512.IsHardwareAccelerated, LaneKind.Lane8d, LaneKind.Lane4d, LaneKind.Lane1d),
        Threads = Environment.ProcessorCount,
        Packages = [Package("TorchSharp", "KalmTorch", "TorchSharp"), Package("ILGPU", "KalmGpu", "ilgpu")],
    };

    private static string Describe(bool widest, LaneKind wide, LaneKind middle, LaneKind narrow)
    {
        LaneKind kind = widest ? wide : Vector256.IsHardwareAccelerated ? middle : narrow;
        return $"{kind} ({kind.Width()} worlds at once)";
    }

    private static OptionalPackage Package(string name, string property, string value)
    {
        string chosen = Metadata(property);
        bool used = string.Equals(chosen, value, StringComparison.OrdinalIgnoreCase);
        string reason = Metadata(property + "Reason");
        return new OptionalPackage(name, used, reason.Length > 0 ? reason : $"this build has {property}={chosen}");
    }

    private static string Metadata(string key) =>
        typeof(Doctor).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value
        ?? "";
}
