using Kalm.App.Formats;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Physics;

namespace Kalm.App.Pipeline;

/// <summary>Between which geoms MuJoCo finds contacts in the states of an episode.</summary>
internal sealed class ContactReference
{
    private readonly (int, int)[][] _states;

    private ContactReference((int, int)[][] states)
    {
        _states = states;
    }

    /// <summary>Reads an episode's file.</summary>
    /// <param name="folder">Where it lies, null: nowhere.</param>
    /// <param name="episode">The episode.</param>
    /// <returns>Null without a folder, or without a file of the episode in it.</returns>
    /// <exception cref="KalmException">The file is broken or has another number of states.</exception>
    public static ContactReference? Find(string? folder, GoldEpisode episode)
    {
        if (folder == null) return null;
        string path = Path.Combine(folder, $"{episode.Task}.json");
        if (!File.Exists(path)) return null;
        int[][][] contacts = JsonFile.Read<Content>(path).Contacts;
        if (contacts.Length != episode.Count)
            throw new KalmException($"{path}: found {contacts.Length} states, the episode has {episode.Count}");
        return new([.. contacts.Select(state => Sorted(state.Select(pair => Pair(path, pair))))]);
    }

    /// <summary>Whether the contacts of a state are between the same geoms, and as many.</summary>
    public bool IsEqual(int state, IReadOnlyList<SimulationContact> contacts) =>
        Sorted(contacts.Select(contact => (contact.Geom1, contact.Geom2))).AsSpan().SequenceEqual(_states[state]);

    private static (int, int) Pair(string path, int[] pair) => pair.Length == 2
        ? (pair[0], pair[1])
        : throw new KalmException($"{path}: found a contact of {pair.Length} geoms, expected 2");

    private static (int, int)[] Sorted(IEnumerable<(int First, int Second)> pairs) =>
        [.. pairs.Select(pair => pair.First <= pair.Second ? pair : (pair.Second, pair.First)).Order()];

    private sealed record Content(int[][][] Contacts);
}
