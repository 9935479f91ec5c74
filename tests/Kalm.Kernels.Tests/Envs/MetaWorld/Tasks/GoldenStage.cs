namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>Poses as of the last forward of a reset: position, then matrix where there is one.</summary>
internal sealed record GoldenStage
{
    public required Dictionary<string, double[]> Handles { get; init; }

    public required double[] Qpos { get; init; }

    public required double[] Qvel { get; init; }
}
