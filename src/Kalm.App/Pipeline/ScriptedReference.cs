using Kalm.Kernels.Envs.MetaWorld;

namespace Kalm.App.Pipeline;

/// <summary>
/// Successes of Meta-World's scripted policies in 50 random goals per task on MuJoCo 3.3.0 in double, episodes ending
/// at the first success: what <c>kalm evaluate --policy scripted</c> is held against. Measured with Farama Metaworld
/// 3.1.1.
/// </summary>
internal static class ScriptedReference
{
    /// <summary>Goals per task.</summary>
    public const int Goals = 50;

    private static readonly Dictionary<string, int> Missed = new()
    {
        ["basketball"] = 4,
        ["box-close"] = 4,
        ["button-press-wall"] = 4,
        ["disassemble"] = 2,
        ["door-open"] = 2,
        ["peg-insert-side"] = 3,
        ["peg-unplug-side"] = 2,
        ["pick-place-wall"] = 1,
        ["push-back"] = 2,
        ["shelf-place"] = 1,
        ["soccer"] = 2,
        ["stick-pull"] = 1,
        ["sweep-into"] = 10,
    };

    /// <summary>
    /// Successes of a task; those of Meta-World that are not named miss none, KALM's have no reference.
    /// </summary>
    public static int? Of(string task) =>
        TaskSets.Tasks.Contains(task) ? Goals - Missed.GetValueOrDefault(task) : null;
}
