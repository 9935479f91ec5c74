using System.Runtime.Intrinsics;
using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Embedding;

/// <summary>
/// One weight matrix or bias of an encoder or head, with its gradient and Adam's moments. Rows are padded to 16
/// columns in memory; what goes in and out is not.
/// </summary>
public sealed unsafe class TrajectoryWeight
{
    private readonly PinnedFloats _values;
    private readonly PinnedFloats _gradient;
    private readonly PinnedFloats _first;
    private readonly PinnedFloats _second;

    /// <summary>A weight of zeros.</summary>
    internal TrajectoryWeight(string name, int rows, int columns)
    {
        Name = name;
        Rows = rows;
        Columns = columns;
        Stride = ChannelMath.Pad(columns);
        int length = checked(rows * Stride);
        _values = new PinnedFloats(length);
        _gradient = new PinnedFloats(length);
        _first = new PinnedFloats(length);
        _second = new PinnedFloats(length);
    }

    /// <summary>Name under which it is saved, for example <c>state_encoder.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Rows: inputs of a layer, entries of an embedding, 1 for a bias.</summary>
    public int Rows { get; }

    /// <summary>Columns: outputs.</summary>
    public int Columns { get; }

    /// <summary>Number of weights.</summary>
    public int Count => Rows * Columns;

    /// <summary>Floats from one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>The weights, (Rows, Stride).</summary>
    internal float* Values => _values.Data;

    /// <summary>The gradient, (Rows, Stride), zero in the padding.</summary>
    internal float* Gradient => _gradient.Data;

    /// <summary>Writes one of the four arrays to <paramref name="target"/>, row-major (Rows, Columns).</summary>
    public void Read(TrajectoryPart part, Span<float> target)
    {
        Check(target.Length);
        for (int row = 0; row < Rows; row++)
            Part(part).Slice(row * Stride, Columns).CopyTo(target[(row * Columns)..]);
    }

    /// <summary>Sets one of the four arrays from <paramref name="source"/>, row-major (Rows, Columns).</summary>
    public void Write(TrajectoryPart part, ReadOnlySpan<float> source)
    {
        Check(source.Length);
        for (int row = 0; row < Rows; row++)
            source.Slice(row * Columns, Columns).CopyTo(Part(part)[(row * Stride)..]);
    }

    /// <summary>Sum of the squares of the gradient.</summary>
    public double SquaredGradient()
    {
        double sum = 0;
        foreach (float g in _gradient.Span) sum += (double)g * g;
        return sum;
    }

    /// <summary>Multiplies the gradient, to clip it together with other gradients.</summary>
    public void ScaleGradient(float factor)
    {
        foreach (ref float g in _gradient.Span) g *= factor;
    }

    /// <summary>Sets the gradient to zero.</summary>
    public void ClearGradient() => _gradient.Span.Clear();

    /// <summary>
    /// One step of AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2): decay first, then Adam.
    /// </summary>
    /// <param name="options">Learning rate and the rest.</param>
    /// <param name="weightDecay">Decay per unit of learning rate; 0 for Adam.</param>
    /// <param name="t">Number of the step, from 1.</param>
    public void Update(in AdamOptions options, double weightDecay, long t)
    {
        if (weightDecay != 0)
        {
            float keep = (float)(1 - (options.LearningRate * weightDecay));
            for (int i = 0; i < _values.Length; i += ChannelMath.Width)
                (Vector512.Load(Values + i) * keep).Store(Values + i);
        }

        new AdamStep(options, t).Apply(Values, Gradient, _first.Data, _second.Data, _values.Length);
    }

    /// <summary>Fills the weights with normal numbers.</summary>
    internal void FillNormal(Random random, double deviation)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                // Box and Muller's transform of two uniform numbers
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                double angle = 2 * Math.PI * random.NextDouble();
                Values[(row * Stride) + column] = (float)(deviation * radius * Math.Cos(angle));
            }
        }
    }

    /// <summary>Fills the weights with uniform numbers from -bound to bound.</summary>
    internal void FillUniform(Random random, double bound)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                Values[(row * Stride) + column] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    private Span<float> Part(TrajectoryPart part) => part switch
    {
        TrajectoryPart.Values => _values.Span,
        TrajectoryPart.Gradient => _gradient.Span,
        TrajectoryPart.FirstMoment => _first.Span,
        _ => _second.Span,
    };

    private void Check(int length)
    {
        if (length != Count) throw new ArgumentException($"{Name}: expected {Count} floats, found {length}");
    }
}
