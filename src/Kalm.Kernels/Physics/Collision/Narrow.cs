using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Finds the contacts of every world (mj_collision, mj_collideGeoms in engine_collision_driver.c): tests all geom
/// pairs and lists those that touch in at least one world of the bundle.
/// </summary>
/// <remarks>
/// MuJoCo sorts the ends of boxes to find pairs of bodies, then descends trees of boxes within them; here a fixed list
/// of pairs is run through, those between bodies whose boxes are apart in one go. That leaves the same contacts, for
/// all of these tests are conservative.
/// </remarks>
public static class Narrow
{
    /// <summary>Writes the contact list, ncon, and overflow where the list is full.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        WorldBoxes.Move<TLane, TRows>(rows, data);
        rows.Store(data.ncon, TLane.Const(0));
        int count = 0;
        int i = 0;
        for (int run = 0; run < data.ncollision_run; run++)
        {
            int entry = data.collision_run + (PairRuns.Stride * run);
            int end = rows.Integer(entry + PairRuns.End);
            TLane together = Together<TLane, TRows>(rows, entry);
            if (!TLane.Any(together)) i = end;
            for (; i < end; i++)
            {
                TLane near = together & Near<TLane, TRows>(rows, data, i);
                if (TLane.Any(near)) count = Collide(rows, model, data, i, near, count);
            }
        }

        rows.Store(data.contact_count, TLane.Const(count));
    }

    /// <summary>Mask: the boxes around the two bodies of a run overlap.</summary>
    private static TLane Together<TLane, TRows>(TRows rows, int run)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int box1 = rows.Integer(run + PairRuns.Box1);
        if (box1 < 0) return TLane.Same(TLane.Const(0), TLane.Const(0));
        TLane margin = rows.Constant(rows.Integer(run + PairRuns.Margin));
        return WorldBoxes.Overlap<TLane, TRows>(rows, box1, rows.Integer(run + PairRuns.Box2), margin);
    }

    /// <summary>What does not change from step to step.</summary>
    public static void Place<TLane, TRows>(TRows rows, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => WorldBoxes.Place<TLane, TRows>(rows, data);

    /// <summary>Mask: the geoms of a pair may touch, by a look at what is around them.</summary>
    private static TLane Near<TLane, TRows>(TRows rows, in DataRows data, int i)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int entry = data.collision_pair + (PairEntry.Stride * i);
        int constants = data.collision_constants + (PairEntry.ConstantStride * i);
        PairFilter filter = (PairFilter)rows.Integer(entry + PairEntry.Filter);
        if (filter >= PairFilter.Boxes)
        {
            return WorldBoxes.Overlap<TLane, TRows>(
                rows, rows.Integer(entry + PairEntry.Box1), rows.Integer(entry + PairEntry.Box2),
                rows.Constant(constants + PairEntry.Margin));
        }

        if (filter == PairFilter.None) return TLane.Same(TLane.Const(0), TLane.Const(0));
        Vec3<TLane> between = Vec3<TLane>.Load(rows, rows.Integer(entry + PairEntry.Position2))
            - Vec3<TLane>.Load(rows, rows.Integer(entry + PairEntry.Position1));
        Vec3<TLane> normal = Mat3<TLane>.LoadColumn(rows, rows.Integer(entry + PairEntry.Matrix1), 2);
        return Vec3<TLane>.Dot(between, normal) <= rows.Constant(constants + PairEntry.Bound);
    }

    /// <summary>Lists the contacts of a pair in the worlds of a mask.</summary>
    private static int Collide<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int i, TLane active, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int entry = data.collision_pair + (PairEntry.Stride * i);
        CollisionPair pair = new()
        {
            Position1 = rows.Integer(entry + PairEntry.Position1),
            Matrix1 = rows.Integer(entry + PairEntry.Matrix1),
            Size1 = rows.Integer(entry + PairEntry.Size1),
            Position2 = rows.Integer(entry + PairEntry.Position2),
            Matrix2 = rows.Integer(entry + PairEntry.Matrix2),
            Size2 = rows.Integer(entry + PairEntry.Size2),
            Scratch = data.collision,
        };
        int constants = data.collision_constants + (PairEntry.ConstantStride * i);
        TLane margin = rows.Constant(constants + PairEntry.Margin);
        if (rows.Integer(entry + PairEntry.Filter) == (int)PairFilter.TurnedBoxes)
        {
            active &= BoundingBoxes.Near(rows, pair, constants + PairEntry.Box, margin);
            if (!TLane.Any(active)) return count;
        }

        PairFunction function = (PairFunction)rows.Integer(entry + PairEntry.Function);
        int candidates = function switch
        {
            PairFunction.PlaneMesh => Mesh(rows, model, data, pair, entry, margin, active),
            PairFunction.Convex => Convex(rows, data, entry, constants, margin, active),
            _ => PairFunctions.Collide(rows, function, pair, margin, active),
        };
        return candidates == 0 ? count : ContactWriter.Append<TLane, TRows>(rows, data, i, candidates, count);
    }

    private static int Mesh<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, in CollisionPair pair, int entry, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int geom = rows.Integer(entry + PairEntry.Geom2);
        return PlaneMesh.Collide(rows, data, pair, geom, rows.Constant(model.geom_rbound + geom), margin, active);
    }

    private static int Convex<TLane, TRows>(
        TRows rows, in DataRows data, int entry, int constants, TLane margin, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane found = Collision.Convex.Collide(
            rows, data, rows.Integer(entry + PairEntry.Geom1), rows.Integer(entry + PairEntry.Geom2), margin, active,
            data.collision + Candidate.Distance);

        // flush by design, as of boxes
        int boxes = constants + PairEntry.Box;
        TLane rounding = BoxAxes.Rounding<TLane, TRows>(rows, boxes + 3, boxes + 9);
        if (TLane.ScalarSize == sizeof(float))
            found &= rows.Load(data.collision + Candidate.Distance) <= margin - rounding;
        rows.Store(data.collision + Candidate.Found, found);
        return TLane.Any(found) ? 1 : 0;
    }
}
