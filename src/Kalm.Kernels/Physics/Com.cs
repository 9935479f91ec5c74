using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Inertia and motion axes about a point of each kinematic tree (mj_comPos in engine_core_smooth.c).</summary>
/// <remarks>
/// The point is the center of mass of all links with the same root. MuJoCo counts bodies that do not move too; results
/// do not depend on the point.
/// </remarks>
public static class Com
{
    /// <summary>Writes the origins, cinert and cdof from the frames.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Origins<TLane, TRows>(rows, data);
        for (int i = 0; i < data.nlink; i++)
        {
            int link = data.links + (i * LinkTable.Stride);
            LinkInertia<TLane, TRows>(rows, data, link, data.cinert + (10 * i));
            int end = rows.Integer(link + LinkTable.JointEnd);
            for (int joint = rows.Integer(link + LinkTable.Joint); joint < end; joint++)
                Axes<TLane, TRows>(rows, model, data, link, joint);
        }
    }

    /// <summary>Centers of mass of links with the same root.</summary>
    private static void Origins<TLane, TRows>(TRows rows, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.nlink; i++)
        {
            int link = data.links + (i * LinkTable.Stride);
            int first = rows.Integer(link + LinkTable.First);
            if (first == 2) continue;
            TLane share = rows.Constant(rows.Integer(link + LinkTable.Inertia) + 1);
            Vec3<TLane> part = share * Vec3<TLane>.Load(rows, rows.Integer(link + LinkTable.Center));
            int origin = rows.Integer(link + LinkTable.Origin);
            if (first == 0) part += Vec3<TLane>.Load(rows, origin);
            part.Store(rows, origin);
        }
    }

    /// <summary>Inertia of a link to the global frame about the origin (mju_inertCom).</summary>
    private static void LinkInertia<TLane, TRows>(TRows rows, in DataRows data, int link, int inertia)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int constants = rows.Integer(link + LinkTable.Inertia);
        Mat3<TLane> r = Mat3<TLane>.Load(rows, data.xmat + (9 * rows.Integer(link + LinkTable.Body)));
        Vec3<TLane> diagonal = Vec3<TLane>.Constant(rows, constants + 5);
        TLane mass = rows.Constant(constants);

        // R times the inertia in the link's frame
        Mat3<TLane> turned = new(
            new(r.Row0.X * diagonal.X, r.Row0.Y * diagonal.Y, r.Row0.Z * diagonal.Z),
            new(r.Row1.X * diagonal.X, r.Row1.Y * diagonal.Y, r.Row1.Z * diagonal.Z),
            new(r.Row2.X * diagonal.X, r.Row2.Y * diagonal.Y, r.Row2.Z * diagonal.Z));
        if (rows.Integer(link + LinkTable.Principal) == 0)
        {
            Vec3<TLane> products = Vec3<TLane>.Constant(rows, constants + 8);
            turned = new(
                AddProducts(r.Row0, products, turned.Row0),
                AddProducts(r.Row1, products, turned.Row1),
                AddProducts(r.Row2, products, turned.Row2));
        }

        Vec3<TLane> d = rows.Integer(link + LinkTable.First) == 2
            ? new(TLane.Const(0), TLane.Const(0), TLane.Const(0))
            : Vec3<TLane>.Load(rows, rows.Integer(link + LinkTable.Center))
                - Vec3<TLane>.Load(rows, rows.Integer(link + LinkTable.Origin));
        Vec3<TLane> md = mass * d;

        // times R', - mass d x d x
        TLane xx = md.X * d.X;
        TLane yy = md.Y * d.Y;
        TLane zz = md.Z * d.Z;
        rows.Store(inertia, Vec3<TLane>.Dot(turned.Row0, r.Row0) + (yy + zz));
        rows.Store(inertia + 1, Vec3<TLane>.Dot(turned.Row1, r.Row1) + (xx + zz));
        rows.Store(inertia + 2, Vec3<TLane>.Dot(turned.Row2, r.Row2) + (xx + yy));
        rows.Store(inertia + 3, Vec3<TLane>.Dot(turned.Row0, r.Row1) - (md.X * d.Y));
        rows.Store(inertia + 4, Vec3<TLane>.Dot(turned.Row0, r.Row2) - (md.X * d.Z));
        rows.Store(inertia + 5, Vec3<TLane>.Dot(turned.Row1, r.Row2) - (md.Y * d.Z));
        md.Store(rows, inertia + 6);
        rows.Store(inertia + 9, mass);
    }

    /// <summary>A row of R times the off-diagonal part xy xz yz of a symmetric matrix, added.</summary>
    private static Vec3<TLane> AddProducts<TLane>(Vec3<TLane> row, Vec3<TLane> products, Vec3<TLane> sum)
        where TLane : unmanaged, ILane<TLane> => new(
            TLane.MulAdd(row.Z, products.Y, TLane.MulAdd(row.Y, products.X, sum.X)),
            TLane.MulAdd(row.Z, products.Z, TLane.MulAdd(row.X, products.X, sum.Y)),
            TLane.MulAdd(row.Y, products.Z, TLane.MulAdd(row.X, products.Y, sum.Z)));

    /// <summary>Motion axis of each dof of a joint about the origin.</summary>
    private static void Axes<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int link, int joint)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int cdof = data.cdof + (6 * rows.Integer(model.jnt_dofadr + joint));
        TLane zero = TLane.Const(0);
        Vec3<TLane> none = new(zero, zero, zero);
        if (rows.Integer(model.jnt_type + joint) == (int)JointType.Slide)
        {
            new Spatial<TLane>(none, Vec3<TLane>.Load(rows, data.xaxis + (3 * joint))).Store(rows, cdof);
            return;
        }

        // rotation axes act at the anchor: linear part axis x (center - anchor)
        Vec3<TLane> offset = Vec3<TLane>.Load(rows, rows.Integer(link + LinkTable.Origin))
            - Vec3<TLane>.Load(rows, data.xanchor + (3 * joint));
        if (rows.Integer(model.jnt_type + joint) == (int)JointType.Hinge)
        {
            Vec3<TLane> axis = Vec3<TLane>.Load(rows, data.xaxis + (3 * joint));
            new Spatial<TLane>(axis, Vec3<TLane>.Cross(axis, offset)).Store(rows, cdof);
            return;
        }

        // free: translations along the world's axes, rotations about the body's
        TLane one = TLane.Const(1);
        new Spatial<TLane>(none, new(one, zero, zero)).Store(rows, cdof);
        new Spatial<TLane>(none, new(zero, one, zero)).Store(rows, cdof + 6);
        new Spatial<TLane>(none, new(zero, zero, one)).Store(rows, cdof + 12);
        int body = rows.Integer(link + LinkTable.Body);
        for (int i = 0; i < 3; i++)
        {
            Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, data.xmat + (9 * body), i);
            new Spatial<TLane>(axis, Vec3<TLane>.Cross(axis, offset)).Store(rows, cdof + 18 + (6 * i));
        }
    }
}
