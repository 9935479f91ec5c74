using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// N rollouts with their goals and sentences, in arrays with room for T steps each. On disk: a folder of <c>.npy</c>
/// files, readable by NumPy, and <c>dataset.json</c>.
/// </summary>
public sealed class RolloutSet
{
    /// <summary>The file that says what a folder holds.</summary>
    public const string InfoFile = "dataset.json";

    /// <summary>An empty set with room for <paramref name="count"/> rollouts.</summary>
    /// <param name="count">Number of rollouts N.</param>
    /// <param name="capacity">Steps a rollout has room for, T.</param>
    /// <param name="observationSize">Numbers of an observation.</param>
    /// <param name="goalSize">Numbers of a goal code.</param>
    /// <param name="stateSize">Numbers of a simulator state; 0 to keep none.</param>
    /// <param name="actionSize">Numbers of a continuous action; 0: an action is the number of a choice.</param>
    public RolloutSet(
        int count, int capacity, int observationSize, int goalSize, int stateSize = 0, int actionSize = 0)
    {
        Count = count;
        Capacity = capacity;
        ObservationSize = observationSize;
        GoalSize = goalSize;
        StateSize = stateSize;
        Observations = new float[checked(count * (capacity + 1) * observationSize)];
        ActionSize = actionSize;
        Actions = new int[actionSize == 0 ? count * capacity : 0];
        Controls = actionSize > 0 ? new float[checked(count * capacity * actionSize)] : null;
        Rewards = new float[count * capacity];
        Lengths = new int[count];
        Success = new bool[count];
        Goals = new int[count * goalSize];
        Sentences = new string[count][];
        Array.Fill(Sentences, []);
        States = stateSize > 0 ? new float[checked(count * capacity * stateSize)] : null;
    }

    /// <summary>Environment id.</summary>
    public string Env { get; init; } = "clevr-robot";

    /// <summary>Goal level: offline, rephrase, easy or hard.</summary>
    public string Level { get; init; } = "offline";

    /// <summary>Where the rollouts come from, in words.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Number of rollouts N.</summary>
    public int Count { get; }

    /// <summary>Steps a rollout has room for, T.</summary>
    public int Capacity { get; }

    /// <summary>Numbers of an observation.</summary>
    public int ObservationSize { get; }

    /// <summary>Numbers of a goal code.</summary>
    public int GoalSize { get; }

    /// <summary>Numbers of a simulator state; 0 when states are not kept.</summary>
    public int StateSize { get; }

    /// <summary>Observations, (N, T + 1, observation); those after the rollout's end are zero.</summary>
    public float[] Observations { get; private init; }

    /// <summary>Numbers of a continuous action; 0: an action is the number of a choice.</summary>
    public int ActionSize { get; }

    /// <summary>
    /// Action numbers, (N, T); those after the rollout's end are zero. Empty where actions are continuous.
    /// </summary>
    public int[] Actions { get; private init; }

    /// <summary>
    /// Continuous actions, (N, T, action); those after the rollout's end are zero. Null where actions are choices.
    /// </summary>
    public float[]? Controls { get; private init; }

    /// <summary>Rewards of the steps, (N, T); those after the rollout's end are zero.</summary>
    public float[] Rewards { get; private init; }

    /// <summary>Steps of each rollout, (N), between 0 and T.</summary>
    public int[] Lengths { get; private init; }

    /// <summary>Whether each rollout reached its goal, (N).</summary>
    public bool[] Success { get; private init; }

    /// <summary>Goal codes, (N, goal).</summary>
    public int[] Goals { get; private init; }

    /// <summary>The sentences that name each rollout's goal, (N) lists; an imagined rollout has one.</summary>
    public string[][] Sentences { get; private init; }

    /// <summary>Simulator states before each step, (N, T, state); null when they are not kept.</summary>
    public float[]? States { get; private init; }

    /// <summary>
    /// The observation of a rollout before step <paramref name="step"/>; step T is the one after the last.
    /// </summary>
    public Span<float> Observation(int rollout, int step) =>
        Observations.AsSpan(((rollout * (Capacity + 1)) + step) * ObservationSize, ObservationSize);

    /// <summary>The action numbers of a rollout, as many as it has steps.</summary>
    public Span<int> ActionsOf(int rollout) => Actions.AsSpan(rollout * Capacity, Lengths[rollout]);

    /// <summary>The continuous action of a rollout at step <paramref name="step"/>.</summary>
    public Span<float> Control(int rollout, int step) =>
        Controls.AsSpan(((rollout * Capacity) + step) * ActionSize, ActionSize);

    /// <summary>The rewards of a rollout, as many as it has steps.</summary>
    public Span<float> RewardsOf(int rollout) => Rewards.AsSpan(rollout * Capacity, Lengths[rollout]);

    /// <summary>The goal code of a rollout.</summary>
    public Span<int> Goal(int rollout) => Goals.AsSpan(rollout * GoalSize, GoalSize);

    /// <summary>
    /// The simulator state of a rollout before step <paramref name="step"/>; empty when states are not kept.
    /// </summary>
    public Span<float> State(int rollout, int step) =>
        States == null ? [] : States.AsSpan(((rollout * Capacity) + step) * StateSize, StateSize);

    /// <summary>
    /// Copies all rollouts into another set of the same shapes, from rollout <paramref name="first"/> on.
    /// </summary>
    public void CopyTo(RolloutSet all, int first)
    {
        ArgumentNullException.ThrowIfNull(all);
        Observations.CopyTo(all.Observations, first * (Capacity + 1) * ObservationSize);
        Actions.CopyTo(all.Actions, ActionSize == 0 ? first * Capacity : 0);
        Controls?.CopyTo(all.Controls!, first * Capacity * ActionSize);
        Rewards.CopyTo(all.Rewards, first * Capacity);
        Lengths.CopyTo(all.Lengths, first);
        Success.CopyTo(all.Success, first);
        Goals.CopyTo(all.Goals, first * GoalSize);
        Sentences.CopyTo(all.Sentences, first);
        States?.CopyTo(all.States!, first * Capacity * StateSize);
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="KalmException">A file is missing or cut off, or two of them disagree.</exception>
    public static RolloutSet Load(string folder) => RolloutFolder.Load(folder);

    /// <summary>Writes the set into a folder, whole or not at all; a set that is there already is replaced.</summary>
    /// <param name="folder">Where it shall be; its other files are left alone.</param>
    /// <exception cref="KalmException">
    /// The folder cannot be written, or has arrays that belong to no rollout set.
    /// </exception>
    public void Save(string folder) => RolloutFolder.Save(this, folder);

    /// <summary>A set over arrays that were read and checked.</summary>
    internal static RolloutSet Assemble(
        DatasetInfo info, float[] observations, int[] actions, float[]? controls, float[] rewards, int[] lengths,
        bool[] success, int[] goals, string[][] sentences, float[]? states) =>
        new(0, info)
        {
            Env = info.Env,
            Level = info.Level,
            Origin = info.Origin,
            Observations = observations,
            Actions = actions,
            Controls = controls,
            Rewards = rewards,
            Lengths = lengths,
            Success = success,
            Goals = goals,
            Sentences = sentences,
            States = states,
        };

    /// <summary>A set whose arrays are given afterwards.</summary>
    private RolloutSet(int room, DatasetInfo info)
        : this(room, info.Capacity, info.ObservationSize, info.GoalSize, info.StateSize, info.ActionSize)
    {
        Count = info.Rollouts;
    }
}
