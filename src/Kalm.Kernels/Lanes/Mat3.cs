using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>A 3 x 3 matrix per world, row-major in memory: nine rows.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="row0">First row.</param>
/// <param name="row1">Second row.</param>
/// <param name="row2">Third row.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Mat3<TLane>(Vec3<TLane> row0, Vec3<TLane> row1, Vec3<TLane> row2)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>First row.</summary>
    public readonly Vec3<TLane> Row0 = row0;

    /// <summary>Second row.</summary>
    public readonly Vec3<TLane> Row1 = row1;

    /// <summary>Third row.</summary>
    public readonly Vec3<TLane> Row2 = row2;

    /// <summary>Reads nine rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mat3<TLane> Load<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane> =>
        new(Vec3<TLane>.Load(rows, row), Vec3<TLane>.Load(rows, row, 3), Vec3<TLane>.Load(rows, row, 6));

    /// <summary>
    /// Column <paramref name="column"/> of a matrix whose nine rows lie from <paramref name="row"/> on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> LoadColumn<TRows>(TRows rows, int row, int column)
        where TRows : unmanaged, IRows<TLane> =>
        new(rows.Load(row + column), rows.Load(row + column, 3), rows.Load(row + column, 6));

    /// <summary>Writes nine rows from <paramref name="row"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TRows>(TRows rows, int row)
        where TRows : unmanaged, IRows<TLane>
    {
        Row0.Store(rows, row);
        Row1.Store(rows, row, 3);
        Row2.Store(rows, row, 6);
    }

    /// <summary>Matrix times vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec3<TLane> operator *(Mat3<TLane> m, Vec3<TLane> v) =>
        new(Vec3<TLane>.Dot(m.Row0, v), Vec3<TLane>.Dot(m.Row1, v), Vec3<TLane>.Dot(m.Row2, v));

    /// <summary>Rotation matrix of a unit quaternion (mju_quat2Mat).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mat3<TLane> FromQuat(Quat<TLane> q)
    {
        TLane two = TLane.Const(2);
        TLane ww = q.W * q.W;
        TLane xx = q.X * q.X;
        TLane yy = q.Y * q.Y;
        TLane zz = q.Z * q.Z;
        TLane xy = q.X * q.Y;
        TLane xz = q.X * q.Z;
        TLane yz = q.Y * q.Z;
        TLane wx = q.W * q.X;
        TLane wy = q.W * q.Y;
        TLane wz = q.W * q.Z;
        return new(
            new(ww + xx - yy - zz, two * (xy - wz), two * (xz + wy)),
            new(two * (xy + wz), ww - xx + yy - zz, two * (yz - wx)),
            new(two * (xz - wy), two * (yz + wx), ww - xx - yy + zz));
    }
}
