using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Rows and tables of a task's worlds: those of the simulation, and what the environment appends.</summary>
internal sealed class TaskLayout
{
    // lowest and highest hand position that is observed (_HAND_SPACE), m, and opening of the gripper
    private static readonly double[] HandLow = [-0.525, 0.348, -0.0525, -1];
    private static readonly double[] HandHigh = [0.525, 1.025, 0.7, 1];

    private readonly List<int> _ranges = [];

    /// <summary>Lays out the worlds of a task.</summary>
    /// <param name="spec">The task.</param>
    /// <param name="model">Its scene.</param>
    /// <param name="version">The reward that is paid.</param>
    /// <param name="everyFrame">
    /// Whether the frame of everything is computed, as resets may ask for; else only what steps need.
    /// </param>
    public TaskLayout(TaskSpec spec, Model model, RewardVersion version, bool everyFrame = true)
    {
        Spec = spec;
        string[] handles = [.. CommonHandles.Names, .. Spec.Handles];
        Simulation = new SimulationLayout(model, new SimulationOptions
        {
            WorldBodies = [.. spec.MovedBodies.Select(model.names.Body)],
            WorldSites = [.. spec.MovedSites.Select(model.names.Site)],
            EveryFrame = everyFrame,
            Bodies = [.. Named(handles, "body:").Select(model.names.Body)],
            Geoms = [.. Named(handles, "geom:").Select(model.names.Geom)],
            Sites = [.. Named(handles, "site:").Select(model.names.Site)],
        });
        int table = Simulation.AddIntegers(HandleTable(handles));
        Env = Simulation.AddRows(SceneRows.Count);
        AddRanges(spec, model);
        int dirty = Simulation.AddRows(1);
        StateSize = 0;
        for (int i = 1; i < _ranges.Count; i += 2) StateSize += _ranges[i];
        At = new StepRows
        {
            Scene = new SceneRows(table, Env),
            Dirty = dirty,
            Saved = Simulation.AddRows(StateSize),
            Ranges = Simulation.AddIntegers([.. _ranges]),
            RangeCount = _ranges.Count / 2,
            Boxes = Simulation.AddConstants(Boxes(spec)),
            LeftPadPair = PadPair("leftpad_geom"),
            RightPadPair = PadPair("rightpad_geom"),
            Version = (int)version,
        };
    }

    /// <summary>The task.</summary>
    public TaskSpec Spec { get; }

    /// <summary>Rows and tables.</summary>
    public SimulationLayout Simulation { get; }

    /// <summary>First row of the environment's rows.</summary>
    public int Env { get; }

    /// <summary>What the kernels need.</summary>
    public StepRows At { get; }

    /// <summary>Numbers of a world's state.</summary>
    public int StateSize { get; }

    /// <summary>Place of the moved bodies' and sites' positions in a state.</summary>
    public int MovedAt => StateSize - SceneRows.Count - MovedSize;

    /// <summary>Numbers of these positions.</summary>
    public int MovedSize => 3 * (Spec.MovedBodies.Count + Spec.MovedSites.Count);

    /// <summary>
    /// Copies the state of a world: positions, velocities, then everything else that outlives a step.
    /// </summary>
    public void GetState(WorldBlock worlds, int world, Span<double> state)
    {
        int at = 0;
        for (int range = 0; range < _ranges.Count; range += 2)
        {
            int count = _ranges[range + 1];
            worlds.Read(world, _ranges[range], state.Slice(at, count));
            at += count;
        }
    }

    /// <summary>Sets the state of a world; its bundle computes what follows from positions again.</summary>
    public void SetState(WorldBlock worlds, int world, ReadOnlySpan<double> state)
    {
        int at = 0;
        for (int range = 0; range < _ranges.Count; range += 2)
        {
            int count = _ranges[range + 1];
            worlds.Write(world, _ranges[range], state.Slice(at, count));
            at += count;
        }

        worlds[world, At.Dirty] = 1;
    }

    /// <summary>First row of the position, matrix (part 1) or quaternion (part 2) of a handle.</summary>
    /// <exception cref="KalmException">The scene has no such thing.</exception>
    public int Row(string handle, int part)
    {
        Model model = Simulation.Model;
        DataRows data = Simulation.DataRows;
        int colon = handle.IndexOf(':', StringComparison.Ordinal);
        string name = handle[(colon + 1)..];
        switch (handle[..Math.Max(colon, 0)])
        {
            case "body":
                int body = model.names.Body(name);
                return part switch
                {
                    0 => data.xpos + (3 * body),
                    1 => data.xmat + (9 * body),
                    _ => data.xquat + (4 * body),
                };
            case "geom":
                return Frame(part, data.geom_xpos, data.geom_xmat, model.names.Geom(name));
            case "site":
                return Frame(part, data.site_xpos, data.site_xmat, model.names.Site(name));
            case "joint":
                int joint = model.names.Joint(name);
                return part == 0 ? data.qpos + model.jnt_qposadr[joint] : data.qvel + model.jnt_dofadr[joint];
            default:
                throw new KalmException($"handle: found '{handle}', expected body:, geom:, site: or joint: and a name");
        }
    }

    private int PadPair(string pad)
    {
        if (Spec.MainObject == null) return -1;
        ModelNames names = Simulation.Model.names;
        return Simulation.FindPair(names.Geom(pad), names.Geom(Spec.MainObject));
    }

    private int Frame(int part, int positions, int matrices, int id) => part switch
    {
        0 => Simulation.Integers[positions + id],
        1 => Simulation.Integers[matrices + id],
        _ => 0,
    };

    private static IEnumerable<string> Named(string[] handles, string kind) => handles
        .Where(handle => handle.StartsWith(kind, StringComparison.Ordinal))
        .Select(handle => handle[kind.Length..]);

    private int[] HandleTable(string[] handles)
    {
        int[] table = new int[handles.Length * SceneRows.HandleStride];
        for (int i = 0; i < table.Length; i++)
            table[i] = Row(handles[i / SceneRows.HandleStride], i % SceneRows.HandleStride);
        return table;
    }

    private void AddRanges(TaskSpec spec, Model model)
    {
        DataRows data = Simulation.DataRows;
        _ranges.AddRange([data.qpos, model.nq]);
        _ranges.AddRange([data.qvel, model.nv]);
        _ranges.AddRange([data.qacc_warmstart, model.nv]);
        _ranges.AddRange([data.ctrl, model.nu]);
        _ranges.AddRange([data.mocap_pos, 3 * model.nmocap]);
        _ranges.AddRange([data.mocap_quat, 4 * model.nmocap]);
        _ranges.AddRange([data.time, 1]);
        foreach (string body in spec.MovedBodies)
            _ranges.AddRange([Simulation.BodyPosRow(model.names.Body(body)), 3]);
        foreach (string site in spec.MovedSites)
            _ranges.AddRange([Simulation.SitePosRow(model.names.Site(site)), 3]);
        _ranges.AddRange([Env, SceneRows.Count]);
    }

    private static double[] Boxes(TaskSpec spec)
    {
        double[] low = [.. HandLow, .. Enumerable.Repeat(double.NegativeInfinity, 14)];
        double[] high = [.. HandHigh, .. Enumerable.Repeat(double.PositiveInfinity, 14)];
        return
        [
            .. Numbers(spec.MocapLow), .. Numbers(spec.MocapHigh),
            .. low, .. low, .. Numbers(spec.GoalLow), .. high, .. high, .. Numbers(spec.GoalHigh),
        ];
    }

    private static double[] Numbers(Point point) => [point.X, point.Y, point.Z];
}
