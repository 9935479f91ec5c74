namespace Kalm.Kernels.Physics;

/// <summary>
/// Rows of one constraint block: a contact or joint limit of each world, all between the same two trees. The pyramid
/// edges of a contact are normal ± tangent 1 and normal ± tangent 2 with the tangents scaled by friction, so three
/// directions stand for four constraint rows; a one-dimensional constraint has zero tangents and a quarter of its D.
/// </summary>
public static class EfcBlock
{
    /// <summary>Address of the group's integers (<see cref="GroupTable"/>), uniform.</summary>
    public const int Group = 0;

    /// <summary>Inverse regularizer of every edge, 0 where the world has no constraint here (efc_D).</summary>
    public const int D = 1;

    /// <summary>J qacc - aref in the three directions, (3). Written by Solver.</summary>
    public const int Jar = 2;

    /// <summary>J search in the three directions, (3). Written by Solver.</summary>
    public const int Jv = 5;

    /// <summary>Reference acceleration in the three directions, (3) (efc_aref).</summary>
    public const int Aref = 8;

    /// <summary>Jacobian: three directions per dof of the first tree, then of the second.</summary>
    public const int J = 11;
}
