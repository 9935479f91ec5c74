using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Passive forces (mj_passive in engine_core_smooth.c).</summary>
public static class Passive
{
    // unsupported: springs, fluid forces

    /// <summary>Writes qfrc_passive: damping.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int dof = 0; dof < model.nv; dof++)
            rows.Store(data.qfrc_passive + dof, -(rows.Constant(model.dof_damping + dof) * rows.Load(data.qvel + dof)));
    }
}
