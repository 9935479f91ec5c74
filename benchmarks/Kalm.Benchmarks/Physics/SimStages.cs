using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Benchmarks.Physics;

/// <summary>Processor time of the stages of a simulation step, within the pushes of an environment.</summary>
internal static class SimStages
{
    private const int SubSteps = 40;
    private const double PushDistance = 0.15;

    /// <summary>Nanoseconds per world and step of each <see cref="StepStage"/>.</summary>
    public static double[] Measure(SimOptions options)
    {
        using CpuLauncher launcher = new(options.Threads);
        int worlds = options.WorldsPerThread * options.Threads;
        using ClevrEnv env = new(worlds, 1, new EnvOptions { Launcher = launcher });
        SimEpisodes episodes = new(env);
        using Simulation simulation =
            new(ClevrScene.Compile(), worlds, LaneSelector.Widest(Precision.Float), launcher);
        TimedKernel kernel = new(simulation.Layout.ModelRows, simulation.Layout.DataRows);
        for (int world = 0; world < worlds; world++) env.SetState(world, episodes.Starts[world]);

        // the first pushes warm up
        const int WarmUp = 3;
        for (int step = 0; step < SimEpisodes.Steps; step++)
        {
            if (step == WarmUp) StageClock.Reset();
            int[] actions = episodes.Actions[step];
            for (int world = 0; world < worlds; world++)
            {
                Place(env, simulation, world, actions[world]);
                env.SetActive(world, true);
            }

            simulation.Launch(kernel);
            env.Step(actions);
        }

        double steps = (double)worlds * SubSteps * (SimEpisodes.Steps - WarmUp);
        return StageClock.Nanoseconds(steps)[..Enum.GetValues<StepStage>().Length];
    }

    private static void Place(ClevrEnv env, Simulation simulation, int world, int action)
    {
        Model model = simulation.Model;
        Span<double> state = stackalloc double[model.nq + model.nv];
        env.GetState(world, state);
        int ball = 7 * ClevrActions.Ball(action);
        (float x, float y) = ClevrActions.Direction(action);
        state[model.nq - 2] = state[ball] - (PushDistance * x);
        state[model.nq - 1] = state[ball + 1] - (PushDistance * y);
        state[^2] = state[^1] = 0;
        simulation.ResetInternal(world);
        simulation.SetQpos(world, state[..model.nq]);
        simulation.SetQvel(world, state[model.nq..]);
        simulation.SetCtrl(world, [x, y]);
    }

    private readonly struct TimedKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            for (int i = 0; i < SubSteps; i++) Forward.Step<TLane, TRows, StageClock>(rows, model, data);
        }
    }
}
