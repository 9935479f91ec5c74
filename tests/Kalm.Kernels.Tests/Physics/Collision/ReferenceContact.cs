namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>A contact as the driver sees it, and how it was found.</summary>
internal readonly record struct ReferenceContact(
    double Distance, Vector Position, Vector Normal, int GjkIterations, int EpaIterations);
