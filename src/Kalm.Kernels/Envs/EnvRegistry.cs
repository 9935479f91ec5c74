using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs;

/// <summary>Environments by id.</summary>
public static class EnvRegistry
{
    private static readonly SortedDictionary<string, Func<int, ulong, EnvOptions, BatchEnv>> Factories = Table();

    /// <summary>All ids.</summary>
    public static IReadOnlyCollection<string> Ids => Factories.Keys;

    /// <summary>Makes an environment.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="worlds">Number of worlds stepped together.</param>
    /// <param name="seed">Key of all its random numbers.</param>
    /// <param name="options">How it is made; null for the defaults.</param>
    /// <exception cref="KalmException">There is no environment of that id.</exception>
    public static BatchEnv Create(string id, int worlds, ulong seed, EnvOptions? options = null) =>
        Factories.TryGetValue(id, out Func<int, ulong, EnvOptions, BatchEnv>? make)
            ? make(worlds, seed, options ?? new EnvOptions())
            : throw Unknown(id);

    /// <summary>Names, shapes and bounds of an environment without making it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="options">How it would be made; null for the defaults.</param>
    /// <exception cref="KalmException">There is no environment of that id.</exception>
    /// <remarks>The size of a Meta-World state is known only once the scene is compiled, and 0 here.</remarks>
    public static EnvSpec Describe(string id, EnvOptions? options = null)
    {
        options ??= new EnvOptions();
        if (id == ClevrEnv.Id) return ClevrEnv.MakeSpec(options);
        if (id.StartsWith(MetaWorldEnv.Prefix, StringComparison.Ordinal) && Factories.ContainsKey(id))
            return MetaWorldSpec.Make(TaskTable.Get(id[MetaWorldEnv.Prefix.Length..]).Spec, 0, options);
        throw Unknown(id);
    }

    private static KalmException Unknown(string id) => new(
        $"env: found '{id}'{Hint(id)}, expected {ClevrEnv.Id} or {MetaWorldEnv.Prefix}TASK (`kalm list envs` has all)");

    // where the prefix is right, only the rest may look like something else
    private static string Hint(string id)
    {
        if (id.StartsWith(MetaWorldEnv.Prefix, StringComparison.Ordinal))
            return Suggestion.Hint(id[MetaWorldEnv.Prefix.Length..], TaskTable.Names, MetaWorldEnv.Prefix);
        return Suggestion.Hint(id, [ClevrEnv.Id]) is { Length: > 0 } hint
            ? hint
            : Suggestion.Hint(id, TaskTable.Names, MetaWorldEnv.Prefix);
    }

    private static SortedDictionary<string, Func<int, ulong, EnvOptions, BatchEnv>> Table()
    {
        SortedDictionary<string, Func<int, ulong, EnvOptions, BatchEnv>> factories = new(StringComparer.Ordinal)
        {
            [ClevrEnv.Id] = (worlds, seed, options) => new ClevrEnv(worlds, seed, options),
        };
        foreach (string task in TaskTable.Names)
        {
            factories[MetaWorldEnv.Prefix + task] =
                (worlds, seed, options) => new MetaWorldEnv(task, worlds, seed, options);
        }

        return factories;
    }
}
