using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>Bias and activation on a finished tile, while it is in the first-level cache.</summary>
internal static unsafe class Epilogue
{
    /// <summary>tile = activation(tile + bias).</summary>
    /// <param name="tile">(8, 32).</param>
    /// <param name="firstColumn">Output column of the tile's first column.</param>
    /// <param name="options">Bias and activation.</param>
    public static void Apply(float* tile, int firstColumn, in GemmOptions options)
    {
        if (options.Bias == null && options.Activation == Activation.None) return;
        if (Vector512.IsHardwareAccelerated) Apply<Lane16>(tile, firstColumn, options);
        else if (Vector256.IsHardwareAccelerated) Apply<Lane8>(tile, firstColumn, options);
        else Apply<Lane1>(tile, firstColumn, options);
    }

    private static void Apply<TLane>(float* tile, int firstColumn, in GemmOptions options)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0);
        for (int column = 0; column < GemmTile.Columns; column += TLane.Width)
        {
            TLane bias = options.Bias == null ? zero : TLane.Load(options.Bias + firstColumn + column);
            for (int row = 0; row < GemmTile.Rows; row++)
            {
                float* at = tile + (row * GemmTile.Columns) + column;
                TLane value = TLane.Load(at) + bias;
                TLane.Store(at, options.Activation == Activation.Relu ? TLane.Max(value, zero) : value);
            }
        }
    }
}
