using Kalm.Kernels.Envs.MetaWorld.Policies;
using Kalm.Kernels.Envs.MetaWorld.Tasks;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>All tasks by name.</summary>
public static class TaskTable
{
    private static readonly SortedDictionary<string, TaskEntry> Entries = Table(
    [
        new TaskEntry<Assembly, AssemblyPolicy>(),
        new TaskEntry<Basketball, BasketballPolicy>(),
        new TaskEntry<BinPicking, BinPickingPolicy>(),
        new TaskEntry<BoxClose, BoxClosePolicy>(),
        new TaskEntry<ButtonPress, ButtonPressPolicy>(),
        new TaskEntry<ButtonPressTopdown, ButtonPressTopdownPolicy>(),
        new TaskEntry<ButtonPressTopdownWall, ButtonPressTopdownWallPolicy>(),
        new TaskEntry<ButtonPressWall, ButtonPressWallPolicy>(),
        new TaskEntry<CoffeeButton, CoffeeButtonPolicy>(),
        new TaskEntry<CoffeePull, CoffeePullPolicy>(),
        new TaskEntry<CoffeePush, CoffeePushPolicy>(),
        new TaskEntry<DialTurn, DialTurnPolicy>(),
        new TaskEntry<Disassemble, DisassemblePolicy>(),
        new TaskEntry<DoorClose, DoorClosePolicy>(),
        new TaskEntry<DoorLock, DoorLockPolicy>(),
        new TaskEntry<DoorOpen, DoorOpenPolicy>(),
        new TaskEntry<DoorUnlock, DoorUnlockPolicy>(),
        new TaskEntry<DrawerClose, DrawerClosePolicy>(),
        new TaskEntry<DrawerOpen, DrawerOpenPolicy>(),
        new TaskEntry<FaucetClose, FaucetClosePolicy>(),
        new TaskEntry<FaucetOpen, FaucetOpenPolicy>(),
        new TaskEntry<Hammer, HammerPolicy>(),
        new TaskEntry<HandInsert, HandInsertPolicy>(),
        new TaskEntry<HandlePress, HandlePressPolicy>(),
        new TaskEntry<HandlePressSide, HandlePressSidePolicy>(),
        new TaskEntry<HandlePull, HandlePullPolicy>(),
        new TaskEntry<HandlePullSide, HandlePullSidePolicy>(),
        new TaskEntry<LeverPull, LeverPullPolicy>(),
        new TaskEntry<LockedDoorOpen, LockedDoorOpenPolicy>(),
        new TaskEntry<MakeCoffee, MakeCoffeePolicy>(),
        new TaskEntry<PegInsertSide, PegInsertSidePolicy>(),
        new TaskEntry<PegUnplugSide, PegUnplugSidePolicy>(),
        new TaskEntry<PickOutOfHole, PickOutOfHolePolicy>(),
        new TaskEntry<PickPlace, PickPlacePolicy>(),
        new TaskEntry<PickPlaceWall, PickPlaceWallPolicy>(),
        new TaskEntry<PlateSlide, PlateSlidePolicy>(),
        new TaskEntry<PlateSlideBack, PlateSlideBackPolicy>(),
        new TaskEntry<PlateSlideBackSide, PlateSlideBackSidePolicy>(),
        new TaskEntry<PlateSlideSide, PlateSlideSidePolicy>(),
        new TaskEntry<Push, PushPolicy>(),
        new TaskEntry<PushBack, PushBackPolicy>(),
        new TaskEntry<PushWall, PushWallPolicy>(),
        new TaskEntry<Reach, ReachPolicy>(),
        new TaskEntry<ReachWall, ReachWallPolicy>(),
        new TaskEntry<ShelfPlace, ShelfPlacePolicy>(),
        new TaskEntry<Soccer, SoccerPolicy>(),
        new TaskEntry<StickPull, StickPullPolicy>(),
        new TaskEntry<StickPush, StickPushPolicy>(),
        new TaskEntry<Sweep, SweepPolicy>(),
        new TaskEntry<SweepInto, SweepIntoPolicy>(),
        new TaskEntry<WindowClose, WindowClosePolicy>(),
        new TaskEntry<WindowOpen, WindowOpenPolicy>(),
    ]);

    /// <summary>Names of all tasks.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>All tasks.</summary>
    public static IReadOnlyCollection<TaskEntry> All => Entries.Values;

    /// <summary>A task by its name.</summary>
    /// <exception cref="KalmException">There is no task of that name.</exception>
    public static TaskEntry Get(string name) => Entries.TryGetValue(name, out TaskEntry? entry)
        ? entry
        : throw new KalmException(
            $"task: found '{name}'{Suggestion.Hint(name, Entries.Keys)}, expected a task of `kalm list envs`");

    private static SortedDictionary<string, TaskEntry> Table(TaskEntry[] entries)
    {
        SortedDictionary<string, TaskEntry> table = new(StringComparer.Ordinal);
        foreach (TaskEntry entry in entries) table.Add(entry.Spec.Name, entry);
        return table;
    }
}
