using Kalm.Kernels.Lanes;
using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

public unsafe class AdamTests
{
    [Fact]
    public void Adam_follows_the_paper_for_ten_steps()
    {
        Random random = new(1);
        const int Count = 48;
        using AlignedFloats w = AlignedFloats.Random(Count, random), m = new(Count), v = new(Count);
        double[] we = Array.ConvertAll(w.Span.ToArray(), x => (double)x);
        double[] me = new double[Count], ve = new double[Count];
        AdamOptions options = new(1e-2);
        for (int t = 1; t <= 10; t++)
        {
            using AlignedFloats g = AlignedFloats.Random(Count, random);
            new AdamStep(options, t).Apply(w.Pointer, g.Pointer, m.Pointer, v.Pointer, Count);
            for (int i = 0; i < Count; i++)
            {
                double gradient = g.Span[i];
                me[i] = (0.9 * me[i]) + (0.1 * gradient);
                ve[i] = (0.999 * ve[i]) + (0.001 * gradient * gradient);
                double mHat = me[i] / (1 - Math.Pow(0.9, t)), vHat = ve[i] / (1 - Math.Pow(0.999, t));
                we[i] -= 1e-2 * mHat / (Math.Sqrt(vHat) + 1e-8);
            }
        }

        // float against double: ten steps of 1e-2, each rounded to 6e-8 relative
        for (int i = 0; i < Count; i++) Assert.Equal(we[i], w.Span[i], 1e-6);
    }

    [Fact]
    public void Adam_gives_the_same_bits_at_every_width()
    {
        Random random = new(2);
        const int Count = 64;
        using AlignedFloats g = AlignedFloats.Random(Count, random), start = AlignedFloats.Random(Count, random);
        float[][] results = new float[3][];
        for (int width = 0; width < 3; width++)
        {
            using AlignedFloats w = new(Count), m = new(Count), v = new(Count);
            start.Span.CopyTo(w.Span);
            for (int t = 1; t <= 5; t++)
            {
                AdamStep step = new(new AdamOptions(1e-3), t);
                if (width == 0) step.Apply<Lane1>(w.Pointer, g.Pointer, m.Pointer, v.Pointer, Count);
                else if (width == 1) step.Apply<Lane8>(w.Pointer, g.Pointer, m.Pointer, v.Pointer, Count);
                else step.Apply<Lane16>(w.Pointer, g.Pointer, m.Pointer, v.Pointer, Count);
            }

            results[width] = w.Span.ToArray();
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }
}
