using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>Softmax and log-sum-exp of one row of values.</summary>
internal static unsafe class SoftmaxRow
{
    /// <summary>Writes the softmax of the values and returns the logarithm of the sum of their exponentials.</summary>
    /// <param name="values">Values; readable up to a multiple of 16.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="probabilities">Softmax; zeros up to a multiple of 16.</param>
    public static float Run(float* values, int count, float* probabilities)
    {
        if (Vector512.IsHardwareAccelerated) return Run<Lane16>(values, count, probabilities);
        if (Vector256.IsHardwareAccelerated) return Run<Lane8>(values, count, probabilities);
        return Run<Lane1>(values, count, probabilities);
    }

    private static float Run<TLane>(float* values, int count, float* probabilities)
        where TLane : unmanaged, ILane<TLane>
    {
        float largest = values[0];
        for (int i = 1; i < count; i++) largest = Math.Max(largest, values[i]);

        TLane shift = TLane.Const(largest);
        for (int i = 0; i < count; i += TLane.Width)
            TLane.Store(probabilities + i, LaneMath.Exp(TLane.Load(values + i) - shift));

        // summed in order, so that every lane width gives the same bits
        float sum = 0;
        for (int i = 0; i < count; i++) sum += probabilities[i];
        for (int i = 0; i < count; i++) probabilities[i] /= sum;
        for (int i = count; i % 16 != 0; i++) probabilities[i] = 0;

        // the lane logarithm is the same on every machine, unlike the C library's
        return largest + LaneMath.Log(new Lane1(sum)).Value;
    }
}
