using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Testing;

namespace Kalm.App.Tests.Pipeline;

public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("recorded_style.npy")]
    [InlineData("generated_style.npy")]
    public void The_imported_folder_holds_what_the_file_held(string name)
    {
        string file = Golden(name);
        ImportResult result = Import.Run(new ImportOptions { File = file, Out = _folder }, SilentProgress.Instance);
        Assert.Equal((3, 2, 12), (result.Rollouts, result.Successes, result.Transitions));
        RolloutSet read = RolloutSet.Load(_folder);
        RolloutSet expected = OfficialClevr.Read(OfficialNpy.Load(file));
        Assert.Equal(expected.Observations, read.Observations);
        Assert.Equal(expected.Sentences, read.Sentences);
    }

    [Fact]
    public void Meta_World_rollouts_are_imported_with_their_continuous_actions()
    {
        string file = Golden("metaworld_style.npy");
        ImportResult result = Import.Run(new ImportOptions { File = file, Out = _folder }, SilentProgress.Instance);
        Assert.Equal((2, 1, 6), (result.Rollouts, result.Successes, result.Transitions));
        RolloutSet read = RolloutSet.Load(_folder);
        RolloutSet expected = OfficialMetaWorld.Read(OfficialNpy.Load(file));
        Assert.Equal(expected.Observations, read.Observations);
        Assert.Equal(expected.Controls, read.Controls);
        Assert.Equal(expected.Goals, read.Goals);
        Assert.Equal(expected.Env, read.Env);
    }

    [Theory]
    [InlineData("recorded_style.npy", ClevrRewardForm.Offset)]
    [InlineData("generated_style.npy", ClevrRewardForm.Plain)]
    public void Rules_agree_with_the_rollouts_of_our_own(string name, ClevrRewardForm form) =>
        CheckRules(OfficialClevr.Read(OfficialNpy.Load(Golden(name))), form);

    [SkippableTheory]
    [InlineData("kalm/clevr_robot.npy", ClevrRewardForm.Offset)]
    [InlineData("kalm/clevr_rephrase_prompt.npy", ClevrRewardForm.Plain)]
    public void Rules_agree_with_all_recorded_rollouts(string name, ClevrRewardForm form)
    {
        string? path = SharedData.Path(name);
        Skip.If(path == null, SharedData.Missing(name));
        CheckRules(OfficialClevr.Read(OfficialNpy.Load(path!)), form);
    }

    private static string Golden(string name) => Path.Combine(Repository.Root, "tests", "golden", "official", name);

    private static void CheckRules(RolloutSet set, ClevrRewardForm form)
    {
        Assert.NotEqual(0, set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            for (int t = 0; t < set.Lengths[i]; t++)
            {
                bool success = ClevrRules.Success(set.Goal(i), set.Observation(i, t + 1), set.ActionsOf(i)[t]);
                Assert.Equal(set.Success[i] && t == set.Lengths[i] - 1, success);
                float reward = ClevrRules.Reward(
                    set.Goal(i), set.Observation(i, t), set.Observation(i, t + 1), set.ActionsOf(i)[t], form);

                // positions are floats of up to 0.6 m, distances differ in their last bits, times ten
                Assert.Equal(set.RewardsOf(i)[t], reward, 1e-5f);
            }
        }
    }
}
