using System.Runtime.CompilerServices;

namespace Kalm.Kernels.Lanes;

/// <summary>
/// Rows of one bundle on the CPU: the worlds of one lane group, all rows side by side, so that the working set of a
/// step stays in the first-level caches. Row r of the bundle is one lane at <c>base + r * lane size</c>.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
public readonly unsafe struct BundleRows<TLane> : IRows<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    private readonly byte* _rows;
    private readonly void* _constants;
    private readonly int* _integers;

    /// <summary>Rows at <paramref name="rows"/> with the tables of one launch.</summary>
    /// <param name="rows">First row; aligned to the lane's size.</param>
    /// <param name="constants">Real constants in the lane's scalar type.</param>
    /// <param name="integers">Integer constants.</param>
    public BundleRows(void* rows, void* constants, int* integers)
    {
        _rows = (byte*)rows;
        _constants = constants;
        _integers = integers;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Load(int row) => TLane.Load(_rows + ((nint)row * sizeof(TLane)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Load(int row, int offset) =>
        TLane.Load(_rows + ((nint)row * sizeof(TLane)) + ((nint)offset * sizeof(TLane)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int row, int offset, TLane value) =>
        TLane.Store(_rows + ((nint)row * sizeof(TLane)) + ((nint)offset * sizeof(TLane)), value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(int row, TLane value) => TLane.Store(_rows + ((nint)row * sizeof(TLane)), value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Uniform(int row) => TLane.FirstInteger(_rows + ((nint)row * sizeof(TLane)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Gather(TLane row) => TLane.Gather(_rows, row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Gather(TLane row, int offset) => TLane.Gather(_rows + ((nint)offset * sizeof(TLane)), row);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scatter(TLane row, TLane value) => TLane.Scatter(_rows, row, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scatter(TLane row, int offset, TLane value) =>
        TLane.Scatter(_rows + ((nint)offset * sizeof(TLane)), row, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Constant(int index) => TLane.Broadcast(_constants, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane GatherConstant(TLane index) => TLane.GatherTable(_constants, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Integer(int index) => _integers[index];
}
