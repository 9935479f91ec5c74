using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>
/// Episodes of Metaworld 3.1.1 on MuJoCo 3.3.0, double: what a reset leaves behind, and what is seen and paid in every
/// recorded state.
/// </summary>
[Trait("Isa", "once")]
public sealed class RecordedEpisodeTests
{
    // the episodes were recorded after numpy.random.seed(1000) with goals that are drawn anew
    private const uint Seed = 1000;

    // sums in another order: some ten roundings of numbers up to 10
    private const double Rounding = 1e-12;

    // the hand's 500 steps touch nothing
    private const double Smooth = 1e-10;

    // A cylinder flat on a box has one contact, which jumps along the rim: 1e-15 more or less in its first height turns
    // the puck by 5e-4 within 25 steps, the mug by 1e-2. Other contacts are found within the 1e-6 of GJK and EPA.
    private static readonly Dictionary<string, double> Rest = new()
    {
        ["reach"] = 2e-3,
        ["reach-wall"] = 2e-3,
        ["push"] = 2e-3,
        ["push-wall"] = 2e-3,
        ["pick-place"] = 2e-3,
        ["coffee-button"] = 5e-2,
        ["coffee-pull"] = 5e-2,
        ["coffee-push"] = 5e-2,
        ["disassemble"] = 2e-5,
        ["peg-unplug-side"] = 1e-9,
    };

    public static TheoryData<string> Tasks => [.. GoldEpisode.Tasks.DefaultIfEmpty("push")];

    [SkippableTheory]
    [MemberData(nameof(Tasks))]
    public void A_reset_leaves_the_recorded_state(string task)
    {
        GoldEpisode gold = Need(task);
        double[] state = Reset(task, gold, LaneKind.Lane4d, out TaskLayout layout);
        Model model = layout.Simulation.Model;
        double bound = Rest.GetValueOrDefault(task, Smooth);
        Tolerance.Absolute(gold.Moved(layout.Spec, model), Moved(state, layout), bound, "moved");
        Tolerance.Absolute(gold.Qpos(0), state.AsSpan(0, model.nq), bound, "qpos");

        // 1 / (10 time steps): velocities settle about as fast
        Tolerance.Absolute(gold.Qvel(0), state.AsSpan(model.nq, model.nv), 40 * bound, "qvel");
        Tolerance.Absolute(
            gold.Observation(0), state.AsSpan(StateRow(layout, SceneRows.Observation), 39), bound, "observation");

        // whatever the object does, the arm comes to the same place
        int arm = model.jnt_qposadr[model.names.Joint("right_j0")];
        Tolerance.Absolute(gold.Qpos(0).Slice(arm, 9), state.AsSpan(arm, 9), Smooth, "arm");
    }

    [SkippableTheory]
    [MemberData(nameof(Tasks))]
    public void Recorded_states_are_seen_and_judged_alike(string task)
    {
        GoldEpisode gold = Need(task);
        double[] state = Reset(task, gold, LaneKind.Lane1d, out TaskLayout layout);
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(layout.Simulation, 1, LaneKind.Lane1d, launcher);
        TaskEntry entry = TaskTable.Get(task);
        AdoptRest(task, gold, state, layout);
        int nq = layout.Simulation.Model.nq;
        for (int step = 0; step < gold.Count; step++)
        {
            gold.Qpos(step + 1).CopyTo(state);
            gold.Qvel(step + 1).CopyTo(state.AsSpan(nq));
            gold.Action(step).CopyTo(state.AsSpan(StateRow(layout, SceneRows.Action)));
            layout.SetState(simulation.Worlds, 0, state);
            entry.Judge(simulation, layout.At);
            layout.GetState(simulation.Worlds, 0, state);

            // the frame before the first is that of our reset
            ReadOnlySpan<double> seen = state.AsSpan(StateRow(layout, SceneRows.Observation), 39);
            ReadOnlySpan<double> expected = gold.Observation(step + 1);
            string what = $"step {step}";
            Tolerance.Absolute(expected[..18], seen[..18], Rounding, $"{what}: frame");
            if (step > 0) Tolerance.Absolute(expected[18..36], seen[18..36], Rounding, $"{what}: frame before");
            Tolerance.Absolute(expected[36..], seen[36..], Rounding, $"{what}: goal");
            Tolerance.Absolute(
                gold.Reward(step), state[StateRow(layout, SceneRows.Reward)], Rounding, $"{what}: reward");
            Assert.Equal(gold.Success(step), state[StateRow(layout, SceneRows.Success)] > 0);
        }
    }

    private static GoldEpisode Need(string task)
    {
        Skip.If(!GoldEpisode.Tasks.Contains(task) || GoldEpisode.Assets == null, GoldEpisode.Missing);
        return new GoldEpisode(task);
    }

    private static double[] Reset(string task, GoldEpisode gold, LaneKind kind, out TaskLayout layout)
    {
        TaskEntry entry = TaskTable.Get(task);
        Model scene = TaskWorlds.Original(task);
        using CpuLauncher launcher = new(1);
        using ResetLab lab = new(entry, scene, kind, launcher);
        (double[] First, double[] Second) vectors = TaskGoals.Draw(entry, new MersenneTwister(Seed));
        Assert.Equal(gold.Vector, vectors.Second);
        layout = new TaskLayout(entry.Spec, scene, RewardVersion.V2);
        return lab.Prepare(vectors);
    }

    private static int StateRow(TaskLayout layout, int row) => layout.StateSize - SceneRows.Count + row;

    private static ReadOnlySpan<double> Moved(double[] state, TaskLayout layout) =>
        state.AsSpan(layout.MovedAt, layout.MovedSize);

    /// <summary>
    /// Two tasks remember how high the puck lay, which is known to a few hundredths of a millimeter only: they take it
    /// from the record.
    /// </summary>
    private static void AdoptRest(string task, GoldEpisode gold, double[] state, TaskLayout layout)
    {
        if (task is not ("push" or "push-wall")) return;
        state[StateRow(layout, SceneRows.Target) + 2] = gold.Observation(0)[38];
        state[StateRow(layout, SceneRows.ObjectInit) + 2] = gold.Observation(0)[6];
    }
}
