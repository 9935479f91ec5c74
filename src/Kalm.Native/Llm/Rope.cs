namespace Kalm.Native.Llm;

/// <summary>
/// Rotary position embedding (Su et al., arXiv 2104.09864, section 3.4.2) in Hugging Face's channel order: channel i
/// of a head turns with channel i + D/2 by the angle position · theta^(-2i/D).
/// </summary>
public sealed class Rope : IDisposable
{
    private readonly Tensor _cos;
    private readonly Tensor _sin;

    /// <summary>Tables for positions 0 to positions - 1.</summary>
    /// <param name="size">Channels of a head (D), even.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="theta">Base of the frequencies.</param>
    public Rope(int size, int positions, double theta)
    {
        _cos = torch.empty([positions, size]).DetachFromDisposeScope();
        _sin = torch.empty([positions, size]).DetachFromDisposeScope();
        Span<float> cos = _cos.FloatSpan(), sin = _sin.FloatSpan();
        for (int position = 0; position < positions; position++)
        {
            for (int i = 0; i < size; i++)
            {
                // both halves hold the same angles; the frequency is rounded to float as in Hugging Face's code
                float frequency = (float)Math.Pow(theta, -2.0 * (i % (size / 2)) / size);
                cos[(position * size) + i] = MathF.Cos(position * frequency);
                sin[(position * size) + i] = MathF.Sin(position * frequency);
            }
        }

        Positions = positions;
    }

    /// <summary>Number of positions.</summary>
    public int Positions { get; }

    /// <summary>Cosines of some positions, (count, D).</summary>
    public Tensor Cos(long first, long count) => _cos.narrow(0, first, count);

    /// <summary>Sines of some positions, (count, D).</summary>
    public Tensor Sin(long first, long count) => _sin.narrow(0, first, count);

    /// <summary>Turns heads: (B, H, T, D) with tables of (T, D).</summary>
    public static Tensor Rotate(Tensor heads, Tensor cos, Tensor sin)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long half = heads.shape[^1] / 2;
        Tensor turned = torch.cat([heads.narrow(-1, half, half).neg(), heads.narrow(-1, 0, half)], -1);
        return scope.MoveToOuter((heads * cos) + (turned * sin));
    }

    /// <summary>Frees the tables.</summary>
    public void Dispose()
    {
        _cos.Dispose();
        _sin.Dispose();
    }
}
