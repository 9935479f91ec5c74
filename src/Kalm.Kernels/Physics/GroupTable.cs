namespace Kalm.Kernels.Physics;

/// <summary>Integers of one contact group: the trees its constraint blocks couple and their dofs.</summary>
internal static class GroupTable
{
    /// <summary>First tree.</summary>
    public const int Tree1 = 0;

    /// <summary>Second tree, -1: none.</summary>
    public const int Tree2 = 1;

    /// <summary>First dof of the first tree.</summary>
    public const int Dof1 = 2;

    /// <summary>Number of dofs of the first tree.</summary>
    public const int Count1 = 3;

    /// <summary>First dof of the second tree.</summary>
    public const int Dof2 = 4;

    /// <summary>Number of dofs of the second tree, 0: none.</summary>
    public const int Count2 = 5;

    /// <summary>Integers of one group.</summary>
    public const int Stride = 6;
}
