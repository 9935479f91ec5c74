namespace Kalm.Kernels.Memory;

/// <summary>
/// Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011).
/// A draw is a pure function of (seed, stream, counter), so threads and batch sizes change nothing.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Four random words.</summary>
    /// <param name="seed">Key.</param>
    /// <param name="stream">High half of the counter, such as a world or a step.</param>
    /// <param name="counter">Low half of the counter, such as the number of the draw.</param>
    public static PhiloxWords Draw(ulong seed, ulong stream, ulong counter)
    {
        uint x0 = (uint)counter, x1 = (uint)(counter >> 32), x2 = (uint)stream, x3 = (uint)(stream >> 32);
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong a = (ulong)Multiplier0 * x0, b = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(b >> 32) ^ x1 ^ key0, (uint)b, (uint)(a >> 32) ^ x3 ^ key1, (uint)a);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return new(x0, x1, x2, x3);
    }

    /// <summary>A word as a number in [0, 1), a multiple of 2^-24.</summary>
    public static float Unit(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>A word as an integer in [0, <paramref name="count"/>).</summary>
    public static int Below(uint word, int count) => (int)(((ulong)word * (ulong)count) >> 32);
}

/// <summary>The four words of one draw.</summary>
/// <param name="X0">First word.</param>
/// <param name="X1">Second word.</param>
/// <param name="X2">Third word.</param>
/// <param name="X3">Fourth word.</param>
public readonly record struct PhiloxWords(uint X0, uint X1, uint X2, uint X3);
