using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Which entry of a table of constants each world reads: the same one, or its own.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="first">Address of the first world's entry.</param>
/// <param name="mixed">Whether worlds read different entries.</param>
/// <param name="entry">Address of each world's entry; read only where they differ.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct EfcIndex<TLane>(int first, bool mixed, TLane entry)
    where TLane : unmanaged, ILane<TLane>
{
    private readonly int _first = first;
    private readonly bool _mixed = mixed;
    private readonly TLane _entry = entry;

    /// <summary>The same entry for all worlds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcIndex<TLane> Of(in DataRows data, int index) =>
        new(data.efc_constants + (EfcConstants.Stride * index), false, default);

    /// <summary>The entry of each world's own pair.</summary>
    /// <param name="table">Address of the table.</param>
    /// <param name="stride">Size of an entry.</param>
    /// <param name="first">Pair of the first world.</param>
    /// <param name="mixed">Whether worlds have different pairs.</param>
    /// <param name="pair">Pair of each world.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcIndex<TLane> Of(int table, int stride, int first, bool mixed, TLane pair) =>
        new(table + (stride * first), mixed, TLane.MulAdd(pair, TLane.Const(stride), TLane.Const(table)));

    /// <summary>One constant of the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Constant<TRows>(TRows rows, int constant)
        where TRows : unmanaged, IRows<TLane> => _mixed
            ? rows.GatherConstant(_entry + TLane.Const(constant))
            : rows.Constant(_first + constant);
}
