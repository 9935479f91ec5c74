using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with PyTorch's order of operations:
/// w -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon).
/// </summary>
public readonly record struct AdamOptions
{
    /// <summary>The usual constants with a learning rate.</summary>
    public AdamOptions(double learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>Step size alpha.</summary>
    public double LearningRate { get; init; }

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>The constants of one Adam step and the pass that applies it.</summary>
public readonly unsafe struct AdamStep
{
    private readonly float _beta1;
    private readonly float _oneMinusBeta1;
    private readonly float _beta2;
    private readonly float _oneMinusBeta2;
    private readonly float _stepSize;
    private readonly float _inverseRoot;
    private readonly float _epsilon;

    /// <summary>Prepares step <paramref name="t"/>.</summary>
    /// <param name="options">Learning rate and decays.</param>
    /// <param name="t">Number of the step, from 1.</param>
    public AdamStep(in AdamOptions options, long t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(t, 1);
        _beta1 = (float)options.Beta1;
        _oneMinusBeta1 = (float)(1 - options.Beta1);
        _beta2 = (float)options.Beta2;
        _oneMinusBeta2 = (float)(1 - options.Beta2);
        _stepSize = (float)(options.LearningRate / (1 - Math.Pow(options.Beta1, t)));
        _inverseRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, t)));
        _epsilon = (float)options.Epsilon;
    }

    /// <summary>One fused pass: moments and weights.</summary>
    /// <param name="w">Weights.</param>
    /// <param name="g">Gradient.</param>
    /// <param name="m">First moment.</param>
    /// <param name="v">Second moment.</param>
    /// <param name="count">Floats; a multiple of 16, all addresses 64-byte aligned.</param>
    public void Apply(float* w, float* g, float* m, float* v, nint count)
    {
        if (Vector512.IsHardwareAccelerated) Apply<Lane16>(w, g, m, v, count);
        else if (Vector256.IsHardwareAccelerated) Apply<Lane8>(w, g, m, v, count);
        else Apply<Lane1>(w, g, m, v, count);
    }

    /// <summary>The pass at one lane width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply<TLane>(float* w, float* g, float* m, float* v, nint count)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane beta1 = TLane.Const(_beta1), oneMinusBeta1 = TLane.Const(_oneMinusBeta1);
        TLane beta2 = TLane.Const(_beta2), oneMinusBeta2 = TLane.Const(_oneMinusBeta2);
        TLane stepSize = TLane.Const(_stepSize), inverseRoot = TLane.Const(_inverseRoot);
        TLane epsilon = TLane.Const(_epsilon);
        for (nint i = 0; i < count; i += TLane.Width)
        {
            TLane gradient = TLane.Load(g + i);
            TLane first = TLane.MulAdd(beta1, TLane.Load(m + i), oneMinusBeta1 * gradient);
            TLane second = TLane.MulAdd(beta2, TLane.Load(v + i), oneMinusBeta2 * gradient * gradient);
            TLane.Store(m + i, first);
            TLane.Store(v + i, second);
            TLane denominator = TLane.MulAdd(TLane.Sqrt(second), inverseRoot, epsilon);
            TLane.Store(w + i, TLane.Load(w + i) - (stepSize * first / denominator));
        }
    }
}
