using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>
/// A spatial vector per world, rotational part first: a motion (angular, linear velocity) or a force (torque, force).
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="rot">Rotational part.</param>
/// <param name="lin">Linear part.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Spatial<TLane>(Vec3<TLane> rot, Vec3<TLane> lin)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Rotational part.</summary>
    public readonly Vec3<TLane> Rot = rot;

    /// <summary>Linear part.</summary>
    public readonly Vec3<TLane> Lin = lin;

    /// <summary>Reads six rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> Load<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane> => new(Vec3<TLane>.Load(rows, row), Vec3<TLane>.Load(rows, row, 3));

    /// <summary>Writes six rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane>
    {
        Rot.Store(rows, row);
        Lin.Store(rows, row, 3);
    }

    /// <summary>Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> operator +(Spatial<TLane> a, Spatial<TLane> b) => new(a.Rot + b.Rot, a.Lin + b.Lin);

    /// <summary>b + s * a, each component with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> MulAdd(TLane s, Spatial<TLane> a, Spatial<TLane> b) =>
        new(Vec3<TLane>.MulAdd(s, a.Rot, b.Rot), Vec3<TLane>.MulAdd(s, a.Lin, b.Lin));

    /// <summary>Dot product of a motion and a force: power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Dot(Spatial<TLane> a, Spatial<TLane> b) =>
        Vec3<TLane>.Dot(a.Rot, b.Rot) + Vec3<TLane>.Dot(a.Lin, b.Lin);

    /// <summary>
    /// Rate of change of motion <paramref name="m"/> carried along with <paramref name="v"/> (mju_crossMotion).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> CrossMotion(Spatial<TLane> v, Spatial<TLane> m) => new(
        Vec3<TLane>.Cross(v.Rot, m.Rot),
        Vec3<TLane>.Cross(v.Rot, m.Lin) + Vec3<TLane>.Cross(v.Lin, m.Rot));

    /// <summary>
    /// Rate of change of force <paramref name="f"/> carried along with <paramref name="v"/> (mju_crossForce).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> CrossForce(Spatial<TLane> v, Spatial<TLane> f) => new(
        Vec3<TLane>.Cross(v.Rot, f.Rot) + Vec3<TLane>.Cross(v.Lin, f.Lin),
        Vec3<TLane>.Cross(v.Rot, f.Lin));

    /// <summary>
    /// Product of the spatial inertia in ten rows from <paramref name="row"/> on (xx yy zz xy xz yz, mass times
    /// center, mass) with motion <paramref name="v"/> (mju_mulInertVec).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Spatial<TLane> MulInertia<TRows>(TRows rows, int row, Spatial<TLane> v)
        where TRows : unmanaged, IRows<TLane>
    {
        TLane xy = rows.Load(row, 3);
        TLane xz = rows.Load(row, 4);
        TLane yz = rows.Load(row, 5);
        Vec3<TLane> moment = Vec3<TLane>.Load(rows, row, 6);
        Vec3<TLane> rot = new(
            TLane.MulAdd(xz, v.Rot.Z, TLane.MulAdd(xy, v.Rot.Y, rows.Load(row) * v.Rot.X)),
            TLane.MulAdd(yz, v.Rot.Z, TLane.MulAdd(rows.Load(row, 1), v.Rot.Y, xy * v.Rot.X)),
            TLane.MulAdd(rows.Load(row, 2), v.Rot.Z, TLane.MulAdd(yz, v.Rot.Y, xz * v.Rot.X)));
        return new(
            rot + Vec3<TLane>.Cross(moment, v.Lin),
            Vec3<TLane>.MulAdd(rows.Load(row, 9), v.Lin, Vec3<TLane>.Cross(v.Rot, moment)));
    }
}
