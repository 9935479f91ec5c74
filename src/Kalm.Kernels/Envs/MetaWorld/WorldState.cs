using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>Keeps worlds that rest as they are while the others of their bundle move on.</summary>
internal static class WorldState
{
    /// <summary>Copies the state of every world of the bundle.</summary>
    public static void Save<TLane, TRows>(TRows rows, in StepRows at)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int saved = at.Saved;
        for (int range = 0; range < at.RangeCount; range++)
        {
            int first = rows.Integer(at.Ranges + (2 * range));
            int count = rows.Integer(at.Ranges + (2 * range) + 1);
            for (int i = 0; i < count; i++) rows.Store(saved + i, rows.Load(first + i));
            saved += count;
        }
    }

    /// <summary>Puts the state back where <paramref name="keep"/> is false.</summary>
    public static void Restore<TLane, TRows>(TRows rows, in StepRows at, TLane keep)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int saved = at.Saved;
        for (int range = 0; range < at.RangeCount; range++)
        {
            int first = rows.Integer(at.Ranges + (2 * range));
            int count = rows.Integer(at.Ranges + (2 * range) + 1);
            for (int i = 0; i < count; i++)
                rows.Store(first + i, TLane.Select(keep, rows.Load(first + i), rows.Load(saved + i)));
            saved += count;
        }
    }
}
