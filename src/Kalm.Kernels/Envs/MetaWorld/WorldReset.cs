using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The reset of world 0 of a small simulation, as a task sees it.</summary>
/// <param name="layout">Rows and tables.</param>
/// <param name="simulation">The worlds; all of one bundle.</param>
internal sealed class WorldReset(TaskLayout layout, Simulation simulation) : ResetScene
{
    // a task asks again when it does not like the vector, which here stays the same
    private const int MaxRequests = 100;
    private readonly double[] _matrix = new double[9];
    private double[] _vector = [];
    private int _requests;

    /// <inheritdoc/>
    public override int CoordinateCount => simulation.Model.nq;

    /// <inheritdoc/>
    public override int VelocityCount => simulation.Model.nv;

    private WorldBlock Worlds => simulation.Worlds;

    private ModelNames Names => simulation.Model.names;

    /// <summary>Begins a reset_model once the hand is where it begins.</summary>
    /// <param name="vector">The random vector.</param>
    public void Begin(IReadOnlyList<double> vector)
    {
        _vector = [.. vector];
        _requests = 0;
        TcpInit = Tcp;
    }

    /// <summary>Writes what the task stored in the base class's attributes.</summary>
    public void End()
    {
        int env = layout.Env;
        Write(env + SceneRows.Target, Target);
        Write(env + SceneRows.ObjectInit, ObjectInit);
        Write(env + SceneRows.TcpInit, TcpInit);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> RandomVector() => ++_requests <= MaxRequests
        ? (double[])_vector.Clone()
        : throw new KalmException(
            $"task {layout.Spec.Name}: the goal [{string.Join(", ", _vector)}] is one the task rejects");

    /// <inheritdoc/>
    public override Point Position(string handle) => Read(layout.Row(handle, 0));

    /// <inheritdoc/>
    public override IReadOnlyList<double> Matrix(string handle)
    {
        simulation.Read(0, layout.Row(handle, 1), _matrix);
        return [.. _matrix];
    }

    /// <inheritdoc/>
    public override double GetCoordinate(int index) => Worlds[0, simulation.Layout.DataRows.qpos + index];

    /// <inheritdoc/>
    public override void SetCoordinate(int index, double value) =>
        Worlds[0, simulation.Layout.DataRows.qpos + index] = value;

    /// <inheritdoc/>
    public override double GetVelocity(int index) => Worlds[0, simulation.Layout.DataRows.qvel + index];

    /// <inheritdoc/>
    public override void SetVelocity(int index, double value) =>
        Worlds[0, simulation.Layout.DataRows.qvel + index] = value;

    /// <inheritdoc/>
    public override int CoordinateOf(string joint) => simulation.Model.jnt_qposadr[Names.Joint(joint)];

    /// <inheritdoc/>
    public override int VelocityOf(string joint) => simulation.Model.jnt_dofadr[Names.Joint(joint)];

    /// <inheritdoc/>
    public override void SetBodyPosition(string body, Point position) =>
        Write(simulation.Layout.BodyPosRow(Names.Body(body)), position);

    /// <inheritdoc/>
    public override Point GetBodyPosition(string body)
    {
        int id = Names.Body(body);
        if (layout.Spec.MovedBodies.Contains(body)) return Read(simulation.Layout.BodyPosRow(id));
        ReadOnlySpan<double> pos = simulation.Model.body_pos.AsSpan(3 * id, 3);
        return new(pos[0], pos[1], pos[2]);
    }

    /// <inheritdoc/>
    public override void SetSitePosition(string site, Point position) =>
        Write(simulation.Layout.SitePosRow(Names.Site(site)), position);

    /// <inheritdoc/>
    public override void Forward()
    {
        simulation.Place();
        simulation.RunForward();
    }

    /// <inheritdoc/>
    public override void Step(int count)
    {
        simulation.Place();
        simulation.Step(count);
    }

    /// <inheritdoc/>
    public override void SetMemory(int index, double value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SceneRows.MemorySize);
        Worlds[0, layout.Env + SceneRows.Memory + index] = value;
    }

    private Point Read(int row) => new(Worlds[0, row], Worlds[0, row + 1], Worlds[0, row + 2]);

    private void Write(int row, Point point)
    {
        Worlds[0, row] = point.X;
        Worlds[0, row + 1] = point.Y;
        Worlds[0, row + 2] = point.Z;
    }
}
