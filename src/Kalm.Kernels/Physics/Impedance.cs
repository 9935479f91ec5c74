using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Impedance of constraints (getimpedance in engine_core_constraint.c).</summary>
internal static class Impedance
{
    /// <summary>Impedance at a distance from the margin.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="index">The constants.</param>
    /// <param name="power">Power of the curve (<see cref="GroupTable.Power"/>).</param>
    /// <param name="depth">Distance from the margin, of either sign.</param>
    public static TLane At<TLane, TRows>(TRows rows, EfcIndex<TLane> index, int power, TLane depth)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane start = index.Constant(rows, EfcConstants.Impedance0);
        if (power == 0) return start;

        TLane y = TLane.Min(TLane.Abs(depth) * index.Constant(rows, EfcConstants.InverseWidth), TLane.Const(1));
        if (power != 1)
        {
            // x^p / m^(p-1) up to the midpoint m, 1 - (1-x)^p / (1-m)^(p-1) beyond
            TLane beyond = y > index.Constant(rows, EfcConstants.Midpoint);
            TLane low = index.Constant(rows, EfcConstants.LowScale);
            TLane high = index.Constant(rows, EfcConstants.HighScale);
            TLane curve = TLane.Select(beyond, high, low)
                * Power(rows, index, power, TLane.Select(beyond, TLane.Const(1) - y, y));
            y = TLane.Select(beyond, TLane.Const(1) - curve, curve);
        }

        return TLane.MulAdd(y, index.Constant(rows, EfcConstants.ImpedanceRise), start);
    }

    /// <summary>x to the power of the impedance curve, 0 &lt;= x &lt;= 1.</summary>
    private static TLane Power<TLane, TRows>(TRows rows, EfcIndex<TLane> index, int power, TLane x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (power < 0)
        {
            // pairs of one block may differ: 1 and 2 are exact
            TLane exponent = index.Constant(rows, EfcConstants.Power);
            TLane general = LaneMath.Exp(exponent * LaneMath.Log(TLane.Max(x, TLane.Const(1e-30))));
            general = TLane.Select(TLane.Same(exponent, TLane.Const(2)), x * x, general);
            return TLane.Select(TLane.Same(exponent, TLane.Const(1)), x, general);
        }

        TLane result = x;
        for (int k = 1; k < power; k++) result *= x;
        return result;
    }
}
