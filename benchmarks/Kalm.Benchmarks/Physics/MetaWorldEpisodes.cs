using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.Benchmarks.Physics;

/// <summary>
/// What worlds of a Meta-World task did in a number of steps under the scripted expert: their first states, actions,
/// and the states new episodes began with.
/// </summary>
internal sealed class MetaWorldEpisodes
{
    private readonly float[][] _actions;
    private readonly Dictionary<int, double[]>[] _starts;
    private readonly TaskLayout _layout;

    /// <summary>Records worlds of an environment that resets itself, from a reset on.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="steps">Steps to record.</param>
    public MetaWorldEpisodes(MetaWorldEnv env, int steps)
    {
        Steps = steps;
        _layout = env.Layout;
        _actions = new float[steps][];
        _starts = new Dictionary<int, double[]>[env.Count];
        env.Reset();
        for (int world = 0; world < env.Count; world++) _starts[world] = new() { [0] = State(env, world) };
        for (int step = 0; step < steps; step++)
        {
            env.StepScripted();
            _actions[step] = new float[4 * env.Count];
            env.GetActions(_actions[step]);
            for (int world = 0; world < env.Count; world++)
            {
                if (env.StepCount(world) == 0) _starts[world][step + 1] = State(env, world);
            }
        }
    }

    /// <summary>Recorded steps.</summary>
    public int Steps { get; }

    /// <summary>Episodes that ended, over all worlds.</summary>
    public int Ended => _starts.Sum(starts => starts.Count - 1);

    /// <summary>The action of a world in a step, (4).</summary>
    public ReadOnlySpan<float> Action(int step, int world) => _actions[step].AsSpan(4 * world, 4);

    /// <summary>The state an episode of a world begins with at a step; null: none begins there.</summary>
    public double[]? Start(int step, int world) => _starts[world].GetValueOrDefault(step);

    /// <summary>Positions of the moved bodies in a state, (moved bodies, 3), m.</summary>
    public ReadOnlySpan<double> MovedBodies(double[] state) =>
        state.AsSpan(_layout.MovedAt, 3 * _layout.Spec.MovedBodies.Count);

    private static double[] State(MetaWorldEnv env, int world)
    {
        double[] state = new double[env.Spec.StateSize];
        env.GetState(world, state);
        return state;
    }
}
