namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Where the two geoms of a pair are: positions and row-major orientation matrices.</summary>
internal sealed record PairPose(double[] Position1, double[] Matrix1, double[] Position2, double[] Matrix2)
{
    public double[] Numbers => [.. Position1, .. Matrix1, .. Position2, .. Matrix2];
}
