using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Launch;

/// <summary>The clock of production runs: does nothing and costs nothing.</summary>
public readonly struct NoStageClock : IStageClock
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Start()
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mark(int stage)
    {
    }
}
