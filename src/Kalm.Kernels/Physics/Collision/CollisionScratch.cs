namespace Kalm.Kernels.Physics.Collision;

/// <summary>Scratch rows of the collision stage: candidates, then what the functions of pairs need besides.</summary>
internal static class CollisionScratch
{
    /// <summary>Number of rows; capsules need fewer than boxes.</summary>
    public const int Rows = BoxRows.End;
}
