using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// One Meta-World task as a batched environment. An action is the displacement of the hand (3, in units of 1 cm,
/// clipped to ±1) and the effort of the gripper.
/// </summary>
/// <remarks>
/// Semantics are those of Farama Metaworld 3.1.1 on MuJoCo 3.3.0. Goals are the 50 that
/// <c>metaworld.MT1("&lt;task&gt;-v3", seed)</c> draws; every episode of a world takes one of them
/// (<see cref="EnvOptions.Goals"/>).
/// </remarks>
public sealed class MetaWorldEnv : BatchEnv
{
    /// <summary>What ids begin with; the task's name follows.</summary>
    public const string Prefix = "metaworld/";

    private const int ActionSize = 4;
    private readonly EnvOptions _options;
    private readonly bool _endOnSuccess;
    private readonly TaskEntry _task;
    private readonly TaskLayout _layout;
    private readonly Simulation _simulation;
    private readonly ResetLab _lab;
    private readonly GoalBook _book;
    private readonly IDisposable? _ownLauncher;
    private readonly KalmForm? _form;
    private readonly int[] _goal;
    private readonly int[] _steps;
    private readonly uint[] _episodes;
    private readonly bool[] _active;
    private readonly float[] _native = new float[SceneRows.ObservationSize];

    /// <summary>Makes the environment and begins an episode in every world.</summary>
    /// <param name="task">Name of the task, such as door-open.</param>
    /// <param name="worlds">Number of worlds.</param>
    /// <param name="seed">Key of all random numbers; its lower half is the seed of the goals.</param>
    /// <param name="options">How it is made; null for the defaults.</param>
    /// <exception cref="KalmException">The task is unknown, or its scene is missing or broken.</exception>
    public MetaWorldEnv(string task, int worlds, ulong seed, EnvOptions? options = null)
        : this(TaskTable.Get(task), Load(task, options), worlds, seed, options)
    {
    }

    /// <summary>Makes the environment of a task and a scene that is compiled already.</summary>
    internal MetaWorldEnv(TaskEntry task, Model scene, int worlds, ulong seed, EnvOptions? options)
        : base(MakeSpec(task.Spec, scene, options ?? new EnvOptions()), worlds)
    {
        _options = options ?? new EnvOptions();
        _endOnSuccess = _options.EndOnSuccess ?? _options.Reward == RewardVersion.Kalm;
        _task = task;
        ILauncher launcher = _options.Launcher ?? new CpuLauncher();
        _ownLauncher = _options.Launcher == null ? launcher as IDisposable : null;
        LaneKind kind = _options.Kind ?? LaneSelector.Widest(Precision.Float);
        _layout = new TaskLayout(task.Spec, scene, _options.Reward, everyFrame: false);
        _simulation = new Simulation(_layout.Simulation, worlds, kind, launcher);
        _lab = new ResetLab(task, scene, kind, launcher);
        _book = new GoalBook(task, _lab, seed, _options.Goals);
        if (_options.Observation == ObservationForm.Kalm)
            _form = new KalmForm(task.Spec.Name, Wall(), _options.NoisyEntities, seed);
        _goal = new int[worlds];
        _steps = new int[worlds];
        _episodes = new uint[worlds];
        _active = new bool[worlds];
        Rest();
        _book.Prepare(Enumerable.Range(0, worlds).Select(world => _book.Choose(_options.FirstWorld + world, 0)));
        Reset();
    }

    /// <summary>Names, boxes and handles of the task.</summary>
    public TaskSpec Task => _task.Spec;

    /// <summary>The compiled scene.</summary>
    public Model Scene => _simulation.Model;

    /// <summary>The goals of the seed.</summary>
    public IReadOnlyList<TaskGoal> Goals => _book.Goals;

    /// <summary>The simulation under the environment; its state changes with every step.</summary>
    internal Simulation Simulation => _simulation;

    /// <summary>Rows and tables of the worlds.</summary>
    internal TaskLayout Layout => _layout;

    /// <summary>Number of a world's goal among <see cref="Goals"/>, -1: one of its own.</summary>
    public int GoalIndex(int world) => _goal[world];

    /// <summary>Steps a world's episode has taken.</summary>
    public int StepCount(int world) => _steps[world];

    /// <summary>Whether a world takes part in steps; a finished one rests until it is reset.</summary>
    public bool IsActive(int world) => _active[world];

    /// <summary>Sets whether a world takes part in steps. A bundle of resting worlds costs nothing.</summary>
    public void SetActive(int world, bool active) => _active[world] = active;

    /// <inheritdoc/>
    public override void Reset(int world)
    {
        long number = _options.FirstWorld + world;
        uint episode = _episodes[world]++;
        _goal[world] = _book.Choose(number, episode);
        Begin(world, _goal[world] < 0 ? _book.Fresh(number, episode) : _book.State(_goal[world]));
    }

    /// <summary>Begins an episode with one of the goals of the seed.</summary>
    /// <param name="world">The world.</param>
    /// <param name="goal">Its number.</param>
    public void Reset(int world, int goal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(goal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(goal, Goals.Count);
        _episodes[world]++;
        _goal[world] = goal;
        Begin(world, _book.State(goal));
    }

    /// <summary>Begins an episode with a goal of its own.</summary>
    /// <param name="world">The world.</param>
    /// <param name="vector">The goal's random vector.</param>
    /// <exception cref="KalmException">The task rejects the vector.</exception>
    public void Reset(int world, IReadOnlyList<double> vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        if (vector.Count != Task.RandomLow.Count)
            throw new KalmException(
                $"{Spec.Id}: found a goal of {vector.Count} numbers, expected {Task.RandomLow.Count}");
        double[] state = _book.State(vector);
        _episodes[world]++;
        _goal[world] = -1;
        Begin(world, state);
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> actions)
    {
        if (actions.Length != ActionSize * Count)
            throw new ArgumentException(
                $"{Spec.Id}: found {actions.Length} numbers, expected {ActionSize} for each of {Count} worlds",
                nameof(actions));
        WorldBlock worlds = _simulation.Worlds;
        for (int world = 0; world < Count; world++)
        {
            for (int i = 0; i < ActionSize; i++)
                worlds[world, _layout.Env + SceneRows.Action + i] = actions[(ActionSize * world) + i];
        }

        Advance<NoStageClock>();
    }

    /// <summary>
    /// Advances every world by one step of the task's scripted expert, which sees the goal even where observations hide
    /// it.
    /// </summary>
    public void StepScripted() => StepScripted<NoStageClock>();

    /// <summary>The same with a clock that is told of every stage of the simulation.</summary>
    internal void StepScripted<TClock>()
        where TClock : struct, IStageClock
    {
        _task.Act(_simulation, _layout.At);
        Advance<TClock>();
    }

    /// <summary>Copies what the task's scripted expert would do in every world; no world moves.</summary>
    /// <param name="actions">Room for (worlds, 4).</param>
    public void GetScriptedActions(Span<float> actions)
    {
        _task.Act(_simulation, _layout.At);
        GetActions(actions);
    }

    /// <summary>Copies the frames of all bodies of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="poses">Room for (bodies, 7): position in m, orientation w x y z.</param>
    public void GetPoses(int world, Span<double> poses)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(poses.Length, 7 * Scene.nbody);
        if (_simulation.Worlds[world, _layout.At.Dirty] > 0) _simulation.RunPositional();
        _simulation.PlaceRest();
        DataRows data = _simulation.Layout.DataRows;
        for (int body = 0; body < Scene.nbody; body++)
        {
            _simulation.Read(world, data.xpos + (3 * body), poses.Slice(7 * body, 3));
            _simulation.Read(world, data.xquat + (4 * body), poses.Slice((7 * body) + 3, 4));
        }
    }

    /// <summary>Goal position of a world, (3), m.</summary>
    public double[] GetTarget(int world) =>
        [.. Enumerable.Range(0, 3).Select(i => Number(world, SceneRows.Target + i))];

    /// <summary>Copies the actions of the last step of every world.</summary>
    /// <param name="actions">Room for (worlds, 4).</param>
    public void GetActions(Span<float> actions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(actions.Length, ActionSize * Count);
        for (int i = 0; i < actions.Length; i++)
            actions[i] = (float)Number(i / ActionSize, SceneRows.Action + (i % ActionSize));
    }

    /// <inheritdoc/>
    public override void GetState(int world, Span<double> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Spec.StateSize);
        _layout.GetState(_simulation.Worlds, world, state);
    }

    /// <inheritdoc/>
    public override void SetState(int world, ReadOnlySpan<double> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Spec.StateSize);
        Begin(world, state);
    }

    /// <summary>One of the environment's numbers of a world, in the precision of the lanes.</summary>
    /// <param name="world">The world.</param>
    /// <param name="row">A constant of <see cref="SceneRows"/>, or one plus an index.</param>
    internal double Number(int world, int row) => _simulation.Worlds[world, _layout.Env + row];

    /// <summary>Observes and judges all worlds as they are, without a step.</summary>
    internal void Judge()
    {
        _task.Judge(_simulation, _layout.At);
        for (int world = 0; world < Count; world++) Show(world);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _simulation.Dispose();
        _lab.Dispose();
        _ownLauncher?.Dispose();
    }

    private static Model Load(string task, EnvOptions? options) =>
        SceneLibrary.Load(TaskTable.Get(task).Spec, options?.AssetsFolder);

    private static EnvSpec MakeSpec(TaskSpec task, Model scene, EnvOptions options) =>
        MetaWorldSpec.Make(task, new TaskLayout(task, scene, options.Reward).StateSize, options);

    /// <summary>Position and orientation of the wall; empty where the scene has none.</summary>
    private float[] Wall()
    {
        if (!Scene.names.Bodies.Contains("wall")) return [];
        int position = _layout.Row("body:wall", 0);
        int orientation = _layout.Row("body:wall", 2);
        return
        [
            .. Enumerable.Range(0, 3).Select(i => (float)_simulation.Worlds[0, position + i]),
            .. Enumerable.Range(0, 4).Select(i => (float)_simulation.Worlds[0, orientation + i]),
        ];
    }

    /// <summary>
    /// Places the worlds that pad the last bundle where every hand begins, for they are simulated too.
    /// </summary>
    private void Rest()
    {
        int width = _simulation.Worlds.Kind.Width();
        double[] state = _book.State(0);
        for (int world = Count; world < _simulation.Worlds.BundleCount * width; world++)
            _layout.SetState(_simulation.Worlds, world, state);
    }

    private void Begin(int world, ReadOnlySpan<double> state)
    {
        _layout.SetState(_simulation.Worlds, world, state);
        DataRows data = _simulation.Layout.DataRows;
        _simulation.Worlds[world, data.overflow] = 0;
        _simulation.Worlds[world, data.nreset] = 0;
        _steps[world] = 0;
        _active[world] = true;
        SuccessOut[world] = false;
        OverflowOut[world] = false;
        Show(world);
    }

    private void Advance<TClock>()
        where TClock : struct, IStageClock
    {
        for (int world = 0; world < Count; world++)
            _simulation.Worlds[world, _layout.Env + SceneRows.Active] = _active[world] ? 1 : 0;
        _task.Step<TClock>(_simulation, _layout.At);
        for (int world = 0; world < Count; world++) Finish(world);
    }

    /// <summary>Hands out what the kernel found for one world, and ends its episode where it is over.</summary>
    private void Finish(int world)
    {
        RewardsOut[world] = 0;
        TerminatedOut[world] = false;
        TruncatedOut[world] = false;
        InvalidActionsOut[world] = false;
        if (!_active[world]) return;

        _steps[world]++;
        Show(world);
        Row(ObservationsOut, world).CopyTo(Row(FinalObservationsOut, world));
        _simulation.Worlds.Read(
            world, _layout.Env + SceneRows.Info, InfosOut.Slice(world * SceneRows.InfoSize, SceneRows.InfoSize));
        RewardsOut[world] = (float)Number(world, SceneRows.Reward);
        SuccessOut[world] = Number(world, SceneRows.Success) > 0;
        InvalidActionsOut[world] = Number(world, SceneRows.BadAction) > 0;
        OverflowOut[world] = _simulation.GetOverflow(world) > 0 || _simulation.GetResetCount(world) > 0;
        TerminatedOut[world] = _endOnSuccess && SuccessOut[world];
        TruncatedOut[world] = !TerminatedOut[world] && _steps[world] >= Spec.Horizon;
        if (!TerminatedOut[world] && !TruncatedOut[world]) return;

        _active[world] = false;
        if (!_options.AutoReset) return;
        bool success = SuccessOut[world];
        bool overflow = OverflowOut[world];
        Reset(world);

        // the flags speak of the step, not of the episode that begins
        SuccessOut[world] = success;
        OverflowOut[world] = overflow;
    }

    /// <summary>Hands out the observation of a world.</summary>
    private void Show(int world)
    {
        Span<float> native = _form == null ? Row(ObservationsOut, world) : _native;
        _simulation.Worlds.Read(world, _layout.Env + SceneRows.Observation, native);
        if (!_options.GoalObservable) native[SceneRows.GoalOffset..].Clear();
        if (_form == null) return;
        ulong episode = GoalBook.Stream(_options.FirstWorld + world, _episodes[world]);
        _form.Write(native, episode, _steps[world], Row(ObservationsOut, world));
    }

    private Span<float> Row(Span<float> all, int world) =>
        all.Slice(world * Spec.ObservationSize, Spec.ObservationSize);
}
