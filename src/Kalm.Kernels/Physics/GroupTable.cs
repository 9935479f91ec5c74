namespace Kalm.Kernels.Physics;

/// <summary>Integers of one group of constraint blocks: their kind, the trees they couple and their dofs.</summary>
internal static class GroupTable
{
    /// <summary>First tree.</summary>
    public const int Tree1 = 0;

    /// <summary>Second tree, -1: none.</summary>
    public const int Tree2 = 1;

    /// <summary>First dof of the first tree that its blocks move.</summary>
    public const int Dof1 = 2;

    /// <summary>Number of dofs of the first tree from there to the last that its blocks move.</summary>
    public const int Count1 = 3;

    /// <summary>First dof of the second tree that its blocks move.</summary>
    public const int Dof2 = 4;

    /// <summary>Number of dofs of the second tree from there to the last, 0: none.</summary>
    public const int Count2 = 5;

    /// <summary>Kind of its blocks (<see cref="EfcKind"/>).</summary>
    public const int Kind = 6;

    /// <summary>
    /// Power of the impedance curve of all its pairs or limits that have one; 0: all are flat, -1: they differ or it
    /// is not a small whole number.
    /// </summary>
    public const int Power = 7;

    /// <summary>
    /// Address of the columns' sides relative to <see cref="DataRows.group_side"/>: 0 where no pair moves the dof, 1
    /// where every pair moves it, forward in the second tree or the only one and backward in the first of two, 2 where
    /// pairs differ.
    /// </summary>
    public const int Side = 8;

    /// <summary>A body of the first tree.</summary>
    public const int Body1 = 9;

    /// <summary>A body of the second tree.</summary>
    public const int Body2 = 10;

    /// <summary>Integers of one group.</summary>
    public const int Stride = 11;
}
