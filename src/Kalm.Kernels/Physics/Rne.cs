using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Velocities of links and the bias force (mj_comVel, mj_rne in engine_core_smooth.c).</summary>
public static class Rne
{
    /// <summary>Writes cvel cdof_dot from cdof and qvel (mj_comVel).</summary>
    public static void ComVel<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.nlink; i++)
        {
            int link = data.links + (i * LinkTable.Stride);
            int parent = rows.Integer(link + LinkTable.Parent);
            Spatial<TLane> velocity = parent >= 0
                ? Spatial<TLane>.Load(rows, data.cvel + (6 * parent))
                : Zero<TLane>();
            int count = rows.Integer(link + LinkTable.Free) == 1 ? 3 : 1;
            int dof = rows.Integer(link + LinkTable.Dof);
            int end = rows.Integer(link + LinkTable.DofEnd);
            while (dof < end)
            {
                // translations of a free joint do not turn; its rotations turn with the velocity before them
                bool translation = rows.Integer(data.dof_axis + dof) >= 0;
                Spatial<TLane> before = velocity;
                for (int k = 0; k < count; k++)
                {
                    Spatial<TLane> axis = Spatial<TLane>.Load(rows, data.cdof + (6 * (dof + k)));
                    velocity = Spatial<TLane>.MulAdd(rows.Load(data.qvel + dof + k), axis, velocity);
                    if (translation) continue;
                    Spatial<TLane>.CrossMotion(before, axis).Store(rows, data.cdof_dot + (6 * (dof + k)));
                }

                dof += count;
            }

            velocity.Store(rows, data.cvel + (6 * i));
        }
    }

    /// <summary>Writes qfrc_bias: recursive Newton-Euler with zero acceleration (mj_rne).</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // accelerations down the tree, the force each link needs
        for (int i = 0; i < data.nlink; i++) LinkForce<TLane, TRows>(rows, model, data, i);

        // forces up the tree
        for (int i = data.nlink - 1; i >= 0; i--)
        {
            int parent = rows.Integer(data.links + (i * LinkTable.Stride) + LinkTable.Parent);
            if (parent < 0) continue;
            int row = data.cfrc_body + (6 * parent);
            (Spatial<TLane>.Load(rows, row) + Spatial<TLane>.Load(rows, data.cfrc_body + (6 * i))).Store(rows, row);
        }

        // projected on the dofs
        for (int dof = 0; dof < model.nv; dof++)
        {
            int force = data.cfrc_body + (6 * rows.Integer(data.dof_link + dof));
            int axis = rows.Integer(data.dof_axis + dof);
            TLane bias = axis >= 0
                ? rows.Load(force + 3 + axis)
                : Spatial<TLane>.Dot(
                    Spatial<TLane>.Load(rows, data.cdof + (6 * dof)), Spatial<TLane>.Load(rows, force));
            rows.Store(data.qfrc_bias + dof, bias);
        }
    }

    private static void LinkForce<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Spatial<TLane> acceleration = BiasAcceleration<TLane, TRows>(rows, model, data, i);
        int inertia = data.cinert + (10 * i);
        Spatial<TLane> velocity = Spatial<TLane>.Load(rows, data.cvel + (6 * i));
        Spatial<TLane> momentum = Spatial<TLane>.MulInertia(rows, inertia, velocity);
        Spatial<TLane> force = Spatial<TLane>.MulInertia(rows, inertia, acceleration);
        (force + Spatial<TLane>.CrossForce(velocity, momentum)).Store(rows, data.cfrc_body + (6 * i));
    }

    private static Spatial<TLane> BiasAcceleration<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int i)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // gravity is an acceleration of the world the other way
        int link = data.links + (i * LinkTable.Stride);
        int parent = rows.Integer(link + LinkTable.Parent);
        Spatial<TLane> acceleration = parent >= 0
            ? Spatial<TLane>.Load(rows, data.cacc + (6 * parent))
            : new Spatial<TLane>(Zero<TLane>().Rot, -Vec3<TLane>.Constant(rows, model.gravity));
        int end = rows.Integer(link + LinkTable.DofEnd);
        for (int dof = rows.Integer(link + LinkTable.Dof); dof < end; dof++)
        {
            if (rows.Integer(data.dof_axis + dof) >= 0) continue;
            Spatial<TLane> turn = Spatial<TLane>.Load(rows, data.cdof_dot + (6 * dof));
            acceleration = Spatial<TLane>.MulAdd(rows.Load(data.qvel + dof), turn, acceleration);
        }

        acceleration.Store(rows, data.cacc + (6 * i));
        return acceleration;
    }

    private static Spatial<TLane> Zero<TLane>()
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        return new(new(zero, zero, zero), new(zero, zero, zero));
    }
}
