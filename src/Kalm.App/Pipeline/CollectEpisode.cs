using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Pipeline;

/// <summary>One episode of the scripted player: its random numbers, and what happened.</summary>
internal sealed class CollectEpisode
{
    private readonly float[] _observations = new float[(ClevrEnv.Horizon + 1) * ClevrRules.ObservationSize];
    private readonly int[] _actions = new int[ClevrEnv.Horizon];
    private readonly float[] _rewards = new float[ClevrEnv.Horizon];
    private readonly double[]? _states;
    private readonly ClevrGoal _goal;
    private DrawSequence _draws;
    private int _length;

    /// <summary>An episode that is still to be played.</summary>
    /// <param name="configuration">Number of its goal among the configurations.</param>
    /// <param name="number">Its number among the episodes of that goal.</param>
    /// <param name="seed">Key of its random numbers.</param>
    /// <param name="states">Whether simulator states are recorded.</param>
    public CollectEpisode(int configuration, int number, ulong seed, bool states)
    {
        Configuration = configuration;
        _goal = ClevrGoal.Configurations[configuration];
        _draws = new DrawSequence(seed, ((ulong)configuration << 32) | (uint)number);
        _states = states ? new double[ClevrEnv.Horizon * 69] : null;
    }

    /// <summary>Number of its goal among the configurations.</summary>
    public int Configuration { get; }

    /// <summary>Whether it reached its goal.</summary>
    public bool Success { get; private set; }

    /// <summary>Whether the simulation had no room for a contact or had to be reset.</summary>
    public bool Overflow { get; private set; }

    /// <summary>Begins it in a world.</summary>
    public void Begin(ClevrEnv env, int world)
    {
        env.Reset(world, _goal, ref _draws);
        Observe(env, world, 0);
    }

    /// <summary>The player's next action.</summary>
    public int Act(ClevrEnv env, int world, float mistakes)
    {
        if (_states != null) env.GetState(world, _states.AsSpan(_length * 69, 69));
        ReadOnlySpan<float> now =
            _observations.AsSpan(_length * ClevrRules.ObservationSize, ClevrRules.ObservationSize);
        return _actions[_length] = ClevrPusher.Act(now, _goal.Relations[0], mistakes, ref _draws);
    }

    /// <summary>Takes down what the step did.</summary>
    /// <returns>Whether the episode is over.</returns>
    public bool Record(ClevrEnv env, int world)
    {
        _rewards[_length++] = env.Rewards[world];
        Observe(env, world, _length);
        Success = env.Success[world];
        Overflow |= env.Overflow[world];
        return env.Terminated[world] || env.Truncated[world];
    }

    /// <summary>Writes it into a set.</summary>
    public void Write(RolloutSet set, int rollout)
    {
        set.Lengths[rollout] = _length;
        set.Success[rollout] = Success;
        set.Sentences[rollout] = [.. ClevrSentences.For(ClevrLevel.Offline, _goal)];
        _goal.Encode(set.Goal(rollout));
        _actions.AsSpan(0, _length).CopyTo(set.ActionsOf(rollout));
        _rewards.AsSpan(0, _length).CopyTo(set.RewardsOf(rollout));
        for (int t = 0; t <= _length; t++)
        {
            _observations.AsSpan(t * ClevrRules.ObservationSize, ClevrRules.ObservationSize)
                .CopyTo(set.Observation(rollout, t));
        }

        if (_states == null) return;
        for (int t = 0; t < _length; t++)
        {
            Span<float> state = set.State(rollout, t);
            for (int i = 0; i < state.Length; i++) state[i] = (float)_states[(t * 69) + i];
        }
    }

    private void Observe(ClevrEnv env, int world, int step) =>
        env.Observations.Slice(world * ClevrRules.ObservationSize, ClevrRules.ObservationSize)
            .CopyTo(_observations.AsSpan(step * ClevrRules.ObservationSize));
}
