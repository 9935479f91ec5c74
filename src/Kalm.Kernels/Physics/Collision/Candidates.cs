using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Writes candidates.</summary>
internal static class Candidates
{
    /// <summary>Writes candidate <paramref name="slot"/> of a pair.</summary>
    public static void Store<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, TLane found, TLane distance, Vec3<TLane> position,
        Vec3<TLane> normal)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int row = pair.Scratch + (slot * Candidate.Stride);
        rows.Store(row, Candidate.Found, found);
        rows.Store(row, Candidate.Distance, distance);
        position.Store(rows, row, Candidate.Position);
        normal.Store(rows, row, Candidate.Normal);
    }

    /// <summary>Writes candidate <paramref name="slot"/> of a pair in the worlds of a mask.</summary>
    public static void Merge<TLane, TRows>(
        TRows rows, in CollisionPair pair, int slot, TLane worlds, TLane found, TLane distance, Vec3<TLane> position,
        Vec3<TLane> normal)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int row = pair.Scratch + (slot * Candidate.Stride);
        Store(
            rows, pair, slot, TLane.Select(worlds, found, rows.Load(row, Candidate.Found)),
            TLane.Select(worlds, distance, rows.Load(row, Candidate.Distance)),
            Vec3<TLane>.Select(worlds, position, Vec3<TLane>.Load(rows, row, Candidate.Position)),
            Vec3<TLane>.Select(worlds, normal, Vec3<TLane>.Load(rows, row, Candidate.Normal)));
    }
}
