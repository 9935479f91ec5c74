using System.Text;
using Kalm.App.Formats;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.App.Tests.Formats;

public sealed class OfficialNpyTests
{
    private static string Golden(string name) => Path.Combine(Repository.Root, "tests", "golden", "official", name);

    [Theory]
    [InlineData("recorded_style.npy", 0.195)]
    [InlineData("generated_style.npy", 0)]
    public void Both_layouts_hold_the_same_rollouts(string name, double offset)
    {
        RolloutSet set = OfficialClevr.Read(OfficialNpy.Load(Golden(name)));
        Assert.Equal(3, set.Count);
        Assert.Equal([4, 3, 5], set.Lengths);
        Assert.Equal([true, true, false], set.Success);
        Assert.Equal([0, 0, 1, 0], set.Goal(0)[..4].ToArray());
        Assert.Equal([0, 3, 4, 1], set.Goal(1)[..4].ToArray());
        Assert.Equal(offset > 0 ? 2 : 1, set.Sentences[2].Length);
        Assert.Equal(0.3f + 0.4f, set.Observation(0, 4)[1], 1e-6f);
        Assert.Equal(100, set.RewardsOf(1)[2]);
    }

    [Fact]
    public void Meta_World_rollouts_keep_actions_goals_and_the_last_observation()
    {
        RolloutSet set = OfficialMetaWorld.Read(OfficialNpy.Load(Golden("metaworld_style.npy")));
        Assert.Equal(("metaworld/kalm", 2, 4, 91, 4), (
            set.Env, set.Count, set.Capacity, set.ObservationSize, set.ActionSize));
        Assert.Equal([2, 4], set.Lengths);
        Assert.Equal([true, false], set.Success);
        Assert.Equal([0.25f, 10], set.RewardsOf(0).ToArray());
        Assert.Equal(["reach", "coffee-button"], Enumerable.Range(0, 2).Select(Task));
        Assert.Equal([1, 1, 0, -0.5f], set.Control(1, 3).ToArray());
        Assert.Equal([0.04f, 0.64f, 0.2f, 1, 0.02f, 0.62f, 0.2f], set.Observation(1, 4)[..7].ToArray());
        Assert.Equal([0.1f, 0.7f, 0.3f, 1, 0, 0, 0], set.Observation(1, 4)[63..70].ToArray());
        Assert.Equal(["Press the button.", "Switch it on."], set.Sentences[1]);

        string Task(int i) => TaskTable.Names.ElementAt(set.Goal(i)[0]);
    }

    [Theory]
    [InlineData("env_names", "found 'xxxxx', expected one of KALM's tasks")]
    [InlineData("rewards", "found NaN, expected a number")]
    public void A_broken_Meta_World_rollout_is_named(string field, string story)
    {
        byte[] file = File.ReadAllBytes(Golden("metaworld_style.npy"));
        (byte[] old, byte[] @new) = field == "env_names"
            ? (Utf32("reach"), Utf32("xxxxx"))
            : (BitConverter.GetBytes(10.0), BitConverter.GetBytes(double.NaN));
        @new.CopyTo(file, file.AsSpan().IndexOf(old));
        var error = Assert.Throws<KalmException>(() => OfficialMetaWorld.Read(OfficialNpy.Parse(file, "bad.npy")));
        Assert.StartsWith($"bad.npy: field {field}, rollout 0: ", error.Message);
        Assert.EndsWith(story, error.Message);

        static byte[] Utf32(string text) => Encoding.UTF32.GetBytes(text);
    }

    [Theory]
    [InlineData("recorded_style.npy")]
    [InlineData("generated_style.npy")]
    [InlineData("metaworld_style.npy")]
    public void Truncated_and_mutated_files_are_read_or_refused(string name)
    {
        byte[] file = File.ReadAllBytes(Golden(name));
        for (int length = 0; length < file.Length; length += 1 + (file.Length / 300))
            Assert.Throws<KalmException>(() => OfficialNpy.Parse(file[..length], "cut.npy"));
        int refused = Fuzz.Run(file, 3000, copy => Read(OfficialNpy.Parse(copy, "fuzz.npy")));
        Assert.InRange(refused, 500, 3000);
    }

    private static RolloutSet Read(OfficialNpy file) =>
        OfficialMetaWorld.Holds(file) ? OfficialMetaWorld.Read(file) : OfficialClevr.Read(file);

    [Theory]
    [InlineData("cposix\nsystem\n(X\x04\0\0\0true\u0085R.", "'posix.system' is refused")]
    [InlineData("c__builtin__\neval\n(X\x01\0\0\01tR.", "'__builtin__.eval' is refused")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\ncnumpy\ndtype\n\u0085R.", "with these arguments is refused")]
    [InlineData("(S'x'\nios\nsystem\n.", "instruction 0x53 is refused")]
    [InlineData("(i__main__\nX\n.", "instruction 0x69 is refused")]
    [InlineData("cnumpy\ndtype\nX\x02\0\0\0f4\u0085RK\u0001b.", "state")]
    [InlineData("h\x05.", "memo entry 5 is missing")]
    [InlineData("t.", "no mark")]
    [InlineData("0.", "no value")]
    [InlineData("]K\x01K\x02s.", "without a dictionary")]
    [InlineData("}]K\x01s.", "no text or number")]
    [InlineData("K\x01.", "expected one pickled dictionary")]
    public void A_pickle_that_is_more_than_data_is_refused_by_name(string pickle, string story)
    {
        byte[] header = Encoding.Latin1.GetBytes("{'descr': '|O', 'fortran_order': False, 'shape': (), }\n");
        byte[] file =
            [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, 0x80, 3, .. Encoding.Latin1.GetBytes(pickle)];
        var error = Assert.Throws<KalmException>(() => OfficialNpy.Parse(file, "bad.npy"));
        Assert.StartsWith("bad.npy: ", error.Message);
        Assert.Contains(story, error.Message);
    }

    [SkippableFact]
    public void Meta_World_data_is_refused_by_field()
    {
        string? path = SharedData.Path("kalm/meta_world.npy");
        Skip.If(path == null, SharedData.Missing("kalm/meta_world.npy"));
        var error = Assert.Throws<KalmException>(() => OfficialClevr.Read(OfficialNpy.Load(path!)));
        Assert.Contains("field actions: found continuous actions", error.Message);
    }
}
