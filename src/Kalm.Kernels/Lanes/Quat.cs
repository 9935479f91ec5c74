using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>
/// A quaternion w, x, y, z per world; unit quaternions are rotations from the local to the outer frame.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="w">Real part.</param>
/// <param name="x">First imaginary part.</param>
/// <param name="y">Second imaginary part.</param>
/// <param name="z">Third imaginary part.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Quat<TLane>(TLane w, TLane x, TLane y, TLane z)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Real part.</summary>
    public readonly TLane W = w;

    /// <summary>First imaginary part.</summary>
    public readonly TLane X = x;

    /// <summary>Second imaginary part.</summary>
    public readonly TLane Y = y;

    /// <summary>Third imaginary part.</summary>
    public readonly TLane Z = z;

    /// <summary>Reads four rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quat<TLane> Load<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane> =>
        new(rows.Load(row), rows.Load(row, 1), rows.Load(row, 2), rows.Load(row, 3));

    /// <summary>Reads four real constants from <paramref name="address"/> on, the same in every world.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quat<TLane> Constant<TRows>(TRows rows, int address)
        where TRows : unmanaged, IRows<TLane> =>
        new(rows.Constant(address), rows.Constant(address + 1), rows.Constant(address + 2), rows.Constant(address + 3));

    /// <summary>Writes four rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(row, W);
        rows.Store(row, 1, X);
        rows.Store(row, 2, Y);
        rows.Store(row, 3, Z);
    }

    /// <summary>Rotation b followed by rotation a (mju_mulQuat).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quat<TLane> operator *(Quat<TLane> a, Quat<TLane> b) => new(
        TLane.NegMulAdd(a.Z, b.Z, TLane.NegMulAdd(a.Y, b.Y, TLane.NegMulAdd(a.X, b.X, a.W * b.W))),
        TLane.NegMulAdd(a.Z, b.Y, TLane.MulAdd(a.Y, b.Z, TLane.MulAdd(a.X, b.W, a.W * b.X))),
        TLane.MulAdd(a.Z, b.X, TLane.MulAdd(a.Y, b.W, TLane.NegMulAdd(a.X, b.Z, a.W * b.Y))),
        TLane.MulAdd(a.Z, b.W, TLane.NegMulAdd(a.Y, b.X, TLane.MulAdd(a.X, b.Y, a.W * b.Z))));

    /// <summary>
    /// Unit quaternion of the same direction; no rotation where the length is below 1e-15 (mju_normalize4).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quat<TLane> Normalize(Quat<TLane> a)
    {
        TLane one = TLane.Const(1);
        TLane zero = TLane.Const(0);
        TLane square = TLane.MulAdd(a.Z, a.Z, TLane.MulAdd(a.Y, a.Y, TLane.MulAdd(a.X, a.X, a.W * a.W)));
        TLane length = TLane.Sqrt(square);
        TLane none = length < TLane.Const(1e-15);
        TLane scale = one / TLane.Select(none, one, length);
        return new(
            TLane.Select(none, one, scale * a.W), TLane.Select(none, zero, scale * a.X),
            TLane.Select(none, zero, scale * a.Y), TLane.Select(none, zero, scale * a.Z));
    }

    /// <summary>Rotation of <paramref name="angle"/> radians about a unit axis (mju_axisAngle2Quat).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quat<TLane> AxisAngle(Vec3<TLane> axis, TLane angle)
    {
        LaneMath.SinCos(TLane.Const(0.5) * angle, out TLane sin, out TLane cos);
        return new(cos, sin * axis.X, sin * axis.Y, sin * axis.Z);
    }

    /// <summary>Rotated vector (mju_rotVecQuat).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> Rotate(Vec3<TLane> v, Quat<TLane> q)
    {
        // v + 2 w (u x v) + 2 u x (u x v), u the imaginary part
        Vec3<TLane> u = new(q.X, q.Y, q.Z);
        TLane two = TLane.Const(2);
        Vec3<TLane> t = two * Vec3<TLane>.Cross(u, v);
        return Vec3<TLane>.MulAdd(q.W, t, v) + Vec3<TLane>.Cross(u, t);
    }
}
