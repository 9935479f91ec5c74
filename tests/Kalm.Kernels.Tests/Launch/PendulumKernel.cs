using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>
/// A damped pendulum per world: row 0 angle, row 1 velocity, row 2 number of steps until its energy fell below a
/// bound, row 3 energy. Uses what kernels use: functions, masks, a loop that ends per world, constants, gathers.
/// </summary>
internal readonly struct PendulumKernel : IKernel
{
    public const int RowCount = 4;

    /// <summary>Table of constants: time step, damping, energy bound.</summary>
    public static readonly double[] Constants = [0.05, 0.3, 0.05];

    /// <summary>Table of integers: largest number of steps.</summary>
    public static readonly int[] Integers = [120];

    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane angle = rows.Gather(TLane.Const(0));
        TLane velocity = rows.Load(1);
        TLane step = rows.Constant(0);
        TLane steps = TLane.Const(0);
        TLane energy = TLane.Const(0);
        TLane active = TLane.Same(steps, steps);
        for (int i = 0; i < rows.Integer(0); i++)
        {
            LaneMath.SinCos(angle, out TLane sin, out TLane cos);
            energy = TLane.Select(active, Energy(velocity, cos), energy);
            active = active & (energy > rows.GatherConstant(TLane.Const(2)));
            if (!TLane.Any(active)) break;

            TLane force = -sin - (rows.Constant(1) * velocity);
            TLane next = TLane.MulAdd(force, step, velocity);
            velocity = TLane.Select(active, next, velocity);
            angle = TLane.Select(active, TLane.MulAdd(next, step, angle), angle);
            steps = steps + TLane.Select(active, TLane.Const(1), TLane.Const(0));
        }

        rows.Store(0, angle);
        rows.Store(1, velocity);
        rows.Store(2, steps);
        rows.Scatter(TLane.Const(3), energy);
    }

    private static TLane Energy<TLane>(TLane velocity, TLane cos)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.MulAdd(TLane.Const(0.5) * velocity, velocity, TLane.Const(1) - cos);
}
