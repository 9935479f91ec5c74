using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// The goal codes' share of a frozen network's first layer, kept per goal: a target network stands still between two
/// hard updates, so what it makes of a goal code is computed once and looked up afterwards. The numbers are those of a
/// fresh computation, bit for bit.
/// </summary>
internal sealed unsafe class GoalPartCache
{
    private readonly GoalNetwork _network;
    private readonly bool[] _known;
    private readonly float* _rows;
    private readonly nint _stride;
    private readonly float* _fresh;
    private readonly float** _codes;
    private readonly int[] _missing;
    private int _missingCount;

    /// <summary>Allocates the cache.</summary>
    /// <param name="network">The frozen network.</param>
    /// <param name="goals">Number of goal codes.</param>
    /// <param name="count">Rows of a batch.</param>
    /// <param name="arena">Memory.</param>
    public GoalPartCache(GoalNetwork network, int goals, int count, Arena arena)
    {
        _network = network;
        _known = new bool[goals];
        _stride = PackedMatrix.PaddedColumns(network.Shape.Width(0));
        _rows = arena.Allocate<float>(goals * _stride);
        _fresh = arena.Allocate<float>(count * _stride);
        _codes = (float**)arena.Allocate<nint>(count);
        _missing = new int[count];
    }

    /// <summary>Forgets everything: the network has changed.</summary>
    public void Clear() => Array.Clear(_known);

    /// <summary>
    /// Notes which goals of the batch are not known yet. Called by one thread before <see cref="Fill"/>.
    /// </summary>
    public void Prepare(TransitionBatch batch)
    {
        _missingCount = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            int goal = batch.Goals[row];
            if (_known[goal]) continue;
            _known[goal] = true;
            _codes[_missingCount] = batch.GoalCodes[row];
            _missing[_missingCount++] = goal;
        }
    }

    /// <summary>Writes the goal part of every row of the batch for a share of the panels.</summary>
    public void Fill(TransitionBatch batch, float* goalPart, nint stride, Share panels)
    {
        if (panels.Count == 0) return;
        int column = panels.First * PackedMatrix.PanelWidth, width = panels.Count * PackedMatrix.PanelWidth;
        if (_missingCount > 0)
        {
            Gemm.Multiply(
                _codes, _missingCount, _network.GoalWeight, _fresh, _stride,
                new() { FirstPanel = panels.First, PanelCount = panels.Count });
            for (int i = 0; i < _missingCount; i++) Copy(_fresh + (i * _stride), Row(_missing[i]), column, width);
        }

        for (int row = 0; row < batch.Count; row++)
            Copy(Row(batch.Goals[row]), goalPart + (row * stride), column, width);
    }

    private static void Copy(float* source, float* target, int column, int width) =>
        new ReadOnlySpan<float>(source + column, width).CopyTo(new Span<float>(target + column, width));

    private float* Row(int goal) => _rows + (goal * _stride);
}
