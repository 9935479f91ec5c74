using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Names, shapes and bounds of a Meta-World environment.</summary>
internal static class MetaWorldSpec
{
    // max_path_length of the original, TAU_LEN of KALM
    private const int Horizon = 500;
    private const int KalmHorizon = 100;

    private static readonly float[] HandLow = [-0.525f, 0.348f, -0.0525f, -1];
    private static readonly float[] HandHigh = [0.525f, 1.025f, 0.7f, 1];
    private static readonly string[] SlotNumbers = ["x", "y", "z", "q0", "q1", "q2", "q3"];

    /// <summary>The spec of a task under some options.</summary>
    public static EnvSpec Make(TaskSpec task, int stateSize, EnvOptions options)
    {
        if (options.Horizon is < 1)
            throw new KalmException($"horizon: found {options.Horizon}, expected at least 1");
        bool native = options.Observation == ObservationForm.Native;
        float[] goalLow = options.GoalObservable ? Floats(task.GoalLow) : new float[3];
        float[] goalHigh = options.GoalObservable ? Floats(task.GoalHigh) : new float[3];
        int slots = native ? 2 : KalmObservation.Entities.Count;
        float[] low = [.. HandLow, .. Enumerable.Repeat(float.NegativeInfinity, slots * EntityStates.Size)];
        float[] high = [.. HandHigh, .. Enumerable.Repeat(float.PositiveInfinity, slots * EntityStates.Size)];
        return new EnvSpec
        {
            Id = MetaWorldEnv.Prefix + task.Name,
            ObservationNames = native
                ? [.. Frame("").Concat(Frame("previous ")), "goal x", "goal y", "goal z"]
                : KalmObservation.Names,
            ObservationLow = native ? [.. low, .. low, .. goalLow] : [.. low[..4], .. goalLow, .. low[4..]],
            ObservationHigh = native ? [.. high, .. high, .. goalHigh] : [.. high[..4], .. goalHigh, .. high[4..]],
            ActionNames = ["x", "y", "z", "gripper"],
            ActionLow = [-1, -1, -1, -1],
            ActionHigh = [1, 1, 1, 1],
            InfoNames =
            [
                "near_object", "grasp_success", "grasp_reward", "in_place_reward", "obj_to_target", "unscaled_reward",
            ],
            Horizon = options.Horizon ?? (options.Reward == RewardVersion.Kalm ? KalmHorizon : Horizon),
            StateSize = stateSize,
            GoalSize = 0,
        };
    }

    private static IEnumerable<string> Frame(string prefix) =>
    [
        $"{prefix}hand x", $"{prefix}hand y", $"{prefix}hand z", $"{prefix}gripper",
        .. SlotNumbers.Select(n => $"{prefix}object {n}"), .. SlotNumbers.Select(n => $"{prefix}object 2 {n}"),
    ];

    private static float[] Floats(Point point) => [(float)point.X, (float)point.Y, (float)point.Z];
}
