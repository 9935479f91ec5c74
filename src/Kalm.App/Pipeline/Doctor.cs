using System.Reflection;
using System.Runtime.InteropServices;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Native;

namespace Kalm.App.Pipeline;

/// <summary>What the program found on this machine, and what it uses of it.</summary>
public static class Doctor
{
    /// <summary>Looks around.</summary>
    /// <param name="threads">Worker threads.</param>
    public static DoctorReport Run(int threads)
    {
        (TorchInfo? torch, string? problem) = Torch(threads);
        return new DoctorReport
        {
            Kalm = Manifest.ProgramVersion,
            Machine = new Machine(),
            FloatLane = Describe(Precision.Float),
            DoubleLane = Describe(Precision.Double),
            Threads = threads,
            Torch = torch,
            TorchProblem = problem,
            Packages = [Package("TorchSharp", "KalmTorch", "TorchSharp"), Package("ILGPU", "KalmGpu", "ilgpu")],
        };
    }

    private static string Describe(Precision precision)
    {
        LaneKind kind = LaneSelector.Widest(precision);
        return $"{kind} ({kind.Width()} worlds at once)";
    }

    private static (TorchInfo?, string?) Torch(int threads)
    {
        try
        {
            TorchInfo.UseThreads(threads);
            return (TorchInfo.Read(), null);
        }
        catch (Exception e) when (Unusable(e))
        {
            return (null, (e is TypeInitializationException { InnerException: { } inner } ? inner : e).Message);
        }
    }

    private static bool Unusable(Exception e) =>
        e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or ExternalException
            or TypeInitializationException;

    private static OptionalPackage Package(string name, string property, string value)
    {
        string chosen = Metadata(property);
        bool used = string.Equals(chosen, value, StringComparison.OrdinalIgnoreCase);
        string reason = Metadata(property + "Reason");
        return new OptionalPackage(name, used, reason.Length > 0 ? reason : $"this build has {property}={chosen}");
    }

    private static string Metadata(string key) =>
        typeof(Doctor).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == key)?.Value ?? "";
}
