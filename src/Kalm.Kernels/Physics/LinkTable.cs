namespace Kalm.Kernels.Physics;

/// <summary>
/// One entry of the table of links (<see cref="DataRows.links"/>): a body with joints, and everything rigidly attached
/// below it. Integers of the launch, offsets within the entry.
/// </summary>
internal static class LinkTable
{
    /// <summary>The body with the joints.</summary>
    public const int Body = 0;

    /// <summary>Link the joints hang on, -1: something that does not move.</summary>
    public const int Parent = 1;

    /// <summary>Body whose frame the offset of the link is given in.</summary>
    public const int Source = 2;

    /// <summary>First row of a position of its own in every world, -1: the constant.</summary>
    public const int PositionRow = 3;

    /// <summary>First row of an orientation of its own in every world, -1: the constant.</summary>
    public const int OrientationRow = 4;

    /// <summary>Address of the constant offset: position (3), orientation (4).</summary>
    public const int Offset = 5;

    /// <summary>First joint.</summary>
    public const int Joint = 6;

    /// <summary>Joint after the last.</summary>
    public const int JointEnd = 7;

    /// <summary>First dof.</summary>
    public const int Dof = 8;

    /// <summary>Dof after the last.</summary>
    public const int DofEnd = 9;

    /// <summary>1 where the only joint is a free one.</summary>
    public const int Free = 10;

    /// <summary>1 where the inertia matrix of the link's tree is constant and diagonal.</summary>
    public const int Diagonal = 11;

    /// <summary>First row of the center of mass; the body frame's where they coincide.</summary>
    public const int Center = 12;

    /// <summary>First row of the center of mass of all links with the same root.</summary>
    public const int Origin = 13;

    /// <summary>1 where the link comes first of those, 2 where it is alone.</summary>
    public const int First = 14;

    /// <summary>Address of the inertia: mass, share of the root's mass, center (3), xx yy zz xy xz yz (6).</summary>
    public const int Inertia = 15;

    /// <summary>1 where xy xz yz are zero.</summary>
    public const int Principal = 16;

    /// <summary>Integers of one entry.</summary>
    public const int Stride = 17;
}
