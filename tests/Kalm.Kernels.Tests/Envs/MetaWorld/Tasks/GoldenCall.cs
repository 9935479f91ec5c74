namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>One run of the simulation in a reset, and what stood in it before.</summary>
internal sealed record GoldenCall
{
    /// <summary>Whether it was a whole step and not a forward.</summary>
    public required bool Step { get; init; }

    public required double[] Qpos { get; init; }

    public required double[] Qvel { get; init; }

    public required Dictionary<string, double[]> Bodies { get; init; }
}
