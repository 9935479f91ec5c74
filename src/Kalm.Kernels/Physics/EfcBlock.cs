namespace Kalm.Kernels.Physics;

/// <summary>
/// Rows of one constraint block: a contact, a joint limit or half an equality constraint of each world, all of one
/// group. Vectors hold the block's own coordinates, up to four of them (<see cref="EfcKind"/>).
/// </summary>
/// <remarks>
/// Coordinates are scaled so that one number is the inverse regularizer of all of them. Of a pyramid these are normal
/// and tangents times friction; its edges are normal ± tangent. Of an elliptic cone these are the normal times mu,
/// tangents and spin times their friction: in them the cone is circular, and D is efc_D of the normal over mu^2. A
/// frictionless contact has no tangents, mu = 1 in a cone and a quarter of its D in a pyramid.
/// </remarks>
public static class EfcBlock
{
    /// <summary>Address of the group's integers (<see cref="GroupTable"/>), uniform.</summary>
    public const int Group = 0;

    /// <summary>Inverse regularizer, 0 where the world has no constraint here (efc_D).</summary>
    public const int D = 1;

    /// <summary>Scale of the normal: mu of the regularized cone (mjContact.mu), 1 in a pyramid.</summary>
    public const int Mu = 2;

    /// <summary>1 / (1 + mu^2).</summary>
    public const int Slant = 3;

    /// <summary>Number of the ordered geom pair each world has its contact from.</summary>
    public const int Pair = 4;

    /// <summary>J qacc - aref, (4). Written by Solver.</summary>
    public const int Jar = 5;

    /// <summary>J search, (4). Written by Solver.</summary>
    public const int Jv = 9;

    /// <summary>Reference acceleration, (4) (efc_aref).</summary>
    public const int Aref = 13;

    /// <summary>Jacobian: the coordinates per dof of the first tree, then of the second.</summary>
    public const int J = 17;

    /// <summary>Distance, while the rows of a contact are not yet made.</summary>
    internal const int Distance = Jar;

    /// <summary>Position, (3), while the rows of a contact are not yet made.</summary>
    internal const int Position = Jar + 1;

    /// <summary>
    /// Normal, (3), towards the second tree or the only one, while the rows of a contact are not yet made.
    /// </summary>
    internal const int Normal = Jar + 4;
}
