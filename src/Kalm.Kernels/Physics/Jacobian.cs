using System.Runtime.CompilerServices;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Products with the Jacobian of one constraint block.</summary>
internal static class Jacobian
{
    /// <summary>J x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EfcVector<TLane, TRank> Times<TLane, TRows, TRank>(TRows rows, int block, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        int table = rows.Uniform(block + EfcBlock.Group);
        EfcVector<TLane, TRank> sum = default;
        int column = block;
        int row = x + rows.Integer(table + GroupTable.Dof1);
        int end = row + rows.Integer(table + GroupTable.Count1);
        for (; row < end; row++)
        {
            EfcVector<TLane, TRank> j = EfcVector<TLane, TRank>.Load(rows, column, EfcBlock.J);
            sum = EfcVector<TLane, TRank>.MulAdd(rows.Load(row), j, sum);
            column += TRank.Rows;
        }

        row = x + rows.Integer(table + GroupTable.Dof2);
        end = row + rows.Integer(table + GroupTable.Count2);
        for (; row < end; row++)
        {
            EfcVector<TLane, TRank> j = EfcVector<TLane, TRank>.Load(rows, column, EfcBlock.J);
            sum = EfcVector<TLane, TRank>.MulAdd(rows.Load(row), j, sum);
            column += TRank.Rows;
        }

        return sum;
    }

    /// <summary>Adds J' y to the rows of <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTransposed<TLane, TRows, TRank>(TRows rows, int block, EfcVector<TLane, TRank> y, int x)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
    {
        int table = rows.Uniform(block + EfcBlock.Group);
        int column = block;
        int row = x + rows.Integer(table + GroupTable.Dof1);
        int end = row + rows.Integer(table + GroupTable.Count1);
        for (; row < end; row++)
        {
            EfcVector<TLane, TRank> j = EfcVector<TLane, TRank>.Load(rows, column, EfcBlock.J);
            rows.Store(row, EfcVector<TLane, TRank>.AddDot(j, y, rows.Load(row)));
            column += TRank.Rows;
        }

        row = x + rows.Integer(table + GroupTable.Dof2);
        end = row + rows.Integer(table + GroupTable.Count2);
        for (; row < end; row++)
        {
            EfcVector<TLane, TRank> j = EfcVector<TLane, TRank>.Load(rows, column, EfcBlock.J);
            rows.Store(row, EfcVector<TLane, TRank>.AddDot(j, y, rows.Load(row)));
            column += TRank.Rows;
        }
    }
}
