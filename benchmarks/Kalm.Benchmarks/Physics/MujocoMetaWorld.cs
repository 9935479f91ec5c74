using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Launch;
using Kalm.Testing.Mujoco;

namespace Kalm.Benchmarks.Physics;

/// <summary>
/// A Meta-World task on libmujoco with the original assets. An environment step moves the mocap body, then calls
/// mj_step five times and mj_forward once; observation, reward and expert are left out, and a new episode is one copy
/// of a state.
/// </summary>
internal sealed class MujocoMetaWorld : IDisposable
{
    private const double ActionScale = 0.01;
    private static readonly double[] Weld = [0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 5];
    private readonly MujocoModel[] _models;
    private readonly MujocoData[] _data;
    private readonly MetaWorldEpisodes _episodes;
    private readonly TaskSpec _spec;
    private readonly ThreadTeam _team;
    private readonly int _worlds;
    private readonly int _stride;
    private readonly int[] _bodies;
    private readonly int _hand;

    /// <summary>Takes an even sample of the recorded worlds.</summary>
    /// <param name="spec">The task.</param>
    /// <param name="folder">Folder of the original assets.</param>
    /// <param name="episodes">What to do.</param>
    /// <param name="team">Threads; each has a model and a state of its own.</param>
    /// <param name="recorded">Recorded worlds.</param>
    /// <param name="worlds">Worlds to simulate.</param>
    public MujocoMetaWorld(
        TaskSpec spec, string folder, MetaWorldEpisodes episodes, ThreadTeam team, int recorded, int worlds)
    {
        string path = Path.Combine(folder, "sawyer_xyz", $"sawyer_{spec.Scene}.xml");
        _models = [.. Enumerable.Range(0, team.Threads).Select(_ => MujocoModel.FromFile(path))];
        _data = [.. _models.Select(model => new MujocoData(model))];
        foreach (MujocoModel model in _models) Weld.CopyTo(model.Reals("eq_data"));
        _episodes = episodes;
        _spec = spec;
        _team = team;
        _worlds = worlds;
        _stride = recorded / worlds;
        _bodies = [.. spec.MovedBodies.Select(name => Body(_models[0], name))];
        _hand = Body(_models[0], "hand");
    }

    /// <summary>Simulates the first <paramref name="steps"/> steps of every world.</summary>
    public void Run(int steps) => _team.Run(new Job(this, steps));

    /// <summary>Position of the hand of a recorded world after the first steps, m.</summary>
    public double[] Hand(int world, int steps)
    {
        RunWorld(0, world, steps);
        return _data[0].Reals("xpos").Slice(3 * _hand, 3).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MujocoData data in _data) data.Dispose();
        foreach (MujocoModel model in _models) model.Dispose();
    }

    private static int Body(MujocoModel model, string name)
    {
        for (int id = 0; id < model.Size("nbody"); id++)
        {
            if (model.Name("body", id) == name) return id;
        }

        throw new ArgumentException($"no body is called {name}", nameof(name));
    }

    private void RunWorld(int thread, int world, int steps)
    {
        MujocoData data = _data[thread];
        Span<double> ctrl = data.Reals("ctrl");
        Span<double> mocap = data.Reals("mocap_pos");
        ReadOnlySpan<double> low = [_spec.MocapLow.X, _spec.MocapLow.Y, _spec.MocapLow.Z];
        ReadOnlySpan<double> high = [_spec.MocapHigh.X, _spec.MocapHigh.Y, _spec.MocapHigh.Z];
        for (int step = 0; step < steps; step++)
        {
            if (_episodes.Start(step, world) is { } start) Begin(thread, start);
            ReadOnlySpan<float> action = _episodes.Action(step, world);
            for (int k = 0; k < 3; k++)
                mocap[k] = Math.Clamp(mocap[k] + (ActionScale * Math.Clamp(action[k], -1, 1)), low[k], high[k]);
            ctrl[0] = action[3];
            ctrl[1] = -action[3];
            data.Step(5);
            data.Forward();
        }
    }

    /// <summary>Puts a state as <see cref="MetaWorldEnv.GetState"/> gives it into a thread's model and data.</summary>
    private void Begin(int thread, double[] state)
    {
        MujocoModel model = _models[thread];
        MujocoData data = _data[thread];
        Span<double> bodyPos = model.Reals("body_pos");
        ReadOnlySpan<double> moved = _episodes.MovedBodies(state);
        for (int i = 0; i < _bodies.Length; i++) moved.Slice(3 * i, 3).CopyTo(bodyPos[(3 * _bodies[i])..]);
        data.Reset();
        ReadOnlySpan<double> rest = state;
        ReadOnlySpan<string> fields = ["qpos", "qvel", "qacc_warmstart", "ctrl", "mocap_pos", "mocap_quat"];
        foreach (string field in fields)
        {
            Span<double> target = data.Reals(field);
            rest[..target.Length].CopyTo(target);
            rest = rest[target.Length..];
        }
    }

    private readonly struct Job(MujocoMetaWorld owner, int steps) : ITeamJob
    {
        public void Run(int part, int parts)
        {
            for (int i = part; i < owner._worlds; i += parts) owner.RunWorld(part, i * owner._stride, steps);
        }
    }
}
