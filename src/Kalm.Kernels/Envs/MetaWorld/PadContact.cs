using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Whether both pads are on the main object (touching_object in metaworld/sawyer_xyz_env.py).</summary>
internal static class PadContact
{
    /// <summary>Mask of the worlds in which both pads are in contact with the main object.</summary>
    public static TLane Touching<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, in StepRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane left = TLane.Const(0);
        TLane right = TLane.Const(0);
        int contacts = rows.Uniform(data.contact_count);
        for (int i = 0; i < contacts; i++)
        {
            int contact = data.contact + (i * ContactList.Stride);
            int ordered = rows.Uniform(contact + ContactList.Pair);
            int pair = rows.Integer(data.group_pair + (2 * ordered));
            int geom1 = rows.Integer(model.pair_geom1 + pair);
            int geom2 = rows.Integer(model.pair_geom2 + pair);
            if (geom1 != at.MainGeom && geom2 != at.MainGeom) continue;
            int other = geom1 == at.MainGeom ? geom2 : geom1;
            TLane touching = rows.Load(contact + ContactList.Touching);
            if (other == at.LeftPadGeom) left |= touching;
            if (other == at.RightPadGeom) right |= touching;
        }

        return left & right;
    }
}
