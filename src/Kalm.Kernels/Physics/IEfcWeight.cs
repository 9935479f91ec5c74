using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics;

/// <summary>A symmetric matrix in the coordinates of a constraint block.</summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="TRank">Number of coordinates.</typeparam>
internal interface IEfcWeight<TLane, TRank>
    where TLane : unmanaged, ILane<TLane>
    where TRank : struct, IRank
{
    /// <summary>The matrix times a vector.</summary>
    EfcVector<TLane, TRank> Times(EfcVector<TLane, TRank> x);
}
