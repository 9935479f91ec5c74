using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// Meta-World rollouts in the layout of the KALM authors' recorded data: arrays of (rollouts, steps, …) with masks, the
/// task and the sentences of each rollout.
/// </summary>
internal static class OfficialMetaWorld
{
    /// <summary>
    /// Numbers of a goal code: the task among <see cref="TaskTable.Names"/>, the goal among those of a seed, -1 where
    /// the goal is one of its own.
    /// </summary>
    public const int GoalSize = 2;

    private const int ActionSize = 4;

    /// <summary>Whether a dictionary has this layout.</summary>
    public static bool Holds(OfficialNpy file) => file.Has("env_names");

    /// <summary>Reads the rollouts.</summary>
    /// <param name="file">The dictionary.</param>
    /// <exception cref="KalmException">
    /// A field is missing or has another shape, a number is not finite, or a task is none of KALM's.
    /// </exception>
    public static RolloutSet Read(OfficialNpy file)
    {
        NpyArray all = file.Array("observations").WithShape(file.Where("observations"), -1, -1, KalmObservation.Size);
        (int n, int capacity) = (all.Shape[0], all.Shape[1]);
        if (capacity == 0) throw new KalmException($"{file.Where("observations")}: found no steps, expected some");
        NpyArray Field(string name, params ReadOnlySpan<int> shape) =>
            file.Array(name).WithShape(file.Where(name), shape);
        float[] Numbers(string name, int size) =>
            Finite(Field(name, n, capacity, size).ToFloats(file.Where(name)), capacity * size, file.Where(name));
        float[] before = Numbers("observations", KalmObservation.Size);
        float[] after = Numbers("next_observations", KalmObservation.Size);
        float[] actions = Numbers("actions", ActionSize);
        float[] rewards = Numbers("rewards", 1);
        int[] masks = Field("masks", n, capacity, 1).ToInts(file.Where("masks"));
        int[] success = Field("is_successes", n, 1).ToInts(file.Where("is_successes"));
        string[] tasks = Field("env_names", n).ToStrings(file.Where("env_names"));
        NpyArray texts = Field("instructions", n, -1);
        string[] instructions = texts.ToStrings(file.Where("instructions"));
        int width = texts.Shape[1];

        RolloutSet set = new(n, capacity, KalmObservation.Size, GoalSize, actionSize: ActionSize)
        {
            Env = $"{MetaWorldEnv.Prefix}kalm",
            Origin = $"recorded: {Path.GetFileName(file.Path)}",
        };
        for (int i = 0; i < n; i++)
        {
            int length = file.PrefixLength("masks", masks.AsSpan(i * capacity, capacity), i);
            set.Lengths[i] = length;
            set.Success[i] = success[i] != 0;
            set.Sentences[i] = instructions[(i * width)..((i + 1) * width)];
            set.Goal(i)[0] = TaskNumber(tasks[i], file, i);
            set.Goal(i)[1] = -1;
            actions.AsSpan(i * capacity * ActionSize, length * ActionSize)
                .CopyTo(set.Controls.AsSpan(i * capacity * ActionSize));
            rewards.AsSpan(i * capacity, length).CopyTo(set.RewardsOf(i));
            for (int t = 0; t < length; t++) Row(before, i, t).CopyTo(set.Observation(i, t));
            if (length > 0) Row(after, i, length - 1).CopyTo(set.Observation(i, length));
        }

        return set;

        ReadOnlySpan<float> Row(float[] rows, int rollout, int step) =>
            rows.AsSpan(((rollout * capacity) + step) * KalmObservation.Size, KalmObservation.Size);
    }

    private static int TaskNumber(string task, OfficialNpy file, int rollout) => KalmObservation.Tasks.Contains(task)
        ? TaskTable.Names.ToList().IndexOf(task)
        : throw new KalmException(
            $"{file.Where("env_names")}, rollout {rollout}: found '{task}'"
            + $"{Suggestion.Hint(task, KalmObservation.Tasks)}, expected one of KALM's tasks");

    private static float[] Finite(float[] values, int perRollout, string where)
    {
        int bad = Array.FindIndex(values, x => !float.IsFinite(x));
        return bad < 0
            ? values
            : throw new KalmException($"{where}, rollout {bad / perRollout}: found {values[bad]}, expected a number");
    }
}
