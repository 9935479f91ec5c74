using System.Runtime.Intrinsics;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>How a batch mixes real and imagined transitions.</summary>
public enum BatchMix
{
    /// <summary>Half real, half imagined (KALM, section 3.4).</summary>
    Half,

    /// <summary>Uniform over both together (the released code).</summary>
    Union,
}

/// <summary>The transitions of one update, as the first layer wants them.</summary>
internal sealed unsafe class TransitionBatch
{
    private readonly int _goalStrips;
    private readonly int _strips;
    private readonly float* _strip;

    /// <summary>Allocates room for a batch.</summary>
    /// <param name="shape">Sizes of state and goal code.</param>
    /// <param name="count">Rows.</param>
    /// <param name="arena">Memory.</param>
    public TransitionBatch(NetworkShape shape, int count, Arena arena)
    {
        Count = count;
        StateStride = shape.PaddedStateSize;
        _goalStrips = shape.PaddedGoalSize / GemmTile.Rows;
        _strips = _goalStrips + (shape.PaddedStateSize / GemmTile.Rows);
        States = arena.Allocate<float>(count * StateStride);
        NextStates = arena.Allocate<float>(count * StateStride);
        Actions = arena.Allocate<int>(count);
        Rewards = arena.Allocate<float>(count);
        Continues = arena.Allocate<float>(count);
        Goals = arena.Allocate<int>(count);
        GoalCodes = (float**)arena.Allocate<nint>(count);
        _strip = arena.Allocate<float>(_strips * GradientInput.StripStride(count));
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Floats of a state with its padding.</summary>
    public nint StateStride { get; }

    /// <summary>States s, (count, StateStride).</summary>
    public float* States { get; }

    /// <summary>Next states s', (count, StateStride); of no meaning where the transition is terminal.</summary>
    public float* NextStates { get; }

    /// <summary>Actions a, (count).</summary>
    public int* Actions { get; }

    /// <summary>Rewards r, (count).</summary>
    public float* Rewards { get; }

    /// <summary>0 where the transition is terminal, else 1, (count).</summary>
    public float* Continues { get; }

    /// <summary>Number of each row's goal code, (count).</summary>
    public int* Goals { get; }

    /// <summary>Address of each row's goal code, (count).</summary>
    public float** GoalCodes { get; }

    /// <summary>Strips of eight inputs of the first layer: the goal code's, then the state's.</summary>
    public int StripCount => _strips;

    /// <summary>
    /// The first layer's inputs (goal code, state) for its weight gradient; filled by <see cref="FillStrips"/>.
    /// </summary>
    public GradientInput Inputs => GradientInput.Strips(_strip, Count);

    /// <summary>Draws the batch of one step: a function of (seed, step) and the data alone.</summary>
    /// <param name="data">Transitions.</param>
    /// <param name="mix">Shares of real and imagined transitions.</param>
    /// <param name="seed">Key.</param>
    /// <param name="step">Number of the update.</param>
    public void Sample(Transitions data, BatchMix mix, ulong seed, long step)
    {
        int real = data.RealCount, imagined = data.Count - real;
        bool half = mix == BatchMix.Half && real > 0 && imagined > 0;
        for (int row = 0; row < Count; row++)
        {
            PhiloxWords words = Philox.Draw(seed, (ulong)step, (ulong)row);
            int transition = !half ? Philox.Below(words.X0, data.Count)
                : row < (Count + 1) / 2 ? Philox.Below(words.X0, real)
                : real + Philox.Below(words.X0, imagined);
            data.CopyTo(transition, words.X1, this, row);
        }
    }

    /// <summary>Copies a range of strips of the first layer's inputs.</summary>
    public void FillStrips(Share strips)
    {
        nint stride = GradientInput.StripStride(Count);
        int goalEnd = Math.Min(strips.End, _goalStrips), stateFirst = Math.Max(strips.First, _goalStrips);
        for (int row = 0; row < Count; row++)
        {
            float* target = _strip + (row * GemmTile.Rows);
            float* code = GoalCodes[row];
            for (int strip = strips.First; strip < goalEnd; strip++)
                Vector256.Load(code + (strip * GemmTile.Rows)).Store(target + (strip * stride));

            float* state = States + (row * StateStride) - (_goalStrips * GemmTile.Rows);
            for (int strip = stateFirst; strip < strips.End; strip++)
                Vector256.Load(state + (strip * GemmTile.Rows)).Store(target + (strip * stride));
        }
    }
}
