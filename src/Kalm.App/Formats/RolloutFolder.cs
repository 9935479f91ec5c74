using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>The folder form of a <see cref="RolloutSet"/>.</summary>
internal static class RolloutFolder
{
    private const string NewSuffix = ".new";

    private static readonly string[] ArrayNames =
    [
        "observations", "actions", "rewards", "lengths", "success", "goals", "sentences", "sentence_ids", "states",
    ];

    /// <summary>
    /// Reads a folder; every shape is checked against <c>dataset.json</c>, every number against its range.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="KalmException">A file is missing or cut off, or two of them disagree.</exception>
    public static RolloutSet Load(string folder)
    {
        DatasetInfo info = ReadInfo(folder);
        (int n, int t) = (info.Rollouts, info.Capacity);
        string At(string name) => Path.Combine(folder, name + ".npy");
        NpyArray Array(string name, params ReadOnlySpan<int> shape) => Npy.Read(At(name)).WithShape(At(name), shape);

        float[] observations = Array("observations", n, t + 1, info.ObservationSize).ToFloats(At("observations"));
        bool continuous = info.ActionSize > 0;
        int[] actions = continuous ? [] : Array("actions", n, t).ToInts(At("actions"));
        float[]? controls = continuous ? Array("actions", n, t, info.ActionSize).ToFloats(At("actions")) : null;
        float[] rewards = Array("rewards", n, t).ToFloats(At("rewards"));
        int[] lengths = Array("lengths", n).ToInts(At("lengths"));
        int[] goals = Array("goals", n, info.GoalSize).ToInts(At("goals"));
        if (Array("success", n).Values is not bool[] success) throw new KalmException($"{At("success")}: expected |b1");
        CheckRange(At("lengths"), lengths, 0, t);
        CheckRange(At("actions"), actions, 0, int.MaxValue);

        string[] texts = Array("sentences", -1).ToStrings(At("sentences"));
        NpyArray ids = Array("sentence_ids", n, -1);
        string[][] sentences = ReadSentences(At("sentence_ids"), texts, ids);

        float[]? states = info.StateSize > 0 ? Array("states", n, t, info.StateSize).ToFloats(At("states")) : null;
        return RolloutSet.Assemble(
            info, observations, actions, controls, rewards, lengths, success, goals, sentences, states);
    }

    /// <summary>
    /// Writes the files of a set under new names and renames them at the end, <c>dataset.json</c> last: a folder that
    /// has one is whole. Other files of the folder are left alone.
    /// </summary>
    /// <param name="set">The rollouts.</param>
    /// <param name="folder">Where they shall be.</param>
    /// <exception cref="KalmException">
    /// The folder cannot be written, or has arrays that belong to no rollout set.
    /// </exception>
    public static void Save(RolloutSet set, string folder)
    {
        string info = Path.Combine(folder, RolloutSet.InfoFile);
        if (File.Exists(folder)) throw new KalmException($"{folder}: found a file, expected a folder or nothing");
        bool ours = File.Exists(info) || File.Exists(info + NewSuffix);
        string? foreign =
            ours ? null : ArrayNames.Select(name => Path.Combine(folder, name + ".npy")).FirstOrDefault(File.Exists);
        if (foreign != null)
            throw new KalmException($"{foreign}: exists without {RolloutSet.InfoFile} beside it; nothing was written");

        DatasetInfo description = WriteArrays(set, folder);
        JsonFile.Write(info + NewSuffix, description);
        try
        {
            File.Delete(info);
            foreach (string name in ArrayNames)
            {
                string path = Path.Combine(folder, name + ".npy");
                if (File.Exists(path + NewSuffix)) File.Move(path + NewSuffix, path, overwrite: true);
                else File.Delete(path);
            }

            File.Move(info + NewSuffix, info);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KalmException($"{folder}: cannot be written: {AtomicFile.Reason(e)}");
        }
    }

    private static DatasetInfo ReadInfo(string folder)
    {
        string path = Path.Combine(folder, RolloutSet.InfoFile);
        if (!Directory.Exists(folder)) throw new KalmException($"{folder}: no such folder; expected a rollout set");
        DatasetInfo info = JsonFile.Read<DatasetInfo>(path);
        if (info.Format != DatasetInfo.FormatName)
            throw new KalmException(
                $"{path}: field format: found '{info.Format}', expected '{DatasetInfo.FormatName}'");
        if (info.Version != DatasetInfo.FormatVersion)
            throw new KalmException(
                $"{path}: field version: found {info.Version}, expected {DatasetInfo.FormatVersion}");
        foreach ((string field, int value, int least) in (ReadOnlySpan<(string, int, int)>)
        [
            ("rollouts", info.Rollouts, 0), ("capacity", info.Capacity, 1),
            ("observation_size", info.ObservationSize, 1), ("goal_size", info.GoalSize, 1),
            ("state_size", info.StateSize, 0), ("action_size", info.ActionSize, 0),
        ])
        {
            if (value < least || value > 1 << 26) throw new KalmException($"{path}: field {field}: found {value}");
        }

        return info;
    }

    private static void CheckRange(string path, int[] values, int least, int most)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < least || values[i] > most)
                throw new KalmException($"{path}: element {i}: found {values[i]}, expected {least} to {most}");
        }
    }

    private static string[][] ReadSentences(string path, string[] texts, NpyArray ids)
    {
        int[] values = ids.ToInts(path);
        int width = ids.Shape[1];
        CheckRange(path, values, -1, texts.Length - 1);
        string[][] sentences = new string[ids.Shape[0]][];
        for (int n = 0; n < sentences.Length; n++)
        {
            // shorter lists are padded with -1
            sentences[n] = [.. values.AsSpan(n * width, width).ToArray().Where(id => id >= 0).Select(id => texts[id])];
        }

        return sentences;
    }

    private static DatasetInfo WriteArrays(RolloutSet set, string folder)
    {
        (int n, int t) = (set.Count, set.Capacity);
        void Write(string name, Array values, params int[] shape) =>
            Npy.Write(Path.Combine(folder, name + ".npy" + NewSuffix), values, shape);
        Write("observations", set.Observations, n, t + 1, set.ObservationSize);
        if (set.Controls != null) Write("actions", set.Controls, n, t, set.ActionSize);
        else Write("actions", set.Actions, n, t);
        Write("rewards", set.Rewards, n, t);
        Write("lengths", set.Lengths, n);
        Write("success", set.Success, n);
        Write("goals", set.Goals, n, set.GoalSize);
        if (set.States != null) Write("states", set.States, n, t, set.StateSize);

        // each text once; the rollouts refer to it by number
        var numbers = new Dictionary<string, int>();
        int width = set.Sentences.Max(list => (int?)list.Length) ?? 0;
        int[] ids = new int[n * width];
        Array.Fill(ids, -1);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < set.Sentences[i].Length; k++)
            {
                string text = set.Sentences[i][k];
                if (!numbers.TryGetValue(text, out int number)) numbers.Add(text, number = numbers.Count);
                ids[(i * width) + k] = number;
            }
        }

        Write("sentences", numbers.Keys.ToArray(), numbers.Count);
        Write("sentence_ids", ids, n, width);
        return new DatasetInfo
        {
            Format = DatasetInfo.FormatName,
            Version = DatasetInfo.FormatVersion,
            Env = set.Env,
            Level = set.Level,
            Origin = set.Origin,
            Rollouts = n,
            Capacity = t,
            ObservationSize = set.ObservationSize,
            GoalSize = set.GoalSize,
            StateSize = set.StateSize,
            ActionSize = set.ActionSize,
        };
    }
}
