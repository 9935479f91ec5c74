using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Reads contact forces after a solve.</summary>
public static class ContactForce
{
    /// <summary>
    /// Sum of the normal forces of all contacts of a geom pair, N: positive where it touches with force, 0 where it
    /// does not touch.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="data">Their addresses.</param>
    /// <param name="pair">Number of the pair in the model (<see cref="SimulationLayout.FindPair"/>).</param>
    public static TLane Normal<TLane, TRows>(TRows rows, in DataRows data, int pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // pairs between bodies that cannot move have no rows
        int index = rows.Integer(data.pair_order + pair);
        NormalForce<TLane> force = new(TLane.Const(index));
        if (index < 0) return force.Sum;

        int group = data.group_tree + (GroupTable.Stride * rows.Integer(data.group_pair + (2 * index) + 1));
        int end = Constraint.Block(data, rows.Uniform(data.efc_count));
        for (int block = data.efc; block < end; block += data.efc_stride)
        {
            if (rows.Uniform(block + EfcBlock.Group) != group) continue;
            int kind = rows.Integer(group + GroupTable.Kind);
            if (kind == EfcKind.Pyramid) force.Visit<TRows, Rank3, Pyramid>(rows, block);
            else if (kind == EfcKind.Cone3) force.Visit<TRows, Rank3, Cone<Rank3>>(rows, block);
            else force.Visit<TRows, Rank4, Cone<Rank4>>(rows, block);
        }

        return force.Sum;
    }
}
