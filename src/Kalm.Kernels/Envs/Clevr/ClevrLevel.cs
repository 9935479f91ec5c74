using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>The four goal levels, from what the data shows to what it does not.</summary>
public enum ClevrLevel
{
    /// <summary>Goals and sentences of the offline data.</summary>
    Offline,

    /// <summary>The same goals in other words.</summary>
    Rephrase,

    /// <summary>One push of a named ball.</summary>
    Easy,

    /// <summary>Several relations at once, all balls in a row, all balls around one.</summary>
    Hard,
}

/// <summary>Names of the levels, as files, options and reports spell them.</summary>
public static class ClevrLevels
{
    /// <summary>All levels in their order.</summary>
    public static IReadOnlyList<ClevrLevel> All { get; } = Enum.GetValues<ClevrLevel>();

    /// <summary>A level's name: offline, rephrase, easy or hard.</summary>
    public static string Name(this ClevrLevel level) => level switch
    {
        ClevrLevel.Offline => "offline",
        ClevrLevel.Rephrase => "rephrase",
        ClevrLevel.Easy => "easy",
        _ => "hard",
    };

    /// <summary>The level of a name.</summary>
    /// <param name="name">offline, rephrase, easy or hard.</param>
    /// <exception cref="KalmException">Another name.</exception>
    public static ClevrLevel Parse(string name)
    {
        foreach (ClevrLevel level in All)
        {
            if (level.Name() == name) return level;
        }

        throw new KalmException($"level: found '{name}', expected offline, rephrase, easy or hard");
    }

    /// <summary>Steps of an episode: one on level easy, 50 elsewhere.</summary>
    public static int Horizon(this ClevrLevel level) => level == ClevrLevel.Easy ? 1 : 50;
}
