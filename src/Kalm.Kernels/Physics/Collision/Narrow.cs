using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Finds the contacts of every world (mj_collision, mj_collideGeoms in engine_collision_driver.c): tests all geom
/// pairs and lists those that touch in at least one world of the bundle.
/// </summary>
public static class Narrow
{
    /// <summary>Writes the contact list, ncon, and overflow where the list is full.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane ncon = TLane.Const(0);
        int count = 0;
        for (int i = 0; i < data.npair; i++)
        {
            int pair = rows.Integer(data.group_pair + (2 * i));
            bool plane = rows.Integer(model.geom_type + rows.Integer(model.pair_geom1 + pair)) == (int)GeomType.Plane;
            TLane distance = plane
                ? PlaneSphere<TLane, TRows>(rows, model, data, i, pair)
                : SphereSphere<TLane, TRows>(rows, model, data, i, pair);
            TLane touching = distance <= rows.Constant(model.pair_margin + pair);
            if (!TLane.Any(touching)) continue;

            if (count == data.ncontact)
            {
                TLane overflow = rows.Load(data.overflow);
                rows.Store(data.overflow, TLane.Select(touching, overflow + TLane.Const(1), overflow));
                continue;
            }

            int contact = data.contact + (count * ContactList.Stride);
            rows.Store(contact + ContactList.Pair, TLane.Const(i));
            rows.Store(contact + ContactList.Touching, touching);
            rows.Store(contact + ContactList.Distance, distance);
            if (plane) PlaneSphereContact<TLane, TRows>(rows, model, data, i, pair, contact);
            else SphereSphereContact<TLane, TRows>(rows, model, data, i, pair, contact);
            ncon = TLane.Select(touching, ncon + TLane.Const(1), ncon);
            count++;
        }

        rows.Store(data.ncon, ncon);
        rows.Store(data.contact_count, TLane.Const(count));
    }

    private static TLane PlaneSphere<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int geom1 = rows.Integer(model.pair_geom1 + pair);
        int geom2 = rows.Integer(model.pair_geom2 + pair);
        return Primitive.PlaneSphereDistance(
            Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom1)),
            Mat3<TLane>.LoadColumn(rows, rows.Integer(data.geom_xmat + geom1), 2),
            Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom2)),
            Size<TLane, TRows>(rows, data, i, 1));
    }

    private static TLane SphereSphere<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int i, int pair)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Primitive.SphereSphereDistance(
            Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + rows.Integer(model.pair_geom1 + pair))),
            Size<TLane, TRows>(rows, data, i, 0),
            Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + rows.Integer(model.pair_geom2 + pair))),
            Size<TLane, TRows>(rows, data, i, 1));

    private static void PlaneSphereContact<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int i, int pair, int contact)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int geom1 = rows.Integer(model.pair_geom1 + pair);
        int geom2 = rows.Integer(model.pair_geom2 + pair);
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, rows.Integer(data.geom_xmat + geom1), 2);
        Vec3<TLane> center = Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom2));
        TLane distance = rows.Load(contact + ContactList.Distance);
        normal.Store(rows, contact + ContactList.Normal);
        Primitive.PlaneSpherePoint(normal, center, Size<TLane, TRows>(rows, data, i, 1), distance)
            .Store(rows, contact + ContactList.Position);
    }

    private static void SphereSphereContact<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int i, int pair, int contact)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int geom1 = rows.Integer(model.pair_geom1 + pair);
        int geom2 = rows.Integer(model.pair_geom2 + pair);
        Vec3<TLane> center1 = Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom1));
        Vec3<TLane> center2 = Vec3<TLane>.Load(rows, rows.Integer(data.geom_xpos + geom2));
        Vec3<TLane> point = Primitive.SphereSpherePoint(
            center1, Size<TLane, TRows>(rows, data, i, 0), center2, rows.Load(contact + ContactList.Distance),
            out Vec3<TLane> normal, out TLane coincide);
        if (TLane.Any(coincide))
        {
            Vec3<TLane> fallback = Primitive.CoincidingNormal(
                Mat3<TLane>.LoadColumn(rows, rows.Integer(data.geom_xmat + geom1), 2),
                Mat3<TLane>.LoadColumn(rows, rows.Integer(data.geom_xmat + geom2), 2));
            normal = Vec3<TLane>.Select(coincide, fallback, normal);
            TLane depth = TLane.MulAdd(
                TLane.Const(0.5), rows.Load(contact + ContactList.Distance), Size<TLane, TRows>(rows, data, i, 0));
            point = Vec3<TLane>.Select(coincide, Vec3<TLane>.MulAdd(depth, normal, center1), point);
        }

        normal.Store(rows, contact + ContactList.Normal);
        point.Store(rows, contact + ContactList.Position);
    }

    private static TLane Size<TLane, TRows>(TRows rows, in DataRows data, int i, int geom)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> =>
        rows.Constant(data.efc_constants + (EfcConstants.Stride * i) + EfcConstants.Size + geom);
}
