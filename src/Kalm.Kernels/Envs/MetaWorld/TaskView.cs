using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>What a task sees of every world of a bundle.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRows">The rows.</typeparam>
/// <param name="rows">The bundle.</param>
/// <param name="at">Where things are.</param>
public readonly struct TaskView<TLane, TRows>(TRows rows, SceneRows at)
    where TLane : unmanaged, ILane<TLane>
    where TRows : unmanaged, IRows<TLane>
{
    private readonly TRows _rows = rows;
    private readonly SceneRows _at = at;

    /// <summary>The observation.</summary>
    public ObservationView<TLane, TRows> Observation => new(_rows, _at.Env + SceneRows.Observation);

    /// <summary>Goal position (_target_pos), m.</summary>
    public Vec3<TLane> Target => Vec3<TLane>.Load(_rows, _at.Env + SceneRows.Target);

    /// <summary>Initial position of the object (obj_init_pos), m.</summary>
    public Vec3<TLane> ObjectInit => Vec3<TLane>.Load(_rows, _at.Env + SceneRows.ObjectInit);

    /// <summary>Point between the finger tips after the hand's reset (init_tcp), m.</summary>
    public Vec3<TLane> TcpInit => Vec3<TLane>.Load(_rows, _at.Env + SceneRows.TcpInit);

    /// <summary>Point between the finger tips (tcp_center), m.</summary>
    public Vec3<TLane> Tcp => TLane.Const(0.5) * (Common(CommonHandles.RightFinger) + Common(CommonHandles.LeftFinger));

    /// <summary>Tip of the left finger, m.</summary>
    public Vec3<TLane> LeftFinger => Common(CommonHandles.LeftFinger);

    /// <summary>Body of the left pad, m.</summary>
    public Vec3<TLane> LeftPad => Common(CommonHandles.LeftPad);

    /// <summary>Body of the right pad, m.</summary>
    public Vec3<TLane> RightPad => Common(CommonHandles.RightPad);

    /// <summary>Mask: both pads press on the main object (touching_main_object).</summary>
    public TLane Touching => _rows.Load(_at.Env + SceneRows.Touching) > TLane.Const(0);

    /// <summary>Number <paramref name="index"/> of the action as given, not clipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Action(int index) => _rows.Load(_at.Env + SceneRows.Action + index);

    /// <summary>What the reset stored in place <paramref name="index"/> of the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Memory(int index) => _rows.Load(_at.Env + SceneRows.Memory + index);

    /// <summary>Three numbers of the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec3<TLane> MemoryPoint(int index) => Vec3<TLane>.Load(_rows, _at.Env + SceneRows.Memory + index);

    /// <summary>Stores a number of the memory; for version 1 rewards that remember stages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetMemory(int index, TLane value) => _rows.Store(_at.Env + SceneRows.Memory + index, value);

    /// <summary>Moves the goal (_target_pos); for tasks of several stages. The next observation shows it.</summary>
    public void SetTarget(Vec3<TLane> target) => target.Store(_rows, _at.Env + SceneRows.Target);

    /// <summary>Position of the body, geom or site of a handle of the task, m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec3<TLane> Position(int handle) => Vec3<TLane>.Load(_rows, Row(CommonHandles.Count + handle, 0));

    /// <summary>Orientation of the body or geom of a handle of the task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Mat3<TLane> Matrix(int handle) => Mat3<TLane>.Load(_rows, Row(CommonHandles.Count + handle, 1));

    /// <summary>Orientation of the body of a handle of the task, w x y z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Quat<TLane> Quaternion(int handle) => Quat<TLane>.Load(_rows, Row(CommonHandles.Count + handle, 2));

    /// <summary>First coordinate of the joint of a handle of the task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Coordinate(int handle) => _rows.Load(Row(CommonHandles.Count + handle, 0));

    /// <summary>First velocity of the joint of a handle of the task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Velocity(int handle) => _rows.Load(Row(CommonHandles.Count + handle, 1));

    /// <summary>
    /// Writes one object of the current observation: position, then four numbers of orientation as they are observed
    /// (obs[4 + 7 slot : 11 + 7 slot]).
    /// </summary>
    public void SetObject(int slot, Vec3<TLane> position, TLane q0, TLane q1, TLane q2, TLane q3)
    {
        int first = _at.Env + SceneRows.Observation + 4 + (7 * slot);
        position.Store(_rows, first);
        _rows.Store(first + 3, q0);
        _rows.Store(first + 4, q1);
        _rows.Store(first + 5, q2);
        _rows.Store(first + 6, q3);
    }

    /// <summary>Writes one object with a quaternion as MuJoCo has it, w x y z.</summary>
    public void SetObject(int slot, Vec3<TLane> position, Quat<TLane> orientation) =>
        SetObject(slot, position, orientation.W, orientation.X, orientation.Y, orientation.Z);

    /// <summary>Writes one object with the quaternion SciPy makes of a matrix, x y z w.</summary>
    public void SetObject(int slot, Vec3<TLane> position, Mat3<TLane> orientation)
    {
        RewardTools.SciPyQuaternion(orientation, out TLane x, out TLane y, out TLane z, out TLane w);
        SetObject(slot, position, x, y, z, w);
    }

    /// <summary>Position of the hand, m.</summary>
    internal Vec3<TLane> Hand => Common(CommonHandles.Hand);

    /// <summary>Distance between the claws, m.</summary>
    internal TLane ClawDistance =>
        Vec3<TLane>.Length(Common(CommonHandles.RightClaw) - Common(CommonHandles.LeftClaw));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vec3<TLane> Common(int handle) => Vec3<TLane>.Load(_rows, Row(handle, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Row(int handle, int part) => _rows.Integer(_at.Handles + (SceneRows.HandleStride * handle) + part);
}
