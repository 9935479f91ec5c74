using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The task sets of Meta-World (metaworld/__init__.py, env_dict.py).</summary>
public static class TaskSets
{
    private static readonly string[] AllTasks =
    [
        "assembly", "basketball", "bin-picking", "box-close", "button-press-topdown", "button-press-topdown-wall",
        "button-press", "button-press-wall", "coffee-button", "coffee-pull", "coffee-push", "dial-turn",
        "disassemble", "door-close", "door-lock", "door-open", "door-unlock", "hand-insert", "drawer-close",
        "drawer-open", "faucet-open", "faucet-close", "hammer", "handle-press-side", "handle-press",
        "handle-pull-side", "handle-pull", "lever-pull", "pick-place-wall", "pick-out-of-hole", "pick-place",
        "plate-slide", "plate-slide-side", "plate-slide-back", "plate-slide-back-side", "peg-insert-side",
        "peg-unplug-side", "soccer", "stick-push", "stick-pull", "push", "push-wall", "push-back", "reach",
        "reach-wall", "shelf-place", "sweep-into", "sweep", "window-open", "window-close",
    ];

    private static readonly string[] Mt10Tasks =
    [
        "reach", "push", "pick-place", "door-open", "drawer-open", "drawer-close", "button-press-topdown",
        "peg-insert-side", "window-open", "window-close",
    ];

    private static readonly string[] Mt25Tasks =
    [
        "reach", "push", "pick-place", "door-open", "drawer-open", "drawer-close", "button-press-topdown",
        "peg-insert-side", "window-open", "window-close", "coffee-pull", "pick-out-of-hole", "disassemble",
        "pick-place-wall", "basketball", "stick-pull", "button-press-wall", "faucet-open", "door-lock",
        "lever-pull", "sweep-into", "faucet-close", "coffee-button", "button-press-topdown-wall", "dial-turn",
    ];

    private static readonly string[] Ml10Train =
    [
        "reach", "push", "pick-place", "door-open", "drawer-close", "button-press-topdown", "peg-insert-side",
        "window-open", "sweep", "basketball",
    ];

    private static readonly string[] Ml10Test =
    [
        "drawer-open", "door-close", "shelf-place", "sweep-into", "lever-pull",
    ];

    private static readonly string[] Ml25Test =
    [
        "basketball", "door-close", "shelf-place", "sweep", "button-press",
    ];

    private static readonly string[] Ml45Train =
    [
        "assembly", "basketball", "button-press-topdown", "button-press-topdown-wall", "button-press",
        "button-press-wall", "coffee-button", "coffee-pull", "coffee-push", "dial-turn", "disassemble",
        "door-close", "door-open", "drawer-close", "drawer-open", "faucet-open", "faucet-close", "hammer",
        "handle-press-side", "handle-press", "handle-pull-side", "handle-pull", "lever-pull", "pick-place-wall",
        "pick-out-of-hole", "push-back", "pick-place", "plate-slide", "plate-slide-side", "plate-slide-back",
        "plate-slide-back-side", "peg-insert-side", "peg-unplug-side", "soccer", "stick-push", "stick-pull",
        "push-wall", "push", "reach-wall", "reach", "shelf-place", "sweep-into", "sweep", "window-open",
        "window-close",
    ];

    private static readonly string[] Ml45Test =
    [
        "bin-picking", "box-close", "hand-insert", "door-lock", "door-unlock",
    ];

    /// <summary>The 50 tasks in Meta-World's order.</summary>
    public static IReadOnlyList<string> Tasks => AllTasks;

    /// <summary>Ten tasks.</summary>
    public static TaskSet Mt10 { get; } = Multi("MT10", Mt10Tasks);

    /// <summary>Twenty-five tasks.</summary>
    public static TaskSet Mt25 { get; } = Multi("MT25", Mt25Tasks);

    /// <summary>All tasks.</summary>
    public static TaskSet Mt50 { get; } = Multi("MT50", AllTasks);

    /// <summary>Ten tasks to train on, five to test on.</summary>
    public static TaskSet Ml10 { get; } = Meta("ML10", Ml10Train, Ml10Test);

    /// <summary>Twenty-five tasks to train on, five to test on; basketball is in both lists.</summary>
    public static TaskSet Ml25 { get; } = Meta("ML25", Mt25Tasks, Ml25Test);

    /// <summary>Forty-five tasks to train on, five to test on.</summary>
    public static TaskSet Ml45 { get; } = Meta("ML45", Ml45Train, Ml45Test);

    /// <summary>One task that shows its goal.</summary>
    public static TaskSet Mt1(string task) => Multi($"MT1 {task}", [Known(task)]);

    /// <summary>One task that hides its goal; it is tested on goals of the next seed.</summary>
    public static TaskSet Ml1(string task) => Meta($"ML1 {task}", [Known(task)], [task]) with { TestSeedOffset = 1 };

    private static TaskSet Multi(string name, string[] tasks) =>
        new() { Name = name, Train = tasks, GoalObservable = true };

    private static TaskSet Meta(string name, string[] train, string[] test) =>
        new() { Name = name, Train = train, Test = test, GoalObservable = false };

    private static string Known(string task) => AllTasks.Contains(task)
        ? task
        : throw new KalmException(
            $"task: found '{task}'{Suggestion.Hint(task, AllTasks)}, expected one of Meta-World's {AllTasks.Length}");
}
