using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Actuator forces (mj_transmission, mj_fwdActuation in engine_core_smooth.c, engine_forward.c).</summary>
public static class Actuation
{
    /// <summary>
    /// Writes qfrc_actuator from ctrl: joint transmission, affine gain and bias, clamped control and force.
    /// </summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++) rows.Store(data.qfrc_actuator + dof, TLane.Const(0));
        if (model.nu == 0) return;

        // one bad control silences all of them
        TLane bad = TLane.Const(0);
        for (int i = 0; i < model.nu; i++)
            bad |= ~(TLane.Abs(Control<TLane, TRows>(rows, model, data, i)) <= TLane.Const(1e10));

        for (int i = 0; i < model.nu; i++)
        {
            int joint = rows.Integer(model.actuator_trnid + i);
            int dof = rows.Integer(model.jnt_dofadr + joint);
            TLane gear = rows.Constant(model.actuator_gear + (6 * i));
            TLane control = TLane.Select(bad, TLane.Const(0), Control<TLane, TRows>(rows, model, data, i));
            TLane length = gear * rows.Load(data.qpos + rows.Integer(model.jnt_qposadr + joint));
            TLane velocity = gear * rows.Load(data.qvel + dof);
            int bias = model.actuator_bias + (3 * i);
            TLane force = TLane.MulAdd(rows.Constant(model.actuator_gain + i), control, rows.Constant(bias));
            force = TLane.MulAdd(rows.Constant(bias + 1), length, force);
            force = TLane.MulAdd(rows.Constant(bias + 2), velocity, force);
            if (rows.Integer(model.actuator_forcelimited + i) == 1)
                force = Clamp<TLane, TRows>(rows, force, model.actuator_forcerange + (2 * i));
            rows.Store(data.qfrc_actuator + dof, TLane.MulAdd(gear, force, rows.Load(data.qfrc_actuator + dof)));
        }
    }

    private static TLane Control<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int actuator)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane control = rows.Load(data.ctrl + actuator);
        return rows.Integer(model.actuator_ctrllimited + actuator) == 1
            ? Clamp<TLane, TRows>(rows, control, model.actuator_ctrlrange + (2 * actuator))
            : control;
    }

    private static TLane Clamp<TLane, TRows>(TRows rows, TLane value, int range)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // a NaN stays one: Max and Min return their second operand then
        return TLane.Min(rows.Constant(range + 1), TLane.Max(rows.Constant(range), value));
    }
}
