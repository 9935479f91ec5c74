using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.App.Tests.Pipeline;

public class ReplayTests
{
    private const string Recorded = "kalm/clevr_robot.npy";

    [SkippableFact]
    public void Double_lanes_land_where_the_recorded_balls_are()
    {
        ReplayResult result = Run(Precision.Double);

        // the recorded states and positions are floats of up to 0.6 m; MuJoCo 2.2.2 itself reaches 3.0e-7
        Assert.Equal(486, result.Transitions);
        Assert.InRange(result.Max, 1e-9, 5e-7);
        Assert.InRange(result.Median, 1e-9, 3e-8);
    }

    [SkippableFact]
    public void Float_lanes_land_near_the_recorded_balls()
    {
        ReplayResult result = Run(Precision.Float);
        Assert.Equal(486, result.Transitions);
        Assert.InRange(result.P99, 1e-9, 5e-6);
    }

    [SkippableFact]
    public void MuJoCo_lands_where_the_recorded_balls_are_on_our_scene()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        string? path = SharedData.Path(Recorded);
        Skip.If(path is null, SharedData.Missing(Recorded));
        RolloutSet set = OfficialClevr.Read(OfficialNpy.Load(path!));
        using MujocoModel model = MujocoModel.FromXml(ClevrScene.Xml);
        using MujocoData data = new(model);
        double worst = 0;
        for (int rollout = 0; rollout < set.Count; rollout++)
        {
            for (int step = 0; step < set.Lengths[rollout]; step++)
            {
                data.Reset();
                Push(data, set.State(rollout, step), set.ActionsOf(rollout)[step]);
                data.Step(40);
                Span<float> after = set.Observation(rollout, step + 1);
                for (int k = 0; k < after.Length; k++)
                    worst = Math.Max(worst, Math.Abs(data.Reals("qpos")[(7 * (k / 2)) + (k % 2)] - after[k]));
            }
        }

        // floats of up to 0.6 m, carried through 40 steps
        Assert.InRange(worst, 1e-9, 3.1e-7);
    }

    [Fact]
    public void Quantiles_are_errors_that_occur()
    {
        ReplayResult result = Replay.Summarize([.. Enumerable.Range(1, 200).Reverse().Select(i => (double)i)]);
        Assert.Equal(new ReplayResult(200, 100, 180, 198, 200), result);
        Assert.Equal(new ReplayResult(1, 7, 7, 7, 7), Replay.Summarize([7]));
    }

    [Fact]
    public void File_without_states_is_refused()
    {
        string file = Path.Combine(Repository.Root, "tests", "golden", "official", "generated_style.npy");
        ReplayOptions options = new() { File = file };
        KalmException error = Assert.Throws<KalmException>(() => Replay.Run(options, SilentProgress.Instance));
        Assert.EndsWith("found states of 0 numbers, expected 69", error.Message, StringComparison.Ordinal);
    }

    private static ReplayResult Run(Precision precision)
    {
        string? path = SharedData.Path(Recorded);
        Skip.If(path is null, SharedData.Missing(Recorded));
        return Replay.Run(new() { File = path!, Precision = precision }, SilentProgress.Instance);
    }

    private static void Push(MujocoData data, Span<float> state, int action)
    {
        Span<double> qpos = data.Reals("qpos");
        Span<double> qvel = data.Reals("qvel");
        for (int i = 0; i < qpos.Length; i++) qpos[i] = state[i];
        for (int i = 0; i < qvel.Length; i++) qvel[i] = state[qpos.Length + i];
        double[][] directions =
            [[1, 0], [0, 1], [-1, 0], [0, -1], [0.8, 0.8], [-0.8, 0.8], [0.8, -0.8], [-0.8, -0.8]];
        double[] push = directions[action % 8];
        for (int k = 0; k < 2; k++)
        {
            qpos[35 + k] = qpos[(7 * (action / 8)) + k] - (0.15 * push[k]);
            qvel[30 + k] = 0;
            data.Reals("ctrl")[k] = push[k];
        }
    }
}
