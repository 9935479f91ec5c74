using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The 39 observed numbers of every world of a bundle.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRows">The rows.</typeparam>
/// <param name="rows">The bundle.</param>
/// <param name="first">Row of the first number.</param>
public readonly struct ObservationView<TLane, TRows>(TRows rows, int first)
    where TLane : unmanaged, ILane<TLane>
    where TRows : unmanaged, IRows<TLane>
{
    private readonly TRows _rows = rows;
    private readonly int _first = first;

    /// <summary>Position of the hand, m (obs[0:3]).</summary>
    public Vec3<TLane> Hand => Point(0);

    /// <summary>Opening of the gripper, 0 … 1 (obs[3]).</summary>
    public TLane Gripper => Number(3);

    /// <summary>Position of the first object, m (obs[4:7]).</summary>
    public Vec3<TLane> Object => Point(4);

    /// <summary>Position of the second object, m (obs[11:14]).</summary>
    public Vec3<TLane> Object2 => Point(11);

    /// <summary>Position of the goal, m (obs[36:39]).</summary>
    public Vec3<TLane> Goal => Point(36);

    /// <summary>One observed number (obs[index]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Number(int index) => _rows.Load(_first + index);

    /// <summary>Three observed numbers (obs[index:index + 3]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vec3<TLane> Point(int index) => Vec3<TLane>.Load(_rows, _first + index);
}
