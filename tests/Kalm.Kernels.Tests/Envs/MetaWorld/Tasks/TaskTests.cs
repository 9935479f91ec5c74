using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>
/// Every task and its scripted expert against numbers the original's own code computed (tests/golden/metaworld).
/// </summary>
[Trait("Isa", "once")]
public sealed class TaskTests
{
    // both sides compute in double: what remains is the order of sums in a norm and the last bits of exp and log
    private const double Bound = 1e-12;

    // floats of coordinates around 1 are 6e-8 apart, and a policy takes them times up to 50
    private const double FloatBound = 1e-5;

    private static readonly Dictionary<string, ITaskProbe> Probes = FindProbes();

    public static TheoryData<string> Tasks => [.. Probes.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Boxes_are_those_of_the_original(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskSpec spec = Probes[task].Spec;
        Assert.Equal(golden.Task, spec.Name);
        Assert.Equal(golden.Handles, spec.Handles);
        Assert.Equal(golden.Hand, Numbers(spec.HandInit));
        Assert.Equal(golden.MocapLow, Numbers(spec.MocapLow));
        Assert.Equal(golden.MocapHigh, Numbers(spec.MocapHigh));
        Assert.Equal(golden.RandomLow, spec.RandomLow);
        Assert.Equal(golden.RandomHigh, spec.RandomHigh);
        Assert.Equal(golden.GoalLow, Numbers(spec.GoalLow));
        Assert.Equal(golden.GoalHigh, Numbers(spec.GoalHigh));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Resets_write_and_remember_what_the_original_does(string task)
    {
        ITaskProbe probe = Probes[task];
        foreach (GoldenReset reset in GoldenTask.Load(task).Resets)
        {
            GoldenScene scene = new(probe.Spec, reset);
            probe.Reset(scene);
            scene.Check(Bound);
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void States_are_judged_as_by_the_original(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskResult[] results = Probes[task].RunNarrow(golden);
        for (int i = 0; i < results.Length; i++)
        {
            GoldenState expected = golden.States[i];
            TaskResult actual = results[i];
            string what = $"{task}, state {i}";
            Tolerance.Relative(expected.Reward, actual.Reward, Bound, $"{what}: reward");
            Tolerance.Relative(expected.FirstReward, actual.FirstReward, Bound, $"{what}: first reward");
            Tolerance.Absolute(expected.Info, actual.Info, Bound, $"{what}: info");
            Compare(expected.MemoryAfter, actual.MemoryAfter, $"{what}: memory");
            Compare(expected.FirstMemoryAfter, actual.FirstMemoryAfter, $"{what}: memory of version 1");
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Objects_are_observed_as_by_the_original(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskResult[] results = Probes[task].RunNarrow(golden);
        for (int i = 0; i < results.Length; i++)
        {
            // the first four numbers, hand and gripper, are the environment's
            Tolerance.Absolute(
                golden.States[i].Frame.AsSpan(4), results[i].Frame.AsSpan(4), Bound, $"{task}, state {i}: objects");
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Experts_act_as_the_original_ones(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskResult[] results = Probes[task].RunNarrow(golden);
        for (int i = 0; i < results.Length; i++)
            Compare(golden.States[i].Policy, results[i].Policy, $"{task}, state {i}: action");
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Wide_lanes_give_the_same_bits(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskResult[] narrow = Probes[task].RunNarrow(golden);
        TaskResult[] wide = Probes[task].RunWide(golden);
        for (int i = 0; i < narrow.Length; i++) Assert.Equal(Bits(narrow[i]), Bits(wide[i]));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Float_lanes_judge_alike(string task)
    {
        GoldenTask golden = GoldenTask.Load(task);
        TaskResult[] results = Probes[task].RunFloat(golden);
        for (int i = 0; i < results.Length; i++)
        {
            GoldenState expected = golden.States[i];
            string what = $"{task}, state {i}, float";
            Tolerance.Relative(expected.Reward, results[i].Reward, FloatBound, $"{what}: reward");

            // version 1 takes distances times 1000, and a sum of such terms may be small
            Tolerance.Relative(
                expected.FirstReward, results[i].FirstReward, FloatBound, $"{what}: first reward", floor: 100);
            Tolerance.Absolute(expected.Info, results[i].Info, FloatBound, $"{what}: info");
            Tolerance.Absolute(expected.Policy, results[i].Policy, FloatBound, $"{what}: action");
        }
    }

    private static double[] Numbers(Point point) => [point.X, point.Y, point.Z];

    private static void Compare(double[] expected, double[] actual, string what) =>
        Tolerance.Absolute(expected, actual.AsSpan(0, expected.Length), Bound, what);

    private static IEnumerable<long> Bits(TaskResult result) => new[]
    {
        result.Frame, [result.Reward, result.FirstReward], result.Info, result.MemoryAfter, result.FirstMemoryAfter,
        result.Policy,
    }.SelectMany(numbers => numbers).Select(BitConverter.DoubleToInt64Bits);

    // every task of the library with the expert of the same name
    private static Dictionary<string, ITaskProbe> FindProbes()
    {
        Dictionary<string, ITaskProbe> probes = [];
        Type[] types = typeof(ITask).Assembly.GetTypes();
        foreach (Type task in types.Where(type => type.IsValueType && type.IsAssignableTo(typeof(ITask))))
        {
            Type policy = types.Single(
                type => type.IsAssignableTo(typeof(IPolicy)) && type.Name == task.Name + "Policy");
            object probe = Activator.CreateInstance(typeof(TaskProbe<,>).MakeGenericType(task, policy))!;
            probes.Add(((ITaskProbe)probe).Spec.Name, (ITaskProbe)probe);
        }

        return probes;
    }
}
