using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>CLEVR-Robot as a batched environment: 40 actions, ball positions observed, goals of four levels.</summary>
/// <remarks>
/// Ball velocities carry over from step to step and are not observed. Every episode draws its goal from the level and
/// its initial positions from the official distribution until the goal does not hold yet.
/// </remarks>
public sealed class ClevrEnv : BatchEnv
{
    /// <summary>The environment's id.</summary>
    public const string Id = "clevr-robot";

    /// <summary>Steps of an episode on all levels but easy.</summary>
    public const int Horizon = 50;

    private readonly EnvOptions _options;
    private readonly ulong _seed;
    private readonly Simulation _simulation;
    private readonly IDisposable? _ownLauncher;
    private readonly ClevrEnvRows _rows;
    private readonly ClevrStep _step;
    private readonly ClevrGoal[] _goals;
    private readonly int[] _steps;
    private readonly uint[] _episodes;
    private readonly bool[] _active;

    /// <summary>Makes the environment and begins an episode in every world.</summary>
    /// <param name="worlds">Number of worlds.</param>
    /// <param name="seed">Key of all random numbers.</param>
    /// <param name="options">How it is made; null for the defaults.</param>
    public ClevrEnv(int worlds, ulong seed, EnvOptions? options = null)
        : base(MakeSpec(options ?? new EnvOptions()), worlds)
    {
        _options = options ?? new EnvOptions();
        _seed = seed;
        ILauncher launcher = _options.Launcher ?? new CpuLauncher();
        _ownLauncher = _options.Launcher == null ? launcher as IDisposable : null;
        LaneKind kind = _options.Kind ?? LaneSelector.Widest(Precision.Float);
        var layout = new SimulationLayout(ClevrScene.Compile(_options.Compat));
        _rows = new ClevrEnvRows(layout.AddRows(ClevrEnvRows.Count + Spec.StateSize));
        _step = new ClevrStep(
            layout.ModelRows, layout.DataRows, _rows, ClevrReward.Offset(_options.RewardForm));
        _simulation = new Simulation(layout, worlds, kind, launcher);
        _goals = new ClevrGoal[worlds];
        _steps = new int[worlds];
        _episodes = new uint[worlds];
        _active = new bool[worlds];
        Reset();
    }

    /// <summary>Names, shapes and bounds on a level.</summary>
    public static EnvSpec MakeSpec(EnvOptions options) => new()
    {
        Id = Id,
        ObservationNames = [.. ClevrGoal.BallNames.SelectMany(ball => new[] { $"{ball} x", $"{ball} y" })],
        ObservationLow = [.. Enumerable.Range(0, ClevrRules.ObservationSize).Select(i => i % 2 == 0 ? -0.6f : -0.3f)],
        ObservationHigh = [.. Enumerable.Range(0, ClevrRules.ObservationSize).Select(i => i % 2 == 0 ? 0.6f : 0.7f)],
        ActionCount = ClevrActions.Count,
        Horizon = options.Level.Horizon(),
        StateSize = 69,
        GoalSize = ClevrGoal.Size,
    };

    /// <summary>The goal of a world.</summary>
    public ClevrGoal Goal(int world) => _goals[world];

    /// <summary>Steps a world's episode has taken.</summary>
    public int StepCount(int world) => _steps[world];

    /// <summary>Whether a world takes part in steps; a finished one rests until it is reset.</summary>
    public bool IsActive(int world) => _active[world];

    /// <summary>Sets whether a world takes part in steps. A bundle of resting worlds costs nothing.</summary>
    public void SetActive(int world, bool active) => _active[world] = active;

    /// <inheritdoc/>
    public override void Reset(int world)
    {
        var draws = new DrawSequence(_seed, ((ulong)(_options.FirstWorld + world) << 32) | _episodes[world]++);
        Reset(world, ClevrGoals.Sample(_options.Level, ref draws), ref draws);
    }

    /// <summary>Begins an episode with a given goal from positions that do not reach it yet.</summary>
    /// <param name="world">The world.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="draws">Random numbers for the positions.</param>
    public void Reset(int world, ClevrGoal goal, ref DrawSequence draws)
    {
        Span<float> positions = stackalloc float[ClevrRules.ObservationSize];
        Span<int> code = stackalloc int[ClevrGoal.Size];
        goal.Encode(code);
        do ClevrReset.Sample(positions, ref draws);
        while (goal.Kind != ClevrGoalKind.Step && ClevrRules.Success(code, positions));
        Begin(world, goal, positions);
    }

    /// <summary>Begins an episode with a given goal from balls at rest in given positions.</summary>
    /// <param name="world">The world.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="positions">x and y of five balls, m.</param>
    public void Begin(int world, ClevrGoal goal, ReadOnlySpan<float> positions)
    {
        _simulation.Reset(world);
        WorldBlock worlds = _simulation.Worlds;
        int qpos = _simulation.Layout.DataRows.qpos;
        for (int ball = 0; ball < ClevrGoal.BallCount; ball++)
        {
            worlds[world, qpos + (7 * ball)] = positions[2 * ball];
            worlds[world, qpos + (7 * ball) + 1] = positions[(2 * ball) + 1];
        }

        SetGoal(world, goal);
        BeginEpisode(world);
    }

    /// <summary>Gives a world another goal; its episode goes on.</summary>
    /// <param name="world">The world.</param>
    /// <param name="goal">The goal.</param>
    public void SetGoal(int world, ClevrGoal goal)
    {
        Span<int> code = stackalloc int[ClevrGoal.Size];
        goal.Encode(code);
        _goals[world] = goal;
        for (int i = 0; i < code.Length; i++) _simulation.Worlds[world, _rows.Goal + i] = code[i];
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<int> actions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(actions.Length, Count);
        WorldBlock worlds = _simulation.Worlds;
        for (int world = 0; world < Count; world++)
        {
            if (_active[world] && (uint)actions[world] >= ClevrActions.Count)
                throw new ArgumentOutOfRangeException(
                    nameof(actions), $"world {world}: found {actions[world]}, expected 0 to 39");
            worlds[world, _rows.Active] = _active[world] ? 1 : 0;
            worlds[world, _rows.Action] = _active[world] ? actions[world] : 0;
        }

        _simulation.Launch(_step);
        for (int world = 0; world < Count; world++) Finish(world);
    }

    /// <inheritdoc/>
    public override void GetState(int world, Span<double> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Spec.StateSize);
        Model model = _simulation.Model;
        _simulation.GetQpos(world, state[..model.nq]);
        _simulation.GetQvel(world, state[model.nq..]);
    }

    /// <inheritdoc/>
    public override void SetState(int world, ReadOnlySpan<double> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, Spec.StateSize);
        Model model = _simulation.Model;
        _simulation.ResetInternal(world);
        _simulation.SetQpos(world, state[..model.nq]);
        _simulation.SetQvel(world, state[model.nq..]);
        BeginEpisode(world);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _simulation.Dispose();
        _ownLauncher?.Dispose();
    }

    private void BeginEpisode(int world)
    {
        DataRows data = _simulation.Layout.DataRows;
        _simulation.Worlds[world, data.overflow] = 0;
        _simulation.Worlds[world, data.nreset] = 0;
        _steps[world] = 0;
        _active[world] = true;
        SuccessOut[world] = false;
        OverflowOut[world] = false;
        for (int i = 0; i < ClevrRules.ObservationSize; i++)
        {
            float position = (float)_simulation.Worlds[world, PositionRow(i)];
            ObservationsOut[(world * ClevrRules.ObservationSize) + i] = position;
        }
    }

    private int PositionRow(int i) => _simulation.Layout.DataRows.qpos + (7 * (i / 2)) + (i % 2);

    /// <summary>Hands out what the kernel found for one world, and ends its episode where it is over.</summary>
    private void Finish(int world)
    {
        RewardsOut[world] = 0;
        TerminatedOut[world] = false;
        TruncatedOut[world] = false;
        if (!_active[world]) return;

        WorldBlock worlds = _simulation.Worlds;
        for (int i = 0; i < ClevrRules.ObservationSize; i++)
        {
            float position = (float)worlds[world, _rows.Current + i];
            ObservationsOut[(world * ClevrRules.ObservationSize) + i] = position;
            FinalObservationsOut[(world * ClevrRules.ObservationSize) + i] = position;
        }

        _steps[world]++;
        RewardsOut[world] = (float)worlds[world, _rows.Reward];
        SuccessOut[world] = worlds[world, _rows.Success] > 0;
        OverflowOut[world] = _simulation.GetOverflow(world) > 0 || _simulation.GetResetCount(world) > 0;
        TerminatedOut[world] = SuccessOut[world] || _goals[world].Kind == ClevrGoalKind.Step;
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
}
