using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs;

/// <summary>The random numbers of one stream in order: a host-side convenience over <see cref="Philox"/>.</summary>
/// <param name="seed">Key.</param>
/// <param name="stream">Stream, such as an episode's number.</param>
public struct DrawSequence(ulong seed, ulong stream)
{
    private ulong _next;

    /// <summary>The next random word.</summary>
    public uint NextWord()
    {
        PhiloxWords words = Philox.Draw(seed, stream, _next / 4);
        return (_next++ % 4) switch { 0 => words.X0, 1 => words.X1, 2 => words.X2, _ => words.X3 };
    }

    /// <summary>The next number in [0, 1).</summary>
    public float NextUnit() => Philox.Unit(NextWord());

    /// <summary>The next integer in [0, <paramref name="count"/>).</summary>
    public int NextBelow(int count) => Philox.Below(NextWord(), count);
}
