using Kalm.Native;

namespace Kalm.App.Pipeline;

/// <summary>What <c>kalm doctor</c> tells.</summary>
public sealed record DoctorReport
{
    /// <summary>The program's version.</summary>
    public required string Kalm { get; init; }

    /// <summary>The machine.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Lane the launcher runs float kernels with.</summary>
    public required string FloatLane { get; init; }

    /// <summary>Lane the launcher runs double kernels with.</summary>
    public required string DoubleLane { get; init; }

    /// <summary>Worker threads by default.</summary>
    public required int Threads { get; init; }

    /// <summary>libtorch and its BLAS; null when they cannot be used.</summary>
    public TorchInfo? Torch { get; init; }

    /// <summary>Why libtorch cannot be used; null when it can.</summary>
    public string? TorchProblem { get; init; }

    /// <summary>Packages the program can do without.</summary>
    public required IReadOnlyList<OptionalPackage> Packages { get; init; }
}

/// <summary>A package the program can do without.</summary>
/// <param name="Name">The package.</param>
/// <param name="Used">Whether this build uses it.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record OptionalPackage(string Name, bool Used, string Reason);
