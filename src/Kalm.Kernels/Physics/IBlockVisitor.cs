using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>Something that is done to constraint blocks of every kind (<see cref="Blocks"/>).</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
internal interface IBlockVisitor<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Does it to one block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">First row of the block.</param>
    void Visit<TRows, TRank, TKind>(TRows rows, int block)
        where TRows : unmanaged, IRows<TLane>
        where TRank : struct, IRank
        where TKind : struct, IEfcKind<TRank>;
}
