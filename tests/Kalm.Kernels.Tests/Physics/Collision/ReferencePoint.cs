namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>A point of the difference of two shapes, and the points of the shapes it is made of.</summary>
internal readonly record struct ReferencePoint(Vector Point1, Vector Point2)
{
    public Vector Difference => Point1 - Point2;
}
