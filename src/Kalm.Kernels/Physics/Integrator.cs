using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Semi-implicit Euler with implicit damping (mj_Euler, mj_advance, mj_integratePos in engine_forward.c).
/// </summary>
public static class Integrator
{
    /// <summary>Advances qvel, qpos and time by one time step.</summary>
    public static void Euler<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane h = rows.Constant(model.timestep);
        int qacc = data.qacc;
        if (data.damped == 1)
        {
            qacc = data.search;
            Damped<TLane, TRows>(rows, model, data, qacc, h);
        }

        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane velocity = TLane.MulAdd(h, rows.Load(qacc + dof), rows.Load(data.qvel + dof));
            rows.Store(data.qvel + dof, Flush(velocity));
        }

        for (int joint = 0; joint < model.njnt; joint++)
        {
            int qpos = data.qpos + rows.Integer(model.jnt_qposadr + joint);
            int qvel = data.qvel + rows.Integer(model.jnt_dofadr + joint);
            if (rows.Integer(model.jnt_type + joint) == (int)JointType.Free) Free<TLane, TRows>(rows, qpos, qvel, h);
            else rows.Store(qpos, TLane.MulAdd(h, rows.Load(qvel), rows.Load(qpos)));
        }

        rows.Store(data.time, rows.Load(data.time) + h);
    }

    /// <summary>
    /// Zero for what is lost in rounding anyway: float lanes slow down a hundredfold where a velocity that decays, or
    /// its square, falls below the normal numbers. Double lanes keep it.
    /// </summary>
    internal static TLane Flush<TLane>(TLane value)
        where TLane : unmanaged, ILane<TLane>
    {
        if (TLane.ScalarSize != sizeof(float)) return value;
        return TLane.Select(TLane.Abs(value) < TLane.Const(1e-12), TLane.Const(0), value);
    }

    /// <summary>Writes (M + h damping) \ (qfrc_smooth + qfrc_constraint) to <paramref name="qacc"/>.</summary>
    private static void Damped<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int qacc, TLane h)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Inertia.FactorDamped<TLane, TRows>(rows, model, data, h);
        for (int tree = 0; tree < model.ntree; tree++)
        {
            int first = rows.Integer(model.tree_dofadr + tree);
            int count = rows.Integer(model.tree_dofnum + tree);
            bool diagonal = rows.Integer(data.tree_diagonal + tree) == 1;
            for (int dof = first; dof < first + count; dof++)
            {
                TLane force = rows.Load(data.qfrc_smooth + dof) + rows.Load(data.qfrc_constraint + dof);
                rows.Store(qacc + dof, diagonal ? force * rows.Constant(data.damped_inverse + dof) : force);
            }

            if (diagonal) continue;
            int block = data.qLD + rows.Integer(data.tree_Madr + tree);
            BlockMatrix.Solve<TLane, TRows>(rows, block, count, count, data.qLDiagInv + first, qacc + first);
        }
    }

    private static void Free<TLane, TRows>(TRows rows, int qpos, int qvel, TLane h)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane>.MulAdd(h, Vec3<TLane>.Load(rows, qvel), Vec3<TLane>.Load(rows, qpos)).Store(rows, qpos);

        // turn about the angular velocity, given in the body frame (mju_quatIntegrate)
        Vec3<TLane> omega = Vec3<TLane>.Load(rows, qvel + 3);
        TLane speed = Vec3<TLane>.Length(omega);
        TLane still = speed < TLane.Const(1e-15);
        Vec3<TLane> axis = (TLane.Const(1) / TLane.Select(still, TLane.Const(1), speed)) * omega;
        Quat<TLane> turn = Quat<TLane>.AxisAngle(axis, h * speed);
        Quat<TLane>.Normalize(Quat<TLane>.Load(rows, qpos + 3) * turn).Store(rows, qpos + 3);
    }
}
