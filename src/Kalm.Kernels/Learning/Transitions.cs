using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// The data set of offline RL: real rollouts, then imagined ones. Goal codes are kept once per sentence and shared by
/// all transitions; consecutive states share their numbers.
/// </summary>
/// <remarks>
/// The last step of every rollout is terminal, also of a failed one (KALM.md 6): nothing is learned from a next state
/// that was never seen.
/// </remarks>
public sealed unsafe class Transitions : IDisposable
{
    private readonly Arena _arena = new();
    private readonly List<nint> _goals = [];
    private readonly int _paddedState;
    private float[] _states = new float[1024];
    private int[] _row = new int[64];
    private int[] _action = new int[64];
    private float[] _reward = new float[64];
    private bool[] _terminal = new bool[64];
    private int[] _rollout = new int[64];
    private int[] _firstGoal = new int[16];
    private int[] _goalCount = new int[16];
    private int _stateCount;

    /// <summary>An empty set.</summary>
    /// <param name="stateSize">Numbers of a state.</param>
    /// <param name="goalSize">Numbers of a goal code.</param>
    public Transitions(int stateSize, int goalSize)
    {
        StateSize = stateSize;
        GoalSize = goalSize;
        _paddedState = PackedMatrix.PaddedRows(stateSize);
    }

    /// <summary>Numbers of a state.</summary>
    public int StateSize { get; }

    /// <summary>Numbers of a goal code.</summary>
    public int GoalSize { get; }

    /// <summary>Transitions, real and imagined.</summary>
    public int Count { get; private set; }

    /// <summary>Transitions before <see cref="BeginImagined"/>.</summary>
    public int RealCount { get; private set; }

    /// <summary>Rollouts, real and imagined.</summary>
    public int RolloutCount { get; private set; }

    /// <summary>Goal codes.</summary>
    public int GoalCount => _goals.Count;

    /// <summary>Adds a goal code and returns its number.</summary>
    public int AddGoal(ReadOnlySpan<float> code)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(code.Length, GoalSize);
        float* memory = _arena.Allocate<float>(PackedMatrix.PaddedRows(GoalSize));
        code.CopyTo(new Span<float>(memory, GoalSize));
        _goals.Add((nint)memory);
        return _goals.Count - 1;
    }

    /// <summary>Everything added from now on is imagined.</summary>
    public void BeginImagined() => RealCount = Count;

    /// <summary>Adds one rollout of T steps.</summary>
    /// <param name="observations">(T + 1, StateSize).</param>
    /// <param name="actions">(T).</param>
    /// <param name="rewards">(T).</param>
    /// <param name="firstGoal">First of the goal codes that describe the rollout's goal.</param>
    /// <param name="goalCount">How many they are; each draw of a transition takes one of them.</param>
    public void AddRollout(
        ReadOnlySpan<float> observations, ReadOnlySpan<int> actions, ReadOnlySpan<float> rewards, int firstGoal,
        int goalCount)
    {
        int steps = actions.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(observations.Length, (steps + 1) * StateSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rewards.Length, steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(goalCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstGoal + goalCount, GoalCount);
        Reserve(steps);
        for (int step = 0; step <= steps; step++)
        {
            observations.Slice(step * StateSize, StateSize)
                .CopyTo(_states.AsSpan((_stateCount + step) * _paddedState, StateSize));
        }

        for (int step = 0; step < steps; step++)
        {
            _row[Count] = _stateCount + step;
            _action[Count] = actions[step];
            _reward[Count] = rewards[step];
            _terminal[Count] = step == steps - 1;
            _rollout[Count++] = RolloutCount;
        }

        _stateCount += steps + 1;
        _firstGoal[RolloutCount] = firstGoal;
        _goalCount[RolloutCount++] = goalCount;
    }

    /// <summary>Address of a goal code, padded to a multiple of 8 with zeros.</summary>
    public float* Goal(int goal) => (float*)_goals[goal];

    /// <summary>Frees the goal codes.</summary>
    public void Dispose() => _arena.Dispose();

    /// <summary>Writes transition <paramref name="transition"/> as row <paramref name="row"/> of a batch.</summary>
    /// <param name="transition">Number of the transition.</param>
    /// <param name="draw">Chooses among the goal codes of the rollout.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The batch's row.</param>
    internal void CopyTo(int transition, uint draw, TransitionBatch batch, int row)
    {
        int at = _row[transition] * _paddedState, rollout = _rollout[transition];
        _states.AsSpan(at, _paddedState).CopyTo(new(batch.States + (row * _paddedState), _paddedState));
        _states.AsSpan(at + _paddedState, _paddedState)
            .CopyTo(new(batch.NextStates + (row * _paddedState), _paddedState));
        batch.Actions[row] = _action[transition];
        batch.Rewards[row] = _reward[transition];
        batch.Continues[row] = _terminal[transition] ? 0 : 1;
        int goal = _firstGoal[rollout] + Philox.Below(draw, _goalCount[rollout]);
        batch.Goals[row] = goal;
        batch.GoalCodes[row] = Goal(goal);
    }

    private void Reserve(int steps)
    {
        Grow(ref _states, (_stateCount + steps + 1) * _paddedState);
        Grow(ref _row, Count + steps);
        Grow(ref _action, Count + steps);
        Grow(ref _reward, Count + steps);
        Grow(ref _terminal, Count + steps);
        Grow(ref _rollout, Count + steps);
        Grow(ref _firstGoal, RolloutCount + 1);
        Grow(ref _goalCount, RolloutCount + 1);
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length) Array.Resize(ref array, Math.Max(length, array.Length * 2));
    }
}
