using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>A batch of independent worlds of one model, stepped together.</summary>
/// <remarks>
/// Every world's results are the same bits for any batch size, position in the batch, thread count and lane width of
/// the same precision. Reads and writes of single worlds are for setting up and looking; an environment works on the
/// rows within its own kernel (<see cref="Forward"/>).
/// </remarks>
public sealed class Simulation : IDisposable
{
    private readonly ILauncher _launcher;
    private bool _restPlaced;

    /// <summary>Worlds at the reference pose.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="nworld">Number of worlds.</param>
    /// <param name="kind">Lane type: precision and width.</param>
    /// <param name="launcher">Runs the kernels.</param>
    public Simulation(Model model, int nworld, LaneKind kind, ILauncher launcher)
        : this(new SimulationLayout(model), nworld, kind, launcher)
    {
    }

    /// <summary>Worlds at the reference pose, with rows and constants its user appended.</summary>
    /// <param name="layout">Rows and tables; not changed any more.</param>
    /// <param name="nworld">Number of worlds.</param>
    /// <param name="kind">Lane type: precision and width.</param>
    /// <param name="launcher">Runs the kernels.</param>
    public Simulation(SimulationLayout layout, int nworld, LaneKind kind, ILauncher launcher)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(launcher);
        Layout = layout;
        _launcher = launcher;
        Worlds = new(kind, nworld, layout.DataRows.nrow, layout.Constants, layout.Integers);
        Launch(new InitialKernel(layout.ModelRows, layout.DataRows));
    }

    /// <summary>Rows and tables.</summary>
    public SimulationLayout Layout { get; }

    /// <summary>Memory of the batch; padding worlds rest at the reference pose.</summary>
    public WorldBlock Worlds { get; }

    /// <summary>The model.</summary>
    public Model Model => Layout.Model;

    /// <summary>Number of worlds.</summary>
    public int Count => Worlds.WorldCount;

    /// <summary>Advances all worlds by <paramref name="count"/> time steps.</summary>
    public void Step(int count = 1) => Launch(new StepKernel(Layout.ModelRows, Layout.DataRows, count));

    /// <summary>Computes accelerations and everything before them, without a step.</summary>
    public void RunForward() => Launch(new ForwardKernel(Layout.ModelRows, Layout.DataRows));

    /// <summary>
    /// Brings frames, contacts and velocities up to date with the state; warm starts stay as they are.
    /// </summary>
    public void RunPositional() => Launch(new PositionalKernel(Layout.ModelRows, Layout.DataRows));

    /// <summary>Runs a kernel over the batch.</summary>
    public void Launch<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        _launcher.Launch(Worlds, kernel);
        _restPlaced = false;
    }

    /// <summary>
    /// Brings the frames of what does not move up to date, after <see cref="SetBodyPos"/> or <see cref="SetSitePos"/>.
    /// </summary>
    public void Place() => Launch(new PlaceKernel(Layout.ModelRows, Layout.DataRows));

    /// <summary>
    /// Brings the frames that <see cref="SimulationOptions.EveryFrame"/> leaves out up to the positions of the last
    /// kernel; asked again it does nothing.
    /// </summary>
    public void PlaceRest()
    {
        if (!_restPlaced) Launch(new RestKernel(Layout.ModelRows, Layout.DataRows));
        _restPlaced = true;
    }

    /// <summary>Puts one world into the reference pose at rest.</summary>
    public void Reset(int world)
    {
        Write(world, Layout.DataRows.qpos, Model.qpos0);
        Fill(world, Layout.DataRows.qvel, Model.nv, 0);
        ResetInternal(world);
    }

    /// <summary>Clears one world's controls, warm start and time; mocap bodies return to their place.</summary>
    public void ResetInternal(int world)
    {
        DataRows data = Layout.DataRows;
        for (int body = 0; body < Model.nbody; body++)
        {
            int mocap = Model.body_mocapid[body];
            if (mocap < 0) continue;
            Write(world, data.mocap_pos + (3 * mocap), Model.body_pos.AsSpan(3 * body, 3));
            Write(world, data.mocap_quat + (4 * mocap), Model.body_quat.AsSpan(4 * body, 4));
        }

        Fill(world, data.ctrl, Model.nu, 0);
        Fill(world, data.qacc_warmstart, Model.nv, 0);
        Worlds[world, data.time] = 0;
    }

    /// <summary>Copies one world's generalized coordinates.</summary>
    public void GetQpos(int world, Span<double> qpos) => Read(world, Layout.DataRows.qpos, Sized(qpos, Model.nq));

    /// <summary>Sets one world's generalized coordinates.</summary>
    public void SetQpos(int world, ReadOnlySpan<double> qpos) =>
        Write(world, Layout.DataRows.qpos, Sized(qpos, Model.nq));

    /// <summary>Copies one world's generalized velocities.</summary>
    public void GetQvel(int world, Span<double> qvel) => Read(world, Layout.DataRows.qvel, Sized(qvel, Model.nv));

    /// <summary>Sets one world's generalized velocities.</summary>
    public void SetQvel(int world, ReadOnlySpan<double> qvel) =>
        Write(world, Layout.DataRows.qvel, Sized(qvel, Model.nv));

    /// <summary>Copies one world's controls.</summary>
    public void GetCtrl(int world, Span<double> ctrl) => Read(world, Layout.DataRows.ctrl, Sized(ctrl, Model.nu));

    /// <summary>Sets one world's controls.</summary>
    public void SetCtrl(int world, ReadOnlySpan<double> ctrl) =>
        Write(world, Layout.DataRows.ctrl, Sized(ctrl, Model.nu));

    /// <summary>Copies one world's position and orientation of a mocap body.</summary>
    public void GetMocap(int world, int mocap, Span<double> pos, Span<double> quat)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)mocap, (uint)Model.nmocap);
        Read(world, Layout.DataRows.mocap_pos + (3 * mocap), Sized(pos, 3));
        Read(world, Layout.DataRows.mocap_quat + (4 * mocap), Sized(quat, 4));
    }

    /// <summary>Sets one world's position and orientation of a mocap body; any length of the latter will do.</summary>
    public void SetMocap(int world, int mocap, ReadOnlySpan<double> pos, ReadOnlySpan<double> quat)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)mocap, (uint)Model.nmocap);
        Write(world, Layout.DataRows.mocap_pos + (3 * mocap), Sized(pos, 3));
        Write(world, Layout.DataRows.mocap_quat + (4 * mocap), Sized(quat, 4));
    }

    /// <summary>Copies the acceleration one world's next solve starts from.</summary>
    public void GetWarmstart(int world, Span<double> qacc) =>
        Read(world, Layout.DataRows.qacc_warmstart, Sized(qacc, Model.nv));

    /// <summary>Sets the acceleration one world's next solve starts from.</summary>
    public void SetWarmstart(int world, ReadOnlySpan<double> qacc) =>
        Write(world, Layout.DataRows.qacc_warmstart, Sized(qacc, Model.nv));

    /// <summary>Sets one world's place of a body in its parent; <see cref="Place"/> makes it felt.</summary>
    /// <param name="world">The world.</param>
    /// <param name="body">One of the layout's world bodies.</param>
    /// <param name="pos">Position, (3), m.</param>
    public void SetBodyPos(int world, int body, ReadOnlySpan<double> pos) =>
        Write(world, Layout.BodyPosRow(body), Sized(pos, 3));

    /// <summary>Sets one world's place of a site in its body; <see cref="Place"/> makes it felt.</summary>
    /// <param name="world">The world.</param>
    /// <param name="site">One of the layout's world sites.</param>
    /// <param name="pos">Position, (3), m.</param>
    public void SetSitePos(int world, int site, ReadOnlySpan<double> pos) =>
        Write(world, Layout.SitePosRow(site), Sized(pos, 3));

    /// <summary>Number of values <see cref="GetState"/> copies.</summary>
    public int StateSize => Layout.StateRows.Sum(part => part.Count);

    /// <summary>
    /// Copies everything that decides about one world's future: coordinates, velocities, controls, mocap bodies, warm
    /// start, time, and what the world has of the model.
    /// </summary>
    public void GetState(int world, Span<double> state)
    {
        state = Sized(state, StateSize);
        foreach ((int row, int count) in Layout.StateRows)
        {
            Read(world, row, state[..count]);
            state = state[count..];
        }
    }

    /// <summary>
    /// Sets what <see cref="GetState"/> copied; <see cref="Place"/> makes another place of a body or site felt.
    /// </summary>
    public void SetState(int world, ReadOnlySpan<double> state)
    {
        state = Sized(state, StateSize);
        foreach ((int row, int count) in Layout.StateRows)
        {
            Write(world, row, state[..count]);
            state = state[count..];
        }
    }

    /// <summary>The contacts one world had when its positions were last computed, pair after pair.</summary>
    public IReadOnlyList<SimulationContact> GetContacts(int world)
    {
        DataRows data = Layout.DataRows;
        List<SimulationContact> contacts = [];
        for (int i = 0; i < (int)Worlds[world, data.contact_count]; i++)
        {
            // a mask that is set is no number
            int entry = data.contact + (i * ContactList.Stride);
            if (Worlds[world, entry + ContactList.Touching] == 0) continue;
            int pair = Layout.Integers[data.group_pair + (2 * (int)Worlds[world, entry + ContactList.Pair])];
            double[] position = new double[3];
            double[] normal = new double[3];
            Read(world, entry + ContactList.Position, position);
            Read(world, entry + ContactList.Normal, normal);
            double distance = Worlds[world, entry + ContactList.Distance];
            contacts.Add(new(Model.pair_geom1[pair], Model.pair_geom2[pair], distance, position, normal));
        }

        return contacts;
    }

    /// <summary>
    /// Steps of one world in which contacts or constraints found no room, since the count was cleared.
    /// </summary>
    public int GetOverflow(int world) => (int)Worlds[world, Layout.DataRows.overflow];

    /// <summary>Times one world was reset because its state was not finite or too large.</summary>
    public int GetResetCount(int world) => (int)Worlds[world, Layout.DataRows.nreset];

    /// <summary>Copies rows of one world.</summary>
    public void Read(int world, int row, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Worlds[world, row + i];
    }

    /// <summary>Sets rows of one world.</summary>
    public void Write(int world, int row, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++) Worlds[world, row + i] = values[i];
    }

    /// <summary>Frees the memory of the batch.</summary>
    public void Dispose() => Worlds.Dispose();

    private void Fill(int world, int row, int count, double value)
    {
        for (int i = 0; i < count; i++) Worlds[world, row + i] = value;
    }

    private static Span<double> Sized(Span<double> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        return values;
    }

    private static ReadOnlySpan<double> Sized(ReadOnlySpan<double> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        return values;
    }

    private readonly struct InitialKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => Forward.Initialize<TLane, TRows>(rows, model, data);
    }

    private readonly struct PlaceKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => Forward.Place<TLane, TRows>(rows, model, data);
    }

    private readonly struct PositionalKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            Forward.Place<TLane, TRows>(rows, model, data);
            Forward.Positional<TLane, TRows>(rows, model, data);
        }
    }

    private readonly struct RestKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => Kinematics.Rest<TLane, TRows>(rows, model, data);
    }

    private readonly struct ForwardKernel(ModelRows model, DataRows data) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => Forward.Run<TLane, TRows>(rows, model, data);
    }

    private readonly struct StepKernel(ModelRows model, DataRows data, int count) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            for (int i = 0; i < count; i++) Forward.Step<TLane, TRows>(rows, model, data);
        }
    }
}
