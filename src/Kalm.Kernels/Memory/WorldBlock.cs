using System.Diagnostics;
using System.Runtime.InteropServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Memory;

/// <summary>
/// The rows of a batch of worlds, with the constant tables of the model they share. World w is lane
/// <c>w % Width</c> of bundle <c>w / Width</c>; a bundle's rows lie together, each bundle 64-byte aligned. The last
/// bundle is padded with worlds the caller fills with a valid resting state.
/// </summary>
public sealed unsafe class WorldBlock : IDisposable
{
    private const int Alignment = 64;
    private void* _rows;
    private void* _constants;
    private void* _integers;

    /// <summary>Allocates zeroed rows.</summary>
    /// <param name="kind">The lane type the rows are laid out for.</param>
    /// <param name="nworld">Number of worlds.</param>
    /// <param name="nrow">Rows per world.</param>
    /// <param name="constants">Real constants, stored in the lane's precision.</param>
    /// <param name="integers">Integer constants.</param>
    public WorldBlock(
        LaneKind kind,
        int nworld,
        int nrow,
        ReadOnlySpan<double> constants = default,
        ReadOnlySpan<int> integers = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nworld, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(nrow, 1);
        Kind = kind;
        WorldCount = nworld;
        RowCount = nrow;
        BundleCount = (nworld + kind.Width() - 1) / kind.Width();

        // an odd number of cache lines between bundles keeps them off each other's cache sets
        nuint lines = (((nuint)nrow * (nuint)kind.Width() * (nuint)kind.ScalarSize()) + Alignment - 1) / Alignment;
        BundleBytes = (lines | 1) * Alignment;
        _rows = NativeMemory.AlignedAlloc(BundleBytes * (nuint)BundleCount, Alignment);
        NativeMemory.Clear(_rows, BundleBytes * (nuint)BundleCount);

        _constants = NativeMemory.AlignedAlloc((nuint)Math.Max(constants.Length, 1) * sizeof(double), Alignment);
        for (int i = 0; i < constants.Length; i++)
        {
            if (kind.Precision() == Precision.Float) ((float*)_constants)[i] = (float)constants[i];
            else ((double*)_constants)[i] = constants[i];
        }

        _integers = NativeMemory.AlignedAlloc((nuint)Math.Max(integers.Length, 1) * sizeof(int), Alignment);
        integers.CopyTo(new Span<int>(_integers, integers.Length));
    }

    /// <summary>Frees memory that was never disposed.</summary>
    ~WorldBlock() => Free();

    /// <summary>Lane type of the layout.</summary>
    public LaneKind Kind { get; }

    /// <summary>Worlds the caller asked for, without padding.</summary>
    public int WorldCount { get; }

    /// <summary>Rows per world.</summary>
    public int RowCount { get; }

    /// <summary>Bundles, the last one possibly padded.</summary>
    public int BundleCount { get; }

    /// <summary>Bytes from one bundle to the next.</summary>
    public nuint BundleBytes { get; }

    /// <summary>
    /// Number of world <paramref name="world"/>'s row <paramref name="row"/>; padding worlds are addressable too.
    /// </summary>
    public double this[int world, int row]
    {
        get => Kind.Precision() == Precision.Float ? *(float*)Address(world, row) : *(double*)Address(world, row);
        set
        {
            if (Kind.Precision() == Precision.Float) *(float*)Address(world, row) = (float)value;
            else *(double*)Address(world, row) = value;
        }
    }

    /// <summary>Copies rows of one world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="row">First row.</param>
    /// <param name="values">Room for as many as are wanted.</param>
    public void Read(int world, int row, Span<float> values)
    {
        if (values.IsEmpty) return;
        byte* at = (byte*)Range(world, row, values.Length);
        int stride = Kind.Width() * Kind.ScalarSize();
        bool single = Kind.Precision() == Precision.Float;
        for (int i = 0; i < values.Length; i++, at += stride) values[i] = single ? *(float*)at : (float)*(double*)at;
    }

    /// <summary>Copies rows of one world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="row">First row.</param>
    /// <param name="values">Room for as many as are wanted.</param>
    public void Read(int world, int row, Span<double> values)
    {
        if (values.IsEmpty) return;
        byte* at = (byte*)Range(world, row, values.Length);
        int stride = Kind.Width() * Kind.ScalarSize();
        bool single = Kind.Precision() == Precision.Float;
        for (int i = 0; i < values.Length; i++, at += stride) values[i] = single ? *(float*)at : *(double*)at;
    }

    /// <summary>Sets rows of one world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="row">First row.</param>
    /// <param name="values">The numbers.</param>
    public void Write(int world, int row, ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return;
        byte* at = (byte*)Range(world, row, values.Length);
        int stride = Kind.Width() * Kind.ScalarSize();
        bool single = Kind.Precision() == Precision.Float;
        for (int i = 0; i < values.Length; i++, at += stride)
        {
            if (single) *(float*)at = (float)values[i];
            else *(double*)at = values[i];
        }
    }

    /// <summary>The rows of bundle <paramref name="bundle"/> as a kernel sees them.</summary>
    public BundleRows<TLane> Rows<TLane>(int bundle)
        where TLane : unmanaged, ILane<TLane>
    {
        Debug.Assert(TLane.Width == Kind.Width() && TLane.ScalarSize == Kind.ScalarSize(), "lane kind");
        return new((byte*)_rows + (BundleBytes * (nuint)bundle), _constants, (int*)_integers);
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Address of the first of several rows of a world, all of which exist.</summary>
    private void* Range(int world, int row, int count)
    {
        _ = Address(world, row + count - 1);
        return Address(world, row);
    }

    private void* Address(int world, int row)
    {
        ObjectDisposedException.ThrowIf(_rows == null, this);
        int width = Kind.Width();
        if ((uint)world >= (uint)(BundleCount * width)) throw new ArgumentOutOfRangeException(nameof(world));
        if ((uint)row >= (uint)RowCount) throw new ArgumentOutOfRangeException(nameof(row));
        nuint lane = ((nuint)row * (nuint)width) + (nuint)(world % width);
        return (byte*)_rows + (BundleBytes * (nuint)(world / width)) + (lane * (nuint)Kind.ScalarSize());
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_rows);
        NativeMemory.AlignedFree(_constants);
        NativeMemory.AlignedFree(_integers);
        _rows = _constants = _integers = null;
    }
}
