using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Formats;

public sealed class RolloutSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-rollouts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_set_comes_back_as_it_was_saved()
    {
        RolloutSet set = Sample();
        string path = Path.Combine(_folder, "set");
        set.Save(path);
        RolloutSet read = RolloutSet.Load(path);
        Assert.Equal(
            (set.Count, set.Capacity, set.Level, set.Origin), (read.Count, read.Capacity, read.Level, read.Origin));
        Assert.Equal(set.Observations, read.Observations);
        Assert.Equal(set.Actions, read.Actions);
        Assert.Equal(set.Rewards, read.Rewards);
        Assert.Equal(set.Lengths, read.Lengths);
        Assert.Equal(set.Success, read.Success);
        Assert.Equal(set.Goals, read.Goals);
        Assert.Equal(set.Sentences, read.Sentences);
        Assert.Equal(set.States, read.States);
    }

    [Fact]
    public void Continuous_actions_come_back()
    {
        var set = new RolloutSet(2, 3, 5, 1, actionSize: 4) { Env = "metaworld/push" };
        for (int i = 0; i < set.Controls!.Length; i++) set.Controls[i] = (0.25f * i) - 2;
        set.Lengths[1] = 3;
        string path = Path.Combine(_folder, "set");
        set.Save(path);
        RolloutSet read = RolloutSet.Load(path);
        Assert.Equal(4, read.ActionSize);
        Assert.Equal(set.Controls, read.Controls);
        Assert.Equal([2f, 2.25f, 2.5f, 2.75f], read.Control(1, 1).ToArray());
        Assert.Empty(read.Actions);
    }

    [Fact]
    public void Saving_again_replaces_the_set_and_keeps_other_files()
    {
        string path = Path.Combine(_folder, "set");
        Sample().Save(path);
        File.WriteAllText(Path.Combine(path, "options.json"), "{}");
        var smaller = new RolloutSet(1, 4, 2, 3);
        smaller.Save(path);
        Assert.Equal(1, RolloutSet.Load(path).Count);
        Assert.True(File.Exists(Path.Combine(path, "options.json")));
        Assert.False(File.Exists(Path.Combine(path, "states.npy")));
        Assert.DoesNotContain(Directory.GetFiles(path), file => file.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void Arrays_of_somebody_else_are_not_overwritten()
    {
        File.WriteAllText(Path.Combine(_folder, "rewards.npy"), "mine");
        Assert.Throws<KalmException>(() => Sample().Save(_folder));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "rewards.npy")));
    }

    [Fact]
    public void A_failed_save_leaves_the_former_set_whole()
    {
        string path = Path.Combine(_folder, "set");
        Sample().Save(path);
        Directory.CreateDirectory(Path.Combine(path, "goals.npy.new"));
        Assert.Throws<KalmException>(() => new RolloutSet(1, 4, 2, 3).Save(path));
        Assert.Equal(3, RolloutSet.Load(path).Count);
    }

    [Theory]
    [InlineData("actions", "(3, 4)")]
    [InlineData("lengths", "expected 0 to 4")]
    [InlineData("sentence_ids", "expected -1 to 2")]
    [InlineData("success", "expected |b1")]
    public void Arrays_that_disagree_are_refused_by_file(string name, string story)
    {
        Sample().Save(_folder);
        string path = Path.Combine(_folder, name + ".npy");
        switch (name)
        {
            case "actions": Npy.Write(path, new int[9], 3, 3); break;
            case "lengths": Npy.Write(path, new int[] { 1, 2, 5 }, 3); break;
            case "sentence_ids": Npy.Write(path, new int[] { 0, 1, 9 }, 3, 1); break;
            default: Npy.Write(path, new int[3], 3); break;
        }

        var error = Assert.Throws<KalmException>(() => RolloutSet.Load(_folder));
        Assert.StartsWith(path, error.Message);
        Assert.Contains(story, error.Message);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "field version: found 2, expected 1")]
    [InlineData("kalm-rollouts", "rows", "field format")]
    [InlineData("\"capacity\": 4", "\"capacity\": 0", "field capacity")]
    [InlineData("\"rollouts\": 3,", "", "rollouts")]
    [InlineData("{", "", "JSON")]
    public void A_description_of_another_kind_is_refused(string text, string replacement, string story)
    {
        Sample().Save(_folder);
        string path = Path.Combine(_folder, "dataset.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, replacement, StringComparison.Ordinal));
        var error = Assert.Throws<KalmException>(() => RolloutSet.Load(_folder));
        Assert.Contains(story, error.Message);
    }

    [Fact]
    public void A_missing_folder_or_array_is_named()
    {
        Assert.Contains(
            "no such", Assert.Throws<KalmException>(() => RolloutSet.Load(Path.Combine(_folder, "x"))).Message);
        Sample().Save(_folder);
        File.Delete(Path.Combine(_folder, "goals.npy"));
        Assert.Contains(
            "goals.npy: no such file", Assert.Throws<KalmException>(() => RolloutSet.Load(_folder)).Message);
    }

    private static RolloutSet Sample()
    {
        var set = new RolloutSet(3, 4, 2, 3, 2) { Level = "easy", Origin = "a test" };
        var random = new Random(1);
        for (int i = 0; i < set.Observations.Length; i++) set.Observations[i] = random.NextSingle();
        for (int i = 0; i < set.Actions.Length; i++) set.Actions[i] = random.Next(40);
        for (int i = 0; i < set.States!.Length; i++) set.States[i] = random.NextSingle();
        for (int i = 0; i < 3; i++)
        {
            set.Lengths[i] = i + 1;
            set.Success[i] = i == 1;
            set.Goal(i).Fill(i);
            set.RewardsOf(i).Fill(0.5f);
        }

        set.Sentences[0] = ["push the ball", "bring it"];
        set.Sentences[2] = ["bring it", "now", "push the ball"];
        return set;
    }
}
