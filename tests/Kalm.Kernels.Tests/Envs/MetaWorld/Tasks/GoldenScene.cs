using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>
/// A reset without a simulation: shows the recorded poses, stage by stage, and compares what the task writes before
/// each run with what the original wrote.
/// </summary>
internal sealed class GoldenScene : ResetScene
{
    private readonly GoldenReset _golden;
    private readonly TaskSpec _spec;
    private readonly Dictionary<string, double[]> _sites = [];
    private readonly Dictionary<string, double[]> _bodies = [];
    private double[] _qpos;
    private double[] _qvel;
    private int _stage;

    public GoldenScene(TaskSpec spec, GoldenReset golden)
    {
        _spec = spec;
        _golden = golden;
        _qpos = [.. golden.Stages[0].Qpos];
        _qvel = [.. golden.Stages[0].Qvel];
        TcpInit = ToPoint(golden.Tcp);
    }

    /// <summary>What the task stored.</summary>
    public double[] Memory { get; } = new double[SceneRows.MemorySize];


    /// <inheritdoc/>
    public override int CoordinateCount => _qpos.Length;

    /// <inheritdoc/>
    public override int VelocityCount => _qvel.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<double> RandomVector() => _golden.Random;

    /// <inheritdoc/>
    public override Point Position(string handle) => ToPoint(_golden.Stages[_stage].Handles[handle]);

    /// <inheritdoc/>
    public override IReadOnlyList<double> Matrix(string handle) => _golden.Stages[_stage].Handles[handle][3..12];

    /// <inheritdoc/>
    public override double GetCoordinate(int index) => _qpos[index];

    /// <inheritdoc/>
    public override void SetCoordinate(int index, double value) => _qpos[index] = value;

    /// <inheritdoc/>
    public override double GetVelocity(int index) => _qvel[index];

    /// <inheritdoc/>
    public override void SetVelocity(int index, double value) => _qvel[index] = value;

    /// <inheritdoc/>
    public override int CoordinateOf(string joint) => _golden.Joints[joint][0];

    /// <inheritdoc/>
    public override int VelocityOf(string joint) => _golden.Joints[joint][1];

    /// <inheritdoc/>
    public override void SetBodyPosition(string body, Point position)
    {
        Assert.Contains(body, _spec.MovedBodies);
        _bodies[body] = [position.X, position.Y, position.Z];
    }

    /// <inheritdoc/>
    public override Point GetBodyPosition(string body) => ToPoint(_bodies[body]);

    /// <inheritdoc/>
    public override void SetSitePosition(string site, Point position)
    {
        Assert.Contains(site, _spec.MovedSites);
        _sites[site] = [position.X, position.Y, position.Z];
    }

    /// <inheritdoc/>
    public override void Forward() => Next(false);

    /// <inheritdoc/>
    public override void Step(int count)
    {
        for (int i = 0; i < count; i++) Next(true);
    }

    /// <inheritdoc/>
    public override void SetMemory(int index, double value) => Memory[index] = value;

    /// <summary>Compares everything the reset left behind.</summary>
    public void Check(double bound)
    {
        string task = _spec.Name;
        Assert.Equal(_golden.Calls.Length, _stage);
        Tolerance.Absolute(_golden.Qpos, _qpos, bound, $"{task}: coordinates");
        Tolerance.Absolute(_golden.Qvel, _qvel, bound, $"{task}: velocities");
        Tolerance.Absolute(_golden.Target, [Target.X, Target.Y, Target.Z], bound, $"{task}: target");
        Tolerance.Absolute(_golden.Object, [ObjectInit.X, ObjectInit.Y, ObjectInit.Z], bound, $"{task}: object");
        Tolerance.Absolute(_golden.Tcp, [TcpInit.X, TcpInit.Y, TcpInit.Z], bound, $"{task}: fingers");
        Tolerance.Absolute(_golden.Memory, Memory.AsSpan(0, _golden.Memory.Length), bound, $"{task}: memory");
        Assert.All(Memory[_golden.Memory.Length..], value => Assert.Equal(0, value));
        Assert.Equal(_golden.Bodies.Keys.Order(), _spec.MovedBodies.Order());
        Assert.Equal(_golden.Sites.Keys.Order(), _spec.MovedSites.Order());
        foreach ((string name, double[] position) in _golden.Bodies)
            Tolerance.Absolute(position, _bodies[name], bound, $"{task}: body {name}");
        foreach ((string name, double[] position) in _golden.Sites)
            Tolerance.Absolute(position, _sites[name], bound, $"{task}: site {name}");
    }

    private void Next(bool step)
    {
        Assert.True(_stage < _golden.Calls.Length, $"{_spec.Name}: one run of the simulation too many");
        GoldenCall call = _golden.Calls[_stage];
        Assert.Equal(call.Step, step);
        Tolerance.Absolute(call.Qpos, _qpos, 0, $"{_spec.Name}: coordinates before run {_stage}");
        Tolerance.Absolute(call.Qvel, _qvel, 0, $"{_spec.Name}: velocities before run {_stage}");
        foreach ((string name, double[] position) in _bodies)
            Tolerance.Absolute(call.Bodies[name], position, 0, $"{_spec.Name}: body {name} before run {_stage}");
        _stage++;
        _qpos = [.. _golden.Stages[_stage].Qpos];
        _qvel = [.. _golden.Stages[_stage].Qvel];
    }

    private static Point ToPoint(double[] numbers) => new(numbers[0], numbers[1], numbers[2]);
}
