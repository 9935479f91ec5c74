using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Makes the constraint blocks of joint limits and contacts (mj_instantiateLimit, mj_instantiateContact in
/// engine_core_constraint.c). The blocks before them are those of <see cref="Weld"/>.
/// </summary>
/// <remarks>
/// Contacts are compacted within the trees they couple: the k-th block of a group holds the k-th contact each world
/// has between these trees, whichever geoms it is between. Blocks with no constraint in a world have D = 0 there.
/// unsupported: equality of joints and tendons, friction loss, condim 6.
/// </remarks>
public static class Constraint
{
    /// <summary>Writes the blocks of limits and contacts, nefc, and overflow where blocks run out.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        rows.Store(data.nefc, TLane.Const(Weld.Rows * data.nweld));
        int count = Weld.Blocks * data.nweld;
        for (int i = 0; i < data.nlimit; i++) count = Limit<TLane, TRows>(rows, model, data, i, count);
        int first = count;
        count = Contacts<TLane, TRows>(rows, data, count);
        for (int i = first; i < count; i++) ContactRows.Make<TLane, TRows>(rows, data, Block(data, i));
        rows.Store(data.efc_count, TLane.Const(count));
    }

    /// <summary>First row of constraint block <paramref name="index"/>.</summary>
    internal static int Block(in DataRows data, int index) => data.efc + (index * data.efc_stride);

    /// <summary>Puts the contacts into blocks.</summary>
    /// <returns>The number of blocks.</returns>
    private static int Contacts<TLane, TRows>(TRows rows, in DataRows data, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // contacts come sorted by group
        int contacts = rows.Uniform(data.contact_count);
        int group = -1;
        int first = count;
        TLane used = TLane.Const(0);
        TLane nefc = rows.Load(data.nefc);
        for (int i = 0; i < contacts; i++)
        {
            int contact = data.contact + (i * ContactList.Stride);
            int index = rows.Uniform(contact + ContactList.Pair);
            int contactGroup = rows.Integer(data.group_pair + (2 * index) + 1);
            if (contactGroup != group)
            {
                group = contactGroup;
                first = count;
                used = TLane.Const(0);
            }

            EfcIndex<TLane> constants = EfcIndex<TLane>.Of(data, index);
            TLane active = rows.Load(contact + ContactList.Touching)
                & (rows.Load(contact + ContactList.Distance) < constants.Constant(rows, EfcConstants.Margin));
            if (!TLane.Any(active)) continue;
            int table = data.group_tree + (GroupTable.Stride * group);
            count = Place(rows, data, contact, table, first, count, active, used);
            used = TLane.Select(active, used + TLane.Const(1), used);
            nefc += active & constants.Constant(rows, EfcConstants.Count);
        }

        rows.Store(data.nefc, nefc);
        return count;
    }

    /// <summary>
    /// Puts a contact into the block each world has free: block first + used. A new block is made only if some world
    /// needs it.
    /// </summary>
    /// <returns>The number of blocks.</returns>
    private static int Place<TLane, TRows>(
        TRows rows, in DataRows data, int contact, int table, int first, int count, TLane active, TLane used)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane rest = active;
        for (int k = first; k < count; k++)
        {
            TLane here = active & TLane.Same(used, TLane.Const(k - first));
            if (!TLane.Any(here)) continue;
            Fill(rows, data, contact, Block(data, k), here, fresh: false);
            rest &= ~here;
        }

        if (!TLane.Any(rest)) return count;
        if (count == data.nblock)
        {
            TLane overflow = rows.Load(data.overflow);
            rows.Store(data.overflow, TLane.Select(rest, overflow + TLane.Const(1), overflow));
            return count;
        }

        int block = Block(data, count);
        rows.Store(block + EfcBlock.Group, TLane.Const(table));
        Fill(rows, data, contact, block, rest, fresh: true);
        return count + 1;
    }

    /// <summary>Copies a contact into a block of some worlds; a fresh block is empty in all others.</summary>
    private static void Fill<TLane, TRows>(
        TRows rows, in DataRows data, int contact, int block, TLane here, bool fresh)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // towards the second tree, or the only one; worlds without a contact need no more than finite numbers
        TLane pair = rows.Load(contact + ContactList.Pair);
        EfcIndex<TLane> constants = EfcIndex<TLane>.Of(data, rows.Uniform(contact + ContactList.Pair));
        TLane distance = rows.Load(contact + ContactList.Distance);
        Vec3<TLane> position = Vec3<TLane>.Load(rows, contact, ContactList.Position);
        Vec3<TLane> normal = constants.Constant(rows, EfcConstants.Facing)
            * Vec3<TLane>.Load(rows, contact, ContactList.Normal);
        TLane none = TLane.Const(0);
        Vec3<TLane> nowhere = new(none, none, none);
        bool keep = !fresh;
        TLane one = TLane.Const(1);
        rows.Store(block + EfcBlock.Pair, keep ? TLane.Select(here, pair, rows.Load(block + EfcBlock.Pair)) : pair);
        rows.Store(
            block + EfcBlock.D, TLane.Select(here, one, keep ? rows.Load(block + EfcBlock.D) : none));
        TLane kept = keep ? rows.Load(block + EfcBlock.Distance) : none;
        rows.Store(block + EfcBlock.Distance, TLane.Select(here, distance, kept));
        Vec3<TLane>.Select(
            here, position, keep ? Vec3<TLane>.Load(rows, block, EfcBlock.Position) : nowhere)
            .Store(rows, block, EfcBlock.Position);
        Vec3<TLane>.Select(
            here, normal, keep ? Vec3<TLane>.Load(rows, block, EfcBlock.Normal) : nowhere)
            .Store(rows, block, EfcBlock.Normal);
    }

    /// <summary>Both sides of a joint limit (mj_instantiateLimit).</summary>
    private static int Limit<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int joint = rows.Integer(data.limit + (2 * i));
        EfcIndex<TLane> index = EfcIndex<TLane>.Of(data, data.npair + i);
        TLane value = rows.Load(data.qpos + rows.Integer(model.jnt_qposadr + joint));
        TLane below = value - index.Constant(rows, EfcConstants.Range);
        TLane above = index.Constant(rows, EfcConstants.Range + 1) - value;
        TLane margin = index.Constant(rows, EfcConstants.Margin);
        if (!TLane.Any((below < margin) | (above < margin))) return count;

        int table = data.group_tree + (GroupTable.Stride * rows.Integer(data.limit + (2 * i) + 1));
        count = Side(rows, data, index, table, below, 1, count);
        return Side(rows, data, index, table, above, -1, count);
    }

    /// <summary>One side of a joint limit.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="data">Their addresses.</param>
    /// <param name="index">Constants of the limit.</param>
    /// <param name="table">Its group.</param>
    /// <param name="distance">Distance from the limit.</param>
    /// <param name="direction">Change of the distance per change of the coordinate.</param>
    /// <param name="count">Number of blocks so far.</param>
    private static int Side<TLane, TRows>(
        TRows rows, in DataRows data, EfcIndex<TLane> index, int table, TLane distance, int direction, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane active = distance < index.Constant(rows, EfcConstants.Margin);
        if (!TLane.Any(active)) return count;

        // R = (1 - impedance) / impedance * diagApprox, D = 1 / R, aref = - B velocity - K impedance depth
        int block = Block(data, count);
        TLane depth = distance - index.Constant(rows, EfcConstants.Margin);
        TLane impedance = Impedance.At(rows, index, rows.Integer(table + GroupTable.Power), depth);
        TLane regularizer = Regularizer(impedance, index.Constant(rows, EfcConstants.DiagApprox));
        TLane velocity = TLane.Const(direction)
            * rows.Load(data.qvel + rows.Integer(table + GroupTable.Dof1));
        TLane spring = index.Constant(rows, EfcConstants.K) * impedance * depth;
        TLane damping = -index.Constant(rows, EfcConstants.B);
        rows.Store(block + EfcBlock.Group, TLane.Const(table));
        rows.Store(block + EfcBlock.D, active & (TLane.Const(1) / regularizer));
        rows.Store(block + EfcBlock.Aref, TLane.MulAdd(damping, velocity, -spring));
        rows.Store(block + EfcBlock.J, TLane.Const(direction));
        rows.Store(data.nefc, rows.Load(data.nefc) + (active & TLane.Const(1)));
        return count + 1;
    }

    /// <summary>R of a scalar constraint (mj_makeImpedance).</summary>
    internal static TLane Regularizer<TLane>(TLane impedance, TLane diagonal)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.Max((TLane.Const(1) - impedance) * diagonal / impedance, TLane.Const(1e-15));
}
