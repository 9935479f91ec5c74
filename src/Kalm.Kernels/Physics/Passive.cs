using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Passive forces (mj_passive, mj_springdamper in engine_passive.c).</summary>
public static class Passive
{
    // unsupported: springs of free and ball joints, fluid forces, gravity compensation

    /// <summary>Writes qfrc_passive from qpos and qvel: springs and damping.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++)
            rows.Store(data.qfrc_passive + dof, -(rows.Constant(model.dof_damping + dof) * rows.Load(data.qvel + dof)));

        for (int i = 0; i < data.nspring; i++)
        {
            int joint = rows.Integer(data.spring + i);
            int qposAdr = rows.Integer(model.jnt_qposadr + joint);
            int force = data.qfrc_passive + rows.Integer(model.jnt_dofadr + joint);
            TLane stretch = rows.Load(data.qpos + qposAdr) - rows.Constant(model.qpos_spring + qposAdr);
            rows.Store(
                force, TLane.NegMulAdd(rows.Constant(model.jnt_stiffness + joint), stretch, rows.Load(force)));
        }
    }
}
