using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// y = x W + b over rows that lie anywhere, forward and backward. One thread: a step of the language model around it
/// costs a hundred times more.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private const int RowBlock = 4;
    private const int ColumnBlock = 2 * ChannelMath.Width;

    /// <summary>A layer of zeros.</summary>
    /// <param name="name">Prefix of its weights' names.</param>
    /// <param name="inputs">Numbers in a row of x.</param>
    /// <param name="outputs">Numbers in a row of y.</param>
    public DenseLayer(string name, int inputs, int outputs)
    {
        Weight = new TrajectoryWeight(name + ".weight", inputs, outputs);
        Bias = new TrajectoryWeight(name + ".bias", 1, outputs);
    }

    /// <summary>W, (inputs, outputs).</summary>
    public TrajectoryWeight Weight { get; }

    /// <summary>b, (1, outputs).</summary>
    public TrajectoryWeight Bias { get; }

    /// <summary>Numbers in a row of x.</summary>
    public int Inputs => Weight.Rows;

    /// <summary>Floats a row of y takes: the outputs and their padding.</summary>
    public int Stride => Weight.Stride;

    /// <summary>Uniform weights in the range that PyTorch's Linear starts from: 1 / sqrt(inputs).</summary>
    public void Initialize(Random random)
    {
        Weight.FillUniform(random, 1 / Math.Sqrt(Inputs));
        Bias.FillUniform(random, 1 / Math.Sqrt(Inputs));
    }

    /// <summary>y = x W + b.</summary>
    /// <param name="x">Addresses of the rows, <see cref="Inputs"/> floats each.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="y">Addresses of the results, <see cref="Stride"/> floats each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float** x, int count, float** y)
    {
        float* w = Weight.Values;
        nint stride = Stride;
        for (int row = 0; row < count; row += RowBlock)
        {
            // a short last block computes its last row more than once
            int i1 = Math.Min(row + 1, count - 1), i2 = Math.Min(row + 2, count - 1), i3 = Math.Min(row + 3, count - 1);
            float* x0 = x[row], x1 = x[i1], x2 = x[i2], x3 = x[i3];
            for (nint column = 0; column < stride; column += ColumnBlock)
            {
                // 16 outputs more, where there are any
                nint next = column + ChannelMath.Width < stride ? ChannelMath.Width : 0;
                Vector512<float> a0 = Vector512.Load(Bias.Values + column);
                Vector512<float> b0 = Vector512.Load(Bias.Values + column + next);
                Vector512<float> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
                float* at = w + column;
                for (nint k = 0; k < Inputs; k++, at += stride)
                {
                    Vector512<float> left = Vector512.Load(at), right = Vector512.Load(at + next);
                    Vector512<float> v = Vector512.Create(x0[k]);
                    a0 = Vector512.FusedMultiplyAdd(v, left, a0);
                    b0 = Vector512.FusedMultiplyAdd(v, right, b0);
                    v = Vector512.Create(x1[k]);
                    a1 = Vector512.FusedMultiplyAdd(v, left, a1);
                    b1 = Vector512.FusedMultiplyAdd(v, right, b1);
                    v = Vector512.Create(x2[k]);
                    a2 = Vector512.FusedMultiplyAdd(v, left, a2);
                    b2 = Vector512.FusedMultiplyAdd(v, right, b2);
                    v = Vector512.Create(x3[k]);
                    a3 = Vector512.FusedMultiplyAdd(v, left, a3);
                    b3 = Vector512.FusedMultiplyAdd(v, right, b3);
                }

                Store(y[row] + column, next, a0, b0);
                Store(y[i1] + column, next, a1, b1);
                Store(y[i2] + column, next, a2, b2);
                Store(y[i3] + column, next, a3, b3);
            }
        }
    }

    /// <summary>Adds x^T dy to the weight's gradient and the sum of dy to the bias's.</summary>
    /// <param name="x">Addresses of the rows of x.</param>
    /// <param name="dy">Addresses of the gradients of y, <see cref="Stride"/> floats each, zero in the padding.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardWeight(float** x, float** dy, int count)
    {
        nint stride = Stride;
        float* dw = Weight.Gradient;
        for (int row = 0; row < count; row++) ChannelMath.Add(Bias.Gradient, dy[row], Stride);

        // a block of 4 x 16 sums stays in registers while all rows pass over it
        for (int k = 0; k < Inputs; k += RowBlock)
        {
            int k1 = Math.Min(k + 1, Inputs - 1), k2 = Math.Min(k + 2, Inputs - 1), k3 = Math.Min(k + 3, Inputs - 1);
            for (nint column = 0; column < stride; column += ChannelMath.Width)
            {
                float* at = dw + column;
                Vector512<float> s0 = Vector512.Load(at + (k * stride)), s1 = Vector512.Load(at + (k1 * stride));
                Vector512<float> s2 = Vector512.Load(at + (k2 * stride)), s3 = Vector512.Load(at + (k3 * stride));
                for (int row = 0; row < count; row++)
                {
                    float* from = x[row];
                    Vector512<float> g = Vector512.Load(dy[row] + column);
                    s0 = Vector512.FusedMultiplyAdd(Vector512.Create(from[k]), g, s0);
                    s1 = Vector512.FusedMultiplyAdd(Vector512.Create(from[k1]), g, s1);
                    s2 = Vector512.FusedMultiplyAdd(Vector512.Create(from[k2]), g, s2);
                    s3 = Vector512.FusedMultiplyAdd(Vector512.Create(from[k3]), g, s3);
                }

                s0.Store(at + (k * stride));
                s1.Store(at + (k1 * stride));
                s2.Store(at + (k2 * stride));
                s3.Store(at + (k3 * stride));
            }
        }
    }

    /// <summary>dx += dy W^T.</summary>
    /// <param name="dy">Addresses of the gradients of y, <see cref="Stride"/> floats each, zero in the padding.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="dx">Addresses of the gradients of x, <see cref="Inputs"/> floats each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardInput(float** dy, int count, float** dx)
    {
        for (int row = 0; row < count; row++)
        {
            float* target = dx[row];
            for (int k = 0; k < Inputs; k++)
                target[k] += ChannelMath.Dot(dy[row], Weight.Values + ((nint)k * Stride), Stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, nint next, Vector512<float> left, Vector512<float> right)
    {
        // where there are no further outputs, both hold the same
        left.Store(y);
        right.Store(y + next);
    }
}
