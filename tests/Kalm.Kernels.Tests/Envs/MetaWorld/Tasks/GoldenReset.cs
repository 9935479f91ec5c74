namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>One reset: what the task saw after each run of the simulation, what it wrote before the next.</summary>
internal sealed record GoldenReset
{
    /// <summary>The random vector.</summary>
    public required double[] Random { get; init; }

    /// <summary>Poses after the hand's reset and after each run.</summary>
    public required GoldenStage[] Stages { get; init; }

    /// <summary>What stood in the simulation when each run began.</summary>
    public required GoldenCall[] Calls { get; init; }

    public required double[] Target { get; init; }

    public required double[] Object { get; init; }

    public required double[] Tcp { get; init; }

    public required double[] Memory { get; init; }

    /// <summary>First coordinate and first velocity of each named joint.</summary>
    public required Dictionary<string, int[]> Joints { get; init; }

    public required double[] Qpos { get; init; }

    public required double[] Qvel { get; init; }

    public required Dictionary<string, double[]> Bodies { get; init; }

    public required Dictionary<string, double[]> Sites { get; init; }
}
