using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

[Trait("Isa", "once")]
public sealed class ResetLabTests
{
    private const int Goals = 24;

    public static TheoryData<string> Apart =>
        [.. TaskTable.All.Where(task => !task.Spec.HandMeetsObject).Select(task => task.Spec.Name)];

    [SkippableTheory]
    [MemberData(nameof(Apart))]
    public void The_common_way_of_the_hand_gives_the_bits_of_its_own(string task)
    {
        TaskWorlds.Need(task);
        (double[] First, double[] Second)[] vectors =
        [
            .. TaskGoals.Draw([task], 42, Goals).Select(goal => (goal.Vector.ToArray(), goal.Vector.ToArray())),
        ];
        using CpuLauncher launcher = new(1);
        LaneKind kind = LaneSelector.Widest(Precision.Double);
        using ResetLab common = new(TaskTable.Get(task), TaskWorlds.Scene(task), kind, launcher);
        using ResetLab own = new(TaskTable.Get(task), TaskWorlds.Scene(task), kind, launcher, full: true);
        Assert.Equal(own.Prepare(vectors), common.Prepare(vectors));
    }

    [SkippableFact]
    public void The_state_of_a_goal_depends_on_no_other_goal()
    {
        TaskWorlds.Need("handle-press");
        (double[] First, double[] Second)[] vectors =
        [
            .. TaskGoals.Draw(["handle-press"], 42, 9).Select(goal => (goal.Vector.ToArray(), goal.Vector.ToArray())),
        ];
        using CpuLauncher launcher = new(1);
        TaskEntry task = TaskTable.Get("handle-press");
        using ResetLab wide = new(task, TaskWorlds.Scene("handle-press"), LaneKind.Lane8, launcher);
        using ResetLab narrow = new(task, TaskWorlds.Scene("handle-press"), LaneKind.Lane1, launcher);
        double[][] together = wide.Prepare(vectors);
        Assert.Equal(narrow.Prepare(vectors[8]), together[8]);
        Assert.Equal(narrow.Prepare(vectors[5]), together[5]);
    }
}
