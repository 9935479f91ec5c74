using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.App.Pipeline;

/// <summary>One episode of a scripted policy with noise: its random numbers, and what happened.</summary>
internal sealed class MetaWorldEpisode
{
    private readonly float[] _observations;
    private readonly float[] _actions;
    private readonly float[] _rewards;
    private readonly int _task;
    private readonly int _goal;
    private readonly EnvSpec _spec;
    private DrawSequence _draws;
    private int _length;
    private bool _over;

    /// <summary>An episode that is still to be played.</summary>
    /// <param name="task">Number of its task.</param>
    /// <param name="seed">Key of its random numbers.</param>
    /// <param name="stream">Stream of its random numbers.</param>
    /// <param name="spec">Shapes of the environment.</param>
    public MetaWorldEpisode(int task, ulong seed, ulong stream, EnvSpec spec)
    {
        _task = task;
        _spec = spec;
        _draws = new DrawSequence(seed, stream);
        _goal = _draws.NextBelow(TaskGoals.PerTask);
        _observations = new float[(spec.Horizon + 1) * spec.ObservationSize];
        _actions = new float[spec.Horizon * spec.ActionSize];
        _rewards = new float[spec.Horizon];
    }

    /// <summary>Whether it reached its goal.</summary>
    public bool Success { get; private set; }

    /// <summary>Whether the simulation had no room for a contact or had to be reset.</summary>
    public bool Overflow { get; private set; }

    /// <summary>Begins it in a world.</summary>
    public void Begin(MetaWorldEnv env, int world)
    {
        env.Reset(world, _goal);
        Observe(env, world);
    }

    /// <summary>Adds normal noise to an action, clips it and takes it down.</summary>
    /// <param name="action">The policy's action; changed.</param>
    /// <param name="noise">Standard deviation.</param>
    public void Disturb(Span<float> action, double noise)
    {
        for (int i = 0; i < action.Length; i++)
        {
            // Box and Muller
            double radius = Math.Sqrt(-2 * Math.Log(1 - _draws.NextUnit()));
            double normal = radius * Math.Cos(2 * Math.PI * _draws.NextUnit());
            action[i] = (float)Math.Clamp(action[i] + (noise * normal), _spec.ActionLow[i], _spec.ActionHigh[i]);
        }

        action.CopyTo(_actions.AsSpan(_length * action.Length));
    }

    /// <summary>Takes down what the step did.</summary>
    public void Record(MetaWorldEnv env, int world)
    {
        if (_over) return;
        _rewards[_length++] = env.Rewards[world];
        Observe(env, world);
        Success = env.Success[world];
        Overflow |= env.Overflow[world];
        _over = env.Terminated[world] || env.Truncated[world];
    }

    /// <summary>Writes it into a set.</summary>
    public void Write(RolloutSet set, int rollout, string[] sentences)
    {
        set.Lengths[rollout] = _length;
        set.Success[rollout] = Success;
        set.Sentences[rollout] = sentences;
        set.Goal(rollout)[0] = _task;
        set.Goal(rollout)[1] = _goal;
        for (int t = 0; t < _length; t++)
            _actions.AsSpan(t * _spec.ActionSize, _spec.ActionSize).CopyTo(set.Control(rollout, t));
        _rewards.AsSpan(0, _length).CopyTo(set.RewardsOf(rollout));
        for (int t = 0; t <= _length; t++)
            _observations.AsSpan(t * _spec.ObservationSize, _spec.ObservationSize).CopyTo(set.Observation(rollout, t));
    }

    private void Observe(MetaWorldEnv env, int world) =>
        env.Observations.Slice(world * _spec.ObservationSize, _spec.ObservationSize)
            .CopyTo(_observations.AsSpan(_length * _spec.ObservationSize));
}
