using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;
using Kalm.Testing.Mujoco;

namespace Kalm.Benchmarks.Physics;

/// <summary>
/// CLEVR-Robot on libmujoco: an environment step is a reset of the solver's memory, the pusher put beside the ball, and
/// 40 calls of mj_step, as in the original environment but without its extra forward pass.
/// </summary>
internal sealed class MujocoClevr : IDisposable
{
    private const int SubSteps = 40;
    private const double PushDistance = 0.15;
    private readonly MujocoModel _model = MujocoModel.FromXml(ClevrScene.Xml);
    private readonly MujocoData[] _data;
    private readonly ThreadTeam _team;
    private readonly SimEpisodes _episodes;
    private readonly int _worlds;
    private readonly int _stride;

    /// <summary>Takes an even sample of the worlds.</summary>
    /// <param name="episodes">Starts and actions of all worlds.</param>
    /// <param name="team">Threads; each has an mjData of its own.</param>
    /// <param name="worlds">Worlds to simulate.</param>
    public MujocoClevr(SimEpisodes episodes, ThreadTeam team, int worlds)
    {
        _episodes = episodes;
        _team = team;
        _worlds = worlds;
        _stride = episodes.Starts.Length / worlds;
        _data = [.. Enumerable.Range(0, team.Threads).Select(_ => new MujocoData(_model))];
    }

    /// <summary>Simulates the first <paramref name="steps"/> steps of every world.</summary>
    public void Run(int steps) => _team.Run(new Job(this, steps));

    /// <summary>Positions of the balls of one world after the first <paramref name="steps"/> steps, (10).</summary>
    public double[] Positions(int world, int steps)
    {
        RunWorld(_data[0], world, steps);
        Span<double> qpos = _data[0].Reals("qpos");
        double[] positions = new double[2 * ClevrGoal.BallCount];
        for (int k = 0; k < positions.Length; k++) positions[k] = qpos[(7 * (k / 2)) + (k % 2)];
        return positions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MujocoData data in _data) data.Dispose();
        _model.Dispose();
    }

    private void RunWorld(MujocoData data, int world, int steps)
    {
        Span<double> qpos = data.Reals("qpos");
        Span<double> qvel = data.Reals("qvel");
        Span<double> ctrl = data.Reals("ctrl");
        Span<double> state = stackalloc double[qpos.Length + qvel.Length];
        _episodes.Starts[world].CopyTo(state);
        for (int step = 0; step < steps; step++)
        {
            // a reset clears warm start, controls and time; the bodies stay where they are
            data.Reset();
            state[..qpos.Length].CopyTo(qpos);
            state[qpos.Length..].CopyTo(qvel);
            int action = _episodes.Actions[step][world];
            int ball = 7 * ClevrActions.Ball(action);
            (float x, float y) = ClevrActions.Direction(action);
            qpos[^2] = qpos[ball] - (PushDistance * x);
            qpos[^1] = qpos[ball + 1] - (PushDistance * y);
            qvel[^2] = qvel[^1] = 0;
            (ctrl[0], ctrl[1]) = (x, y);
            data.Step(SubSteps);
            qpos.CopyTo(state);
            qvel.CopyTo(state[qpos.Length..]);
        }
    }

    private readonly struct Job(MujocoClevr owner, int steps) : ITeamJob
    {
        public void Run(int part, int parts)
        {
            for (int i = part; i < owner._worlds; i += parts)
                owner.RunWorld(owner._data[part], i * owner._stride, steps);
        }
    }
}
