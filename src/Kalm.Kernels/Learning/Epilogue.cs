using System.Runtime.Intrinsics;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Learning;

/// <summary>Bias, activation or its derivative on a finished tile, while it is in the first-level cache.</summary>
internal static unsafe class Epilogue
{
    /// <summary>tile = activation(tile + bias), or tile = (tile + bias) * activation'(gate).</summary>
    /// <param name="tile">(8, 32).</param>
    /// <param name="row">Output row of the tile's first row.</param>
    /// <param name="rows">Rows of the tile in use.</param>
    /// <param name="column">Output column of the tile's first column.</param>
    /// <param name="options">Bias, activation and gate.</param>
    public static void Apply(float* tile, int row, int rows, int column, in GemmOptions options)
    {
        if (Vector512.IsHardwareAccelerated) Apply<Lane16>(tile, row, rows, column, options);
        else if (Vector256.IsHardwareAccelerated) Apply<Lane8>(tile, row, rows, column, options);
        else Apply<Lane1>(tile, row, rows, column, options);
    }

    private static void Apply<TLane>(float* tile, int row, int rows, int column, in GemmOptions options)
        where TLane : unmanaged, ILane<TLane>
    {
        if (options.Bias != null) AddBias<TLane>(tile, rows, options.Bias + column);
        if (options.Activation == Activation.None) return;
        if (options.Gate != null)
        {
            float* gate = options.Gate + (row * options.GateStride) + column;
            Derive<TLane>(tile, rows, gate, options.GateStride, options.Activation);
        }
        else if (options.Activation == Activation.Relu)
        {
            TLane zero = TLane.Const(0);
            for (int i = 0; i < rows * GemmTile.Columns; i += TLane.Width)
                TLane.Store(tile + i, TLane.Max(TLane.Load(tile + i), zero));
        }
        else
        {
            for (int i = 0; i < rows * GemmTile.Columns; i += TLane.Width)
                TLane.Store(tile + i, LaneMath.Tanh(TLane.Load(tile + i)));
        }
    }

    private static void AddBias<TLane>(float* tile, int rows, float* bias)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int column = 0; column < GemmTile.Columns; column += TLane.Width)
        {
            TLane value = TLane.Load(bias + column);
            for (int i = column; i < rows * GemmTile.Columns; i += GemmTile.Columns)
                TLane.Store(tile + i, TLane.Load(tile + i) + value);
        }
    }

    // relu'(x) = 1 where h > 0; tanh'(x) = 1 - h^2
    private static void Derive<TLane>(float* tile, int rows, float* gate, nint stride, Activation activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.Const(0), one = TLane.Const(1);
        for (int row = 0; row < rows; row++)
        {
            float* at = tile + (row * GemmTile.Columns), h = gate + (row * stride);
            for (int column = 0; column < GemmTile.Columns; column += TLane.Width)
            {
                TLane d = TLane.Load(at + column), value = TLane.Load(h + column);
                TLane result = activation == Activation.Relu
                    ? TLane.Select(value > zero, d, zero)
                    : d * TLane.NegMulAdd(value, value, one);
                TLane.Store(at + column, result);
            }
        }
    }
}
