using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// The parts of a LLaMA layer that are not matrix products, on one row, generic over the vector type. Sums run in
/// sixteen (channels) or four (positions) fixed chains, so every vector type gives the same bits.
/// </summary>
internal static unsafe class DecodeMath
{
    /// <summary>Positions of one block of keys.</summary>
    public const int Block = ChannelMath.Width;

    /// <summary>y = x / sqrt(mean(x^2) + epsilon) * weight (Zhang and Sennrich, arXiv 1910.07467).</summary>
    /// <param name="x">One row, C floats.</param>
    /// <param name="weight">Scale of each channel.</param>
    /// <param name="channels">C, a multiple of 16.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="y">Result, C floats.</param>
    public static void RmsNorm<TLane>(float* x, float* weight, int channels, float epsilon, float* y)
        where TLane : unmanaged, ILane<TLane>
    {
        float* partial = stackalloc float[Block];
        for (int lane = 0; lane < Block; lane += TLane.Width)
        {
            TLane sum = TLane.Const(0);
            for (int i = lane; i < channels; i += Block)
            {
                TLane v = TLane.Load(x + i);
                sum = TLane.MulAdd(v, v, sum);
            }

            TLane.Store(partial + lane, sum);
        }

        float scale = 1 / MathF.Sqrt((Tree(partial) / channels) + epsilon);
        TLane factor = TLane.Broadcast(&scale, 0);
        for (int i = 0; i < channels; i += TLane.Width)
            TLane.Store(y + i, TLane.Load(x + i) * factor * TLane.Load(weight + i));
    }

    /// <summary>gate = gate * sigmoid(gate) * up: the inside of SwiGLU (Shazeer, arXiv 2002.05202).</summary>
    /// <param name="gate">Changed in place.</param>
    /// <param name="up">Second factor.</param>
    /// <param name="count">Floats, a multiple of 16.</param>
    public static void SwiGlu<TLane>(float* gate, float* up, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.Const(1);
        for (int i = 0; i < count; i += TLane.Width)
        {
            TLane g = TLane.Load(gate + i);
            TLane.Store(gate + i, g / (one + LaneMath.Exp(-g)) * TLane.Load(up + i));
        }
    }

    /// <summary>
    /// Rotary position embedding (Su et al., arXiv 2104.09864) of one head in Hugging Face's order: channel i turns
    /// with channel i + D/2.
    /// </summary>
    /// <param name="x">One head, D floats, changed in place.</param>
    /// <param name="cos">Cosines of the position, D/2.</param>
    /// <param name="sin">Sines of the position, D/2.</param>
    /// <param name="half">D/2, a multiple of the lane's width.</param>
    public static void Rotate<TLane>(float* x, float* cos, float* sin, int half)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < half; i += TLane.Width)
        {
            TLane a = TLane.Load(x + i), b = TLane.Load(x + half + i);
            TLane c = TLane.Load(cos + i), s = TLane.Load(sin + i);
            TLane.Store(x + i, TLane.NegMulAdd(b, s, a * c));
            TLane.Store(x + half + i, TLane.MulAdd(a, s, b * c));
        }
    }

    /// <summary>Softmax attention of one query over the cached positions of one head.</summary>
    /// <param name="query">D floats.</param>
    /// <param name="keys">Blocks of 16 positions, each (D, 16).</param>
    /// <param name="values">(positions, D), readable and finite up to a multiple of 16 positions.</param>
    /// <param name="length">Positions that exist.</param>
    /// <param name="size">D, a multiple of 16.</param>
    /// <param name="scores">Scratch for length floats and their padding to 16.</param>
    /// <param name="output">D floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Attend<TLane>(
        float* query, float* keys, float* values, int length, int size, float* scores, float* output)
        where TLane : unmanaged, ILane<TLane>
    {
        int padded = ChannelMath.Pad(length), block = 0;
        nint stride = (nint)size * Block;
        for (; block + (4 * Block) <= padded; block += 4 * Block)
            Scores4<TLane>(query, keys + (block * (nint)size), stride, size, scores + block);
        for (; block < padded; block += Block)
            Scores<TLane>(query, keys + (block * (nint)size), size, scores + block);
        for (int i = length; i < padded; i++) scores[i] = float.NegativeInfinity;

        float factor = Softmax<TLane>(scores, length, padded, 1 / MathF.Sqrt(size));
        Mix<TLane>(scores, values, padded, size, factor, output);
    }

    // sixteen positions at once, one chain per position over the channels
    private static void Scores<TLane>(float* query, float* keys, int size, float* scores)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int lane = 0; lane < Block; lane += TLane.Width)
        {
            TLane sum = TLane.Const(0);
            for (nint d = 0; d < size; d++)
                sum = TLane.MulAdd(TLane.Broadcast(query, (int)d), TLane.Load(keys + (d * Block) + lane), sum);
            TLane.Store(scores + lane, sum);
        }
    }

    // four blocks side by side hide the latency of the chains
    private static void Scores4<TLane>(float* query, float* keys, nint stride, int size, float* scores)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int lane = 0; lane < Block; lane += TLane.Width)
        {
            TLane s0 = TLane.Const(0), s1 = s0, s2 = s0, s3 = s0;
            float* at = keys + lane;
            for (nint d = 0; d < size; d++, at += Block)
            {
                TLane q = TLane.Broadcast(query, (int)d);
                s0 = TLane.MulAdd(q, TLane.Load(at), s0);
                s1 = TLane.MulAdd(q, TLane.Load(at + stride), s1);
                s2 = TLane.MulAdd(q, TLane.Load(at + (2 * stride)), s2);
                s3 = TLane.MulAdd(q, TLane.Load(at + (3 * stride)), s3);
            }

            TLane.Store(scores + lane, s0);
            TLane.Store(scores + Block + lane, s1);
            TLane.Store(scores + (2 * Block) + lane, s2);
            TLane.Store(scores + (3 * Block) + lane, s3);
        }
    }

    // scores become exp(scale * (score - largest)); returns 1 / their sum
    private static float Softmax<TLane>(float* scores, int length, int padded, float scale)
        where TLane : unmanaged, ILane<TLane>
    {
        float largest = scores[0];
        for (int i = 1; i < length; i++) largest = Math.Max(largest, scores[i]);

        float* partial = stackalloc float[Block];
        TLane top = TLane.Broadcast(&largest, 0), factor = TLane.Broadcast(&scale, 0);
        for (int lane = 0; lane < Block; lane += TLane.Width)
        {
            TLane sum = TLane.Const(0);
            for (int i = lane; i < padded; i += Block)
            {
                TLane e = LaneMath.Exp((TLane.Load(scores + i) - top) * factor);
                TLane.Store(scores + i, e);
                sum += e;
            }

            TLane.Store(partial + lane, sum);
        }

        return 1 / Tree(partial);
    }

    // output = factor * sum over positions of weight * value, in four chains of every fourth position
    private static void Mix<TLane>(float* weights, float* values, int padded, int size, float factor, float* output)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane scale = TLane.Broadcast(&factor, 0);
        for (int channel = 0; channel < size; channel += 2 * TLane.Width)
        {
            // two vectors at a time read each value once from memory; a last odd one is computed twice
            nint next = channel + TLane.Width < size ? TLane.Width : 0;
            TLane s0 = TLane.Const(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
            float* at = values + channel;
            for (int p = 0; p < padded; p += 4, at += 4 * (nint)size)
            {
                TLane w = TLane.Broadcast(weights, p);
                s0 = TLane.MulAdd(w, TLane.Load(at), s0);
                t0 = TLane.MulAdd(w, TLane.Load(at + next), t0);
                w = TLane.Broadcast(weights, p + 1);
                s1 = TLane.MulAdd(w, TLane.Load(at + size), s1);
                t1 = TLane.MulAdd(w, TLane.Load(at + size + next), t1);
                w = TLane.Broadcast(weights, p + 2);
                s2 = TLane.MulAdd(w, TLane.Load(at + (2 * (nint)size)), s2);
                t2 = TLane.MulAdd(w, TLane.Load(at + (2 * (nint)size) + next), t2);
                w = TLane.Broadcast(weights, p + 3);
                s3 = TLane.MulAdd(w, TLane.Load(at + (3 * (nint)size)), s3);
                t3 = TLane.MulAdd(w, TLane.Load(at + (3 * (nint)size) + next), t3);
            }

            TLane.Store(output + channel, ((s0 + s1) + (s2 + s3)) * scale);
            TLane.Store(output + channel + next, ((t0 + t1) + (t2 + t3)) * scale);
        }
    }

    // the sum of sixteen partial sums, as a tree of halves
    private static float Tree(float* partial)
    {
        for (int half = Block / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) partial[i] += partial[i + half];
        }

        return partial[0];
    }
}
