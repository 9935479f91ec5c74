using Kalm.Kernels.Lanes;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// What an action does before the simulation runs: it moves the mocap body the hand is welded to, and drives the
/// fingers (set_xyz_action and do_simulation in metaworld/sawyer_xyz_env.py).
/// </summary>
internal static class HandAction
{
    /// <summary>Applies the action rows; numbers that are not finite count as 0 and flag their world.</summary>
    public static void Apply<TLane, TRows>(TRows rows, in DataRows data, in StepRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int action = at.Scene.Env + SceneRows.Action;
        TLane bad = TLane.Const(0);
        for (int i = 0; i < 4; i++)
        {
            // a comparison with NaN is false
            TLane value = rows.Load(action + i);
            TLane finite = TLane.Abs(value) <= TLane.Const(float.MaxValue);
            rows.Store(action + i, TLane.Select(finite, value, TLane.Const(0)));
            bad |= ~finite;
        }

        rows.Store(at.Scene.Env + SceneRows.BadAction, RewardTools.Flag(bad));

        // the hand's target stays in its box; the orientation is the original's, not of unit length
        for (int i = 0; i < 3; i++)
        {
            TLane delta = Single(
                TLane.Const(StepRows.ActionScale) * RewardTools.Clip(rows.Load(action + i), -1, 1));
            TLane moved = TLane.Max(rows.Load(data.mocap_pos + i) + delta, rows.Constant(at.Boxes + i));
            rows.Store(data.mocap_pos + i, TLane.Min(moved, rows.Constant(at.Boxes + 3 + i)));
        }

        rows.Store(data.mocap_quat, TLane.Const(1));
        rows.Store(data.mocap_quat + 1, TLane.Const(0));
        rows.Store(data.mocap_quat + 2, TLane.Const(1));
        rows.Store(data.mocap_quat + 3, TLane.Const(0));

        // the fingers are driven against each other; the actuator clamps
        TLane effort = rows.Load(action + 3);
        rows.Store(data.ctrl, effort);
        rows.Store(data.ctrl + 1, -effort);
    }

    /// <summary>
    /// A double rounded to a float, as the original's actions and displacements are: of x = (x + f x) - f x with
    /// f = 2^29 only the upper 24 bits stay (Veltkamp's splitting). Floats are what they are.
    /// </summary>
    public static TLane Single<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        if (TLane.ScalarSize == sizeof(float)) return x;
        TLane scaled = TLane.Const(536870913) * x;
        return scaled - (scaled - x);
    }
}
