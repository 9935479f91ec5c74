namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>One contact of a pair: distance, position, normal.</summary>
internal sealed record PairContact(double Distance, double[] Position, double[] Normal)
{
    public double[] Numbers => [Distance, .. Position, .. Normal];
}
