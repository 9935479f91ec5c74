using System.Runtime.Intrinsics.X86;

namespace Kalm.Kernels.Learning;

/// <summary>Adam over one network: the moments in the network's own layout, and the step that makes each weight
/// gradient in registers and applies it at once, so that no gradient goes through memory.</summary>
public sealed unsafe class AdamOptimizer : IDisposable
{
    private readonly GoalNetwork _network;
    private readonly AdamOptions _options;

    /// <summary>Allocates zero moments.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="options">Learning rate and decays.</param>
    public AdamOptimizer(GoalNetwork network, in AdamOptions options)
    {
        _network = network;
        _options = options;
        FirstMoment = new(network.Shape);
        SecondMoment = new(network.Shape);
    }

    /// <summary>First moments, in the network's layout.</summary>
    public GoalNetwork FirstMoment { get; }

    /// <summary>Second moments, in the network's layout.</summary>
    public GoalNetwork SecondMoment { get; }

    /// <summary>The constants of step <paramref name="t"/>, from 1.</summary>
    public AdamStep At(long t) => new(_options, t);

    /// <summary>Gradient and step of some panels of one layer.</summary>
    /// <param name="step">Constants of this step.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The layer's inputs.</param>
    /// <param name="count">Rows of x and dy.</param>
    /// <param name="dy">Gradient of the layer's sums, row-major, padding zero.</param>
    /// <param name="lddy">Floats from one row of dy to the next.</param>
    /// <param name="firstPanel">First panel.</param>
    /// <param name="endPanel">One past the last panel.</param>
    internal void StepPanels(
        in AdamStep step, int layer, in GradientInput x, int count, float* dy, nint lddy, int firstPanel, int endPanel)
    {
        float* memory = stackalloc float[GemmTile.Length + 16];
        float* tile = Gemm.Align(memory);
        PackedMatrix w = _network.Weight(layer), m = FirstMoment.Weight(layer), v = SecondMoment.Weight(layer);

        // a panel of dy stays in the first-level cache; weights and moments stream by, fetched one tile ahead
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            float* column = dy + (panel * GemmTile.Columns);
            float* wp = w.Panel(panel), mp = m.Panel(panel), vp = v.Panel(panel);
            for (int row = 0; row < w.Rows; row += GemmTile.Rows)
            {
                Prefetch(wp + GemmTile.Length, mp + GemmTile.Length, vp + GemmTile.Length);
                new Span<float>(tile, GemmTile.Length).Clear();
                GemmTile.Outer(x.Strip(row), x.RowStride, count, column, lddy, tile);
                step.Apply(wp, tile, mp, vp, GemmTile.Length);
                wp += GemmTile.Length;
                mp += GemmTile.Length;
                vp += GemmTile.Length;
            }
        }

        float* sums = tile;
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            int column = panel * GemmTile.Columns;
            Gemm.ColumnSums(dy + column, lddy, count, sums, 0, 1);
            step.Apply(
                _network.Bias(layer) + column, sums, FirstMoment.Bias(layer) + column,
                SecondMoment.Bias(layer) + column, GemmTile.Columns);
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private static void Prefetch(float* w, float* m, float* v)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < GemmTile.Length; i += 16)
        {
            Sse.Prefetch0(w + i);
            Sse.Prefetch0(m + i);
            Sse.Prefetch0(v + i);
        }
    }
}
