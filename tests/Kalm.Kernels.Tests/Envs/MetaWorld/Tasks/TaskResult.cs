namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>What a task's kernels computed for one state; names as in <see cref="GoldenState"/>.</summary>
internal sealed record TaskResult
{
    public required double[] Frame { get; init; }

    public required double Reward { get; init; }

    public required double FirstReward { get; init; }

    public required double[] Info { get; init; }

    public required double[] MemoryAfter { get; init; }

    public required double[] FirstMemoryAfter { get; init; }

    public required double[] Policy { get; init; }
}
