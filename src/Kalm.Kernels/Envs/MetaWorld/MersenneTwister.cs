namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// The random numbers Meta-World draws its goals with: MT19937 (Matsumoto and Nishimura, "Mersenne Twister", 1998)
/// seeded as numpy.random.seed does, doubles of 53 bits as numpy.random.uniform takes them.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <summary>The generator of a seed (init_genrand).</summary>
    public MersenneTwister(uint seed)
    {
        for (int i = 0; i < Size; i++)
        {
            _state[i] = seed;
            seed = (1812433253 * (seed ^ (seed >> 30))) + (uint)i + 1;
        }
    }

    /// <summary>The next word (genrand_int32).</summary>
    public uint NextWord()
    {
        if (_next == Size) Refill();
        uint word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    /// <summary>The next number in [0, 1), a multiple of 2^-53 (genrand_res53).</summary>
    public double NextUnit()
    {
        uint high = NextWord() >> 5;
        uint low = NextWord() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>The next number between two bounds (numpy.random.uniform).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextUnit());

    private void Refill()
    {
        for (int i = 0; i < Size; i++)
        {
            uint mixed = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            uint twist = (mixed & 1) == 0 ? 0 : 0x9908B0DFu;
            _state[i] = _state[(i + Middle) % Size] ^ (mixed >> 1) ^ twist;
        }

        _next = 0;
    }
}
