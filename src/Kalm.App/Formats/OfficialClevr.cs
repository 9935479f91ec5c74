using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// CLEVR-Robot rollouts in the two layouts of the KALM authors: recorded data (arrays of (rollouts, steps, …) with
/// masks) and generated rollouts (lists with one array per rollout).
/// </summary>
internal static class OfficialClevr
{
    private const int Capacity = 50;
    private const int ObservationSize = ClevrRules.ObservationSize;
    private const int StateSize = 69;

    /// <summary>Reads either layout.</summary>
    /// <param name="file">The dictionary.</param>
    /// <exception cref="KalmException">
    /// A field is missing, has another shape, or holds a number out of range.
    /// </exception>
    public static RolloutSet Read(OfficialNpy file)
    {
        if (file.Has("action_type") && file.Array("actions").Type is NpyType.Float32 or NpyType.Float64)
            throw new KalmException(
                $"{file.Where("actions")}: found continuous actions, expected the action numbers of CLEVR-Robot");
        int balls = file.Integer("number_of_objects");
        if (balls != ClevrGoal.BallCount)
            throw new KalmException($"{file.Where("number_of_objects")}: found {balls}, expected 5");
        RolloutSet set = file.IsList("observations") ? ReadGenerated(file) : ReadRecorded(file);
        for (int i = 0; i < set.Actions.Length; i++)
        {
            if (set.Actions[i] is < 0 or >= ClevrActions.Count)
                throw new KalmException(
                    $"{file.Where("actions")}, rollout {i / Capacity}: found {set.Actions[i]}, expected 0 to 39");
        }

        return set;
    }

    private static RolloutSet ReadRecorded(OfficialNpy file)
    {
        NpyArray all = file.Array("observations").WithShape(file.Where("observations"), -1, Capacity, ObservationSize);
        int n = all.Shape[0];
        NpyArray Field(string name, params ReadOnlySpan<int> shape) =>
            file.Array(name).WithShape(file.Where(name), shape);
        float[] before = all.ToFloats(file.Where("observations"));
        float[] after =
            Field("next_observations", n, Capacity, ObservationSize).ToFloats(file.Where("next_observations"));
        int[] masks = Field("masks", n, Capacity).ToInts(file.Where("masks"));
        int[] goals = Field("goals", n, Capacity, 6).ToInts(file.Where("goals"));
        int[] terminals = Field("terminals", n, Capacity, 1).ToInts(file.Where("terminals"));
        NpyArray texts = Field("instructions", n, -1);
        string[] instructions = texts.ToStrings(file.Where("instructions"));
        int width = texts.Shape[1];
        float[]? states =
            file.Has("states") ? Field("states", n, Capacity, StateSize).ToFloats(file.Where("states")) : null;
        int[] actions = Field("actions", n, Capacity).ToInts(file.Where("actions"));
        float[] rewards = Field("rewards", n, Capacity, 1).ToFloats(file.Where("rewards"));

        var set = NewSet(n, states == null ? 0 : StateSize, $"recorded: {Path.GetFileName(file.Path)}");
        states?.CopyTo(set.States!, 0);
        for (int i = 0; i < n; i++)
        {
            int length = file.PrefixLength("masks", masks.AsSpan(i * Capacity, Capacity), i);
            set.Lengths[i] = length;
            set.Success[i] = terminals.AsSpan(i * Capacity, length).Contains(1);
            set.Sentences[i] = instructions[(i * width)..((i + 1) * width)];
            actions.AsSpan(i * Capacity, length).CopyTo(set.ActionsOf(i));
            rewards.AsSpan(i * Capacity, length).CopyTo(set.RewardsOf(i));
            before.AsSpan(i * Capacity * ObservationSize, length * ObservationSize)
                .CopyTo(set.Observations.AsSpan(Row(i, 0)));
            if (length > 0)
            {
                int last = ((i * Capacity) + length - 1) * ObservationSize;
                after.AsSpan(last, ObservationSize).CopyTo(set.Observation(i, length));
            }

            ReadGoal(goals.AsSpan(i * Capacity * 6, 6), file, i).Encode(set.Goal(i));
        }

        return set;
    }

    private static RolloutSet ReadGenerated(OfficialNpy file)
    {
        NpyArray[] observations = file.Arrays("observations");
        int n = observations.Length;
        NpyArray[] actions = Matching(file, "actions", n);
        NpyArray[] rewards = Matching(file, "rewards", n);
        NpyArray[] success = Matching(file, "success", n);
        NpyArray[] goals = Matching(file, "goals", n);
        NpyArray[] instructions = Matching(file, "instructions", n);
        RolloutSet set = NewSet(n, 0, $"generated: {Path.GetFileName(file.Path)}");
        for (int i = 0; i < n; i++)
        {
            string At(string field) => $"{file.Where(field)}, rollout {i}";
            float[] states =
                observations[i].WithShape(At("observations"), -1, ObservationSize).ToFloats(At("observations"));
            int seen = observations[i].Shape[0];
            int[] flags = success[i].WithShape(At("success"), seen).ToInts(At("success"));

            // the rollout ends with the first state that is a success
            int reached = Array.IndexOf(flags, 1);
            int length = reached > 0 ? reached : seen - 1;
            if (length is < 0 or > Capacity)
                throw new KalmException($"{At("observations")}: found {seen} states, expected 1 to 51");
            int[] numbers = actions[i].ToInts(At("actions"));
            float[] values = rewards[i].ToFloats(At("rewards"));
            if (numbers.Length < length)
                throw new KalmException($"{At("actions")}: found {numbers.Length}, expected {length} or more");
            if (values.Length < length)
                throw new KalmException($"{At("rewards")}: found {values.Length}, expected {length} or more");

            set.Lengths[i] = length;
            set.Success[i] = reached > 0;
            set.Sentences[i] = instructions[i].ToStrings(At("instructions"));
            numbers.AsSpan(0, length).CopyTo(set.ActionsOf(i));
            values.AsSpan(0, length).CopyTo(set.RewardsOf(i));
            states.AsSpan(0, (length + 1) * ObservationSize).CopyTo(set.Observations.AsSpan(Row(i, 0)));
            ReadGoal(goals[i].WithShape(At("goals"), 6).ToInts(At("goals")), file, i).Encode(set.Goal(i));
        }

        return set;
    }

    private static RolloutSet NewSet(int count, int stateSize, string origin) =>
        new(count, Capacity, ObservationSize, ClevrGoal.Size, stateSize) { Origin = origin };

    private static int Row(int rollout, int step) => ((rollout * (Capacity + 1)) + step) * ObservationSize;

    private static NpyArray[] Matching(OfficialNpy file, string field, int count)
    {
        NpyArray[] arrays = file.Arrays(field);
        return arrays.Length == count
            ? arrays
            : throw new KalmException($"{file.Where(field)}: found {arrays.Length} rollouts, expected {count}");
    }

    /// <summary>A goal vector: five flags (1 source, 2 destination) and the direction.</summary>
    private static ClevrGoal ReadGoal(ReadOnlySpan<int> goal, OfficialNpy file, int rollout)
    {
        int source = goal[..ClevrGoal.BallCount].IndexOf(1);
        int destination = goal[..ClevrGoal.BallCount].IndexOf(2);
        int direction = goal[ClevrGoal.BallCount];
        if (source < 0 || destination < 0 || direction is < 0 or >= ClevrGoal.DirectionCount)
            throw new KalmException(
                $"{file.Where("goals")}, rollout {rollout}: found ({string.Join(", ", goal.ToArray())}), no relation");
        return ClevrGoal.Relation(source, destination, (ClevrDirection)direction);
    }
}
