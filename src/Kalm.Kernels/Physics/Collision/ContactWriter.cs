using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Lists the candidates of a pair as contacts.</summary>
/// <remarks>
/// Entry k of a pair holds the k-th contact of each world, whichever candidate that is, so that a pair takes as many
/// entries as the world with the most contacts needs.
/// </remarks>
internal static class ContactWriter
{
    /// <summary>Appends the contacts of a pair to the list; writes ncon, and overflow where the list is full.</summary>
    /// <param name="rows">Memory.</param>
    /// <param name="data">Where the list is.</param>
    /// <param name="pair">Number of the ordered pair.</param>
    /// <param name="candidates">Number of candidates.</param>
    /// <param name="count">Number of entries in the list.</param>
    /// <returns>The new number of entries.</returns>
    public static int Append<TLane, TRows>(TRows rows, in DataRows data, int pair, int candidates, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane number = TLane.Const(0);
        int room = data.ncontact - count;
        int entries = 0;
        for (int i = 0; i < candidates; i++)
        {
            int candidate = data.collision + (i * Candidate.Stride);
            TLane found = rows.Load(candidate + Candidate.Found);
            if (!TLane.Any(found)) continue;
            TLane lost = found & (number >= TLane.Const(room));
            if (TLane.Any(lost))
            {
                rows.Store(data.overflow, Increment(rows.Load(data.overflow), lost));
                found &= ~lost;
            }

            // each world's next free entry; worlds that have found as many so far share it
            int end = entries < room ? entries : room - 1;
            for (int k = 0; k <= end; k++)
            {
                TLane here = found & TLane.Same(number, TLane.Const(k));
                if (!TLane.Any(here)) continue;
                int entry = data.contact + ((count + k) * ContactList.Stride);
                if (k == entries)
                {
                    entries++;
                    Clear<TLane, TRows>(rows, entry, pair);
                }

                Put(rows, candidate, entry, here);
            }

            number = Increment(number, found);
        }

        rows.Store(data.ncon, rows.Load(data.ncon) + number);
        return count + entries;
    }

    /// <summary>An entry with no contact: numbers that stay finite in whatever is computed from them.</summary>
    private static void Clear<TLane, TRows>(TRows rows, int entry, int pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        Vec3<TLane> origin = new(zero, zero, zero);
        rows.Store(entry, ContactList.Pair, TLane.Const(pair));
        rows.Store(entry, ContactList.Touching, zero);
        rows.Store(entry, ContactList.Distance, zero);
        origin.Store(rows, entry, ContactList.Position);
        new Vec3<TLane>(TLane.Const(1), zero, zero).Store(rows, entry, ContactList.Normal);
    }

    private static void Put<TLane, TRows>(TRows rows, int candidate, int entry, TLane here)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(entry, ContactList.Touching, rows.Load(entry, ContactList.Touching) | here);
        TLane distance = rows.Load(entry, ContactList.Distance);
        rows.Store(
            entry, ContactList.Distance, TLane.Select(here, rows.Load(candidate, Candidate.Distance), distance));
        Vec3<TLane> position = Vec3<TLane>.Load(rows, entry, ContactList.Position);
        Vec3<TLane>.Select(here, Vec3<TLane>.Load(rows, candidate, Candidate.Position), position)
            .Store(rows, entry, ContactList.Position);
        Vec3<TLane> normal = Vec3<TLane>.Load(rows, entry, ContactList.Normal);
        Vec3<TLane>.Select(here, Vec3<TLane>.Load(rows, candidate, Candidate.Normal), normal)
            .Store(rows, entry, ContactList.Normal);
    }

    private static TLane Increment<TLane>(TLane number, TLane mask)
        where TLane : unmanaged, ILane<TLane> => TLane.Select(mask, number + TLane.Const(1), number);
}
