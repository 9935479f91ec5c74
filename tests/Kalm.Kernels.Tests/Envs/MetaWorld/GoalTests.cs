using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>
/// Goals are those Meta-World draws. The expected numbers are from numpy 1.24 and from Metaworld 3.1.1's own
/// _make_tasks
/// with a simulator that does nothing, seed 42.
/// </summary>
[Trait("Isa", "once")]
public sealed class GoalTests
{
    // sum of all numbers of the 50 goals of MT1
    private static readonly Dictionary<string, double> Sums = new()
    {
        ["assembly"] = 75.69886565335499,
        ["basketball"] = 78.19632582797794,
        ["bin-picking"] = 71.60411175882918,
        ["box-close"] = 72.07203268524698,
        ["button-press"] = 49.166934295462966,
        ["button-press-topdown"] = 47.89343183103157,
        ["button-press-topdown-wall"] = 47.89343183103157,
        ["button-press-wall"] = 49.32133179471858,
        ["coffee-button"] = 42.13959062305939,
        ["coffee-pull"] = 65.61039729134447,
        ["coffee-push"] = 65.88870647890502,
        ["dial-turn"] = 37.143431831031556,
        ["disassemble"] = 79.06966682609395,
        ["door-close"] = 54.79821345108438,
        ["door-lock"] = 48.41693429546295,
        ["door-open"] = 54.79821345108438,
        ["door-unlock"] = 48.41693429546295,
        ["drawer-close"] = 44.69043675989434,
        ["drawer-open"] = 44.69043675989434,
        ["faucet-close"] = 40.916934295462966,
        ["faucet-open"] = 41.071715915515774,
        ["hammer"] = 22.143431831031556,
        ["hand-insert"] = 76.46837623307127,
        ["handle-press"] = 42.13959062305939,
        ["handle-press-side"] = 19.794372243112218,
        ["handle-pull"] = 42.13959062305939,
        ["handle-pull-side"] = 19.79821345108439,
        ["lever-pull"] = 37.143431831031556,
        ["peg-insert-side"] = 48.855646001217245,
        ["peg-unplug-side"] = 24.74736731424943,
        ["pick-out-of-hole"] = 76.38504057438584,
        ["pick-place"] = 84.3261141706723,
        ["pick-place-wall"] = 83.72815090841475,
        ["plate-slide"] = 73.5594176056757,
        ["plate-slide-back"] = 73.16996955799642,
        ["plate-slide-back-side"] = 50.66996955799643,
        ["plate-slide-side"] = 45.96466770392938,
        ["push"] = 77.14560241477439,
        ["push-back"] = 75.43345728740053,
        ["push-wall"] = 76.63027103476534,
        ["reach"] = 84.3261141706723,
        ["reach-wall"] = 83.72815090841475,
        ["shelf-place"] = 86.32872957935201,
        ["soccer"] = 76.92974775827862,
        ["stick-pull"] = 73.79663865968878,
        ["stick-push"] = 82.73681912657639,
        ["sweep"] = 33.14343183103156,
        ["sweep-into"] = 76.45102494907184,
        ["window-close"] = 51.17949260670581,
        ["window-open"] = 47.596426902168794,
    };

    public static TheoryData<string> Tasks => [.. TaskTable.Names.Intersect(TaskSets.Tasks)];

    [Fact]
    public void The_generator_is_numpys()
    {
        MersenneTwister random = new(42);
        Assert.Equal([1608637542u, 3421126067u], [random.NextWord(), random.NextWord()]);
        random = new(42);
        Assert.Equal(0.3745401188473625, random.NextUnit());
        for (int i = 1; i < 999; i++) random.NextUnit();
        Assert.Equal(0.44600577295795574, random.NextUnit());
        Assert.Equal(0.0976320289940138, new MersenneTwister(uint.MaxValue).NextUnit());
        Assert.Equal(-0.025091976230527502, new MersenneTwister(42).Uniform(-0.1, 0.1));
    }

    [Fact]
    public void The_goals_of_push_are_those_of_MT1()
    {
        IReadOnlyList<TaskGoal> goals = TaskSets.Mt1("push").TrainGoals(42);
        Assert.Equal(50, goals.Count);
        Assert.Equal(
            [0.06648852816008435, 0.6212339110678275, 0.02, -0.06331909802931324, 0.8304242242959539,
                0.01524756431632238],
            goals[0].Vector);
        Assert.Equal(
            [0.0065234532910046356, 0.6242470503634729, 0.02, -0.02454316737907547, 0.8020071197777727,
                0.013220791655831784],
            goals[49].Vector);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void The_goals_of_each_task_are_those_of_MT1(string task)
    {
        IReadOnlyList<TaskGoal> goals = TaskSets.Mt1(task).TrainGoals(42);
        Assert.Equal(50, goals.Select(goal => string.Join(' ', goal.Vector)).Distinct().Count());

        // the order of additions may differ: 300 numbers of size 1
        Tolerance.Absolute(Sums[task], goals.Sum(goal => goal.Vector.Sum()), 1e-12, task);
    }

    [Fact]
    public void The_goals_of_a_set_come_from_one_stream()
    {
        // sums of all numbers of MT50 and ML10, and the last goals drawn
        IReadOnlyList<TaskGoal> many = TaskSets.Mt50.TrainGoals(42);
        Assert.Equal((2500, "window-close"), (many.Count, many[^1].Task));
        Tolerance.Absolute(2917.5617303049494, many.Sum(goal => goal.Vector.Sum()), 1e-10, "MT50");
        Assert.Equal([0.0, 0.8008614512705869, 0.2], many[^1].Vector);
        IReadOnlyList<TaskGoal> train = TaskSets.Ml10.TrainGoals(42);
        Tolerance.Absolute(604.4003498340055, train.Sum(goal => goal.Vector.Sum()), 1e-10, "ML10");
        IReadOnlyList<TaskGoal> test = TaskSets.Ml10.TestGoals(42);
        Assert.Equal((250, "lever-pull"), (test.Count, test[^1].Task));
        Tolerance.Absolute(300.35325119460686, test.Sum(goal => goal.Vector.Sum()), 1e-10, "ML10 test");
        Assert.Equal([0.09670429454304441, 0.7140711528048758, 0.0], test[^1].Vector);
    }

    [Fact]
    public void Goals_to_test_on_are_of_the_next_seed()
    {
        TaskSet set = TaskSets.Ml1("push");
        Assert.False(set.GoalObservable);
        Assert.Equal(TaskSets.Mt1("push").TrainGoals(43)[7].Vector, set.TestGoals(42)[7].Vector);
    }

    [Fact]
    public void Sets_have_the_tasks_of_their_names()
    {
        TaskSet[] sets = [TaskSets.Mt10, TaskSets.Mt25, TaskSets.Mt50, TaskSets.Ml10, TaskSets.Ml25, TaskSets.Ml45];
        Assert.Equal([10, 25, 50, 10, 25, 45], sets.Select(set => set.Train.Count));
        Assert.Equal([0, 0, 0, 5, 5, 5], sets.Select(set => set.Test.Count));
        Assert.All(sets, set => Assert.Empty(set.Train.Concat(set.Test).Except(TaskSets.Tasks)));
        Assert.Equal(50, TaskSets.Tasks.Distinct().Count());
        Assert.Throws<KalmException>(() => TaskSets.Mt1("push-v3"));
    }
}
