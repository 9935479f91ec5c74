using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// KALM's observation of 91 numbers: hand and gripper (4), goal (3), then position and orientation (7) of each kind of
/// thing, zeros where it is absent (obs_online2offline in meta_utils.py).
/// </summary>
public static class KalmObservation
{
    /// <summary>Numbers of an observation.</summary>
    public const int Size = 91;

    private const int First = 7;

    private static readonly Dictionary<string, string[]> Things = new()
    {
        ["reach"] = ["target_object"],
        ["push"] = ["target_object"],
        ["pick-place"] = ["target_object"],
        ["button-press"] = ["button"],
        ["door-unlock"] = ["lock"],
        ["door-open"] = ["handle"],
        ["window-open"] = ["window"],
        ["faucet-open"] = ["faucet"],
        ["coffee-push"] = ["coffee"],
        ["coffee-button"] = ["coffee-button"],
        ["reach-wall"] = ["target_object", "wall"],
        ["push-wall"] = ["target_object", "wall"],
        ["pick-place-wall"] = ["target_object", "wall"],
        ["button-press-wall"] = ["button", "wall"],
        ["door-lock"] = ["lock"],
        ["door-close"] = ["handle"],
        ["window-close"] = ["window"],
        ["faucet-close"] = ["faucet"],
        ["make-coffee"] = ["coffee", "coffee-button"],
        ["locked-door-open"] = ["lock", "handle"],
        ["hammer"] = ["hammer", "nail"],
        ["soccer"] = ["soccer"],
    };

    /// <summary>The wall's place among <see cref="Entities"/>.</summary>
    internal const int Wall = 6;

    /// <summary>Kinds of things in the order of their slots.</summary>
    public static IReadOnlyList<string> Entities { get; } =
    [
        "target_object", "button", "lock", "handle", "window", "faucet", "wall", "coffee", "coffee-button", "hammer",
        "nail", "soccer",
    ];

    /// <summary>Tasks that have this observation.</summary>
    public static IReadOnlyCollection<string> Tasks => Things.Keys;

    /// <summary>Names of the numbers.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hand x", "hand y", "hand z", "gripper", "goal x", "goal y", "goal z",
        .. Entities.SelectMany(thing => new[] { "x", "y", "z", "q0", "q1", "q2", "q3" }.Select(n => $"{thing} {n}")),
    ];

    /// <summary>Kinds of the things in the two object slots of a task, by number.</summary>
    /// <exception cref="KalmException">KALM does not use the task.</exception>
    public static IReadOnlyList<int> Slots(string task) => Things.TryGetValue(task, out string[]? things)
        ? [.. things.Select(thing => Entities.ToList().IndexOf(thing))]
        : throw new KalmException(
            $"observation: task '{task}' has no KALM form; these have: {string.Join(", ", Things.Keys)}");

    /// <summary>Writes the 91 numbers of an observation of 39.</summary>
    /// <param name="native">The 39 numbers; they do not hold the wall.</param>
    /// <param name="slots">What <see cref="Slots"/> gives for the task.</param>
    /// <param name="result">Room for 91 numbers.</param>
    public static void Write(ReadOnlySpan<float> native, ReadOnlySpan<int> slots, Span<float> result)
    {
        result.Clear();
        native[..4].CopyTo(result);
        native[SceneRows.GoalOffset..].CopyTo(result[4..]);
        for (int i = 0; i < slots.Length; i++)
            native.Slice(4 + (EntityStates.Size * i), EntityStates.Size).CopyTo(Slot(result, slots[i]));
    }

    /// <summary>The slot of a kind of thing.</summary>
    public static Span<float> Slot(Span<float> observation, int entity) =>
        observation.Slice(SlotOffset(entity), EntityStates.Size);

    /// <summary>Place of the slot of a kind of thing in an observation.</summary>
    public static int SlotOffset(int entity) => First + (EntityStates.Size * entity);
}
