using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>Environment ids that stand for several Meta-World tasks.</summary>
internal static class MetaWorldTasks
{
    // the ten tasks of KALM's offline data
    private static readonly string[] KalmTasks =
    [
        "reach", "push", "pick-place", "button-press", "door-unlock", "door-open", "window-open", "faucet-open",
        "coffee-push", "coffee-button",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Groups = new()
    {
        ["all"] = TaskSets.Tasks,
        ["kalm"] = KalmTasks,
        ["mt10"] = TaskSets.Mt10.Train,
        ["mt25"] = TaskSets.Mt25.Train,
    };

    /// <summary>Whether an id is one of Meta-World's.</summary>
    public static bool Holds(string env) => env.StartsWith(MetaWorldEnv.Prefix, StringComparison.Ordinal);

    /// <summary>
    /// The tasks an id stands for: one, or those of metaworld/all, metaworld/kalm (the ten of KALM's offline data),
    /// metaworld/mt10 and metaworld/mt25.
    /// </summary>
    /// <exception cref="KalmException">The task is unknown.</exception>
    public static string[] Of(string env)
    {
        string name = env[MetaWorldEnv.Prefix.Length..];
        if (Groups.TryGetValue(name, out IReadOnlyList<string>? group)) return [.. group];
        if (TaskTable.Names.Contains(name)) return [name];
        string hint = Suggestion.Hint(name, [.. Groups.Keys, .. TaskTable.Names], MetaWorldEnv.Prefix);
        string groups = string.Join(", ", Groups.Keys.Select(key => MetaWorldEnv.Prefix + key));
        throw new KalmException($"env: found '{env}'{hint}, expected {groups} or a task of `kalm list envs`");
    }
}
