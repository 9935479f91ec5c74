using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Where bodies, joints and geoms are (mj_kinematics, mj_comPos in engine_core_smooth.c).</summary>
/// <remarks>
/// Bodies that do not move are placed once by <see cref="Place"/>. Frames that coincide share their rows, so that
/// nothing is copied.
/// </remarks>
public static class Kinematics
{
    /// <summary>Places the bodies that do not move; to be called when their model fields changed.</summary>
    public static void Place<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the world
        new Vec3<TLane>(TLane.Const(0), TLane.Const(0), TLane.Const(0)).Store(rows, data.xpos);
        Quat<TLane> none = new(TLane.Const(1), TLane.Const(0), TLane.Const(0), TLane.Const(0));
        none.Store(rows, data.xquat);
        Mat3<TLane>.FromQuat(none).Store(rows, data.xmat);
        PlaceLocal<TLane, TRows>(rows, model, data, 0);

        for (int i = 0; i < data.nfixed; i++)
        {
            int body = rows.Integer(data.fixedBodies + i);
            Body<TLane, TRows>(rows, model, data, body);
            PlaceLocal<TLane, TRows>(rows, model, data, body);
        }
    }

    /// <summary>Writes xpos xquat xmat xanchor xaxis, inertial frames and geoms from qpos; normalizes qpos.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.nmoving; i++)
        {
            int body = rows.Integer(data.moving + i);
            int joint = rows.Integer(model.body_jntadr + body);
            bool free = rows.Integer(model.body_jntnum + body) == 1
                && rows.Integer(model.jnt_type + joint) == (int)JointType.Free;
            if (free) FreeBody<TLane, TRows>(rows, model, data, body, joint);
            else Body<TLane, TRows>(rows, model, data, body);
            PlaceLocal<TLane, TRows>(rows, model, data, body);
        }
    }

    /// <summary>Writes subtree_com cinert cdof from the frames (mj_comPos).</summary>
    public static void Com<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        SubtreeCom<TLane, TRows>(rows, model, data);

        // body inertia about the center of mass of its tree
        for (int i = 0; i < data.nmoving; i++)
        {
            int body = rows.Integer(data.moving + i);
            BodyInertia<TLane, TRows>(rows, model, data, body);
        }

        // motion axis of each dof about the center of mass of its tree
        for (int joint = 0; joint < model.njnt; joint++)
            JointAxes<TLane, TRows>(rows, model, data, joint);
    }

    private static void FreeBody<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body, int joint)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int qpos = data.qpos + rows.Integer(model.jnt_qposadr + joint);
        Vec3<TLane> pos = Vec3<TLane>.Load(rows, qpos);
        Quat<TLane> quat = Quat<TLane>.Normalize(Quat<TLane>.Load(rows, qpos + 3));
        quat.Store(rows, qpos + 3);
        pos.Store(rows, data.xpos + (3 * body));
        pos.Store(rows, data.xanchor + (3 * joint));
        quat.Store(rows, data.xquat + (4 * body));
        Mat3<TLane>.FromQuat(quat).Store(rows, data.xmat + (9 * body));
    }

    private static void Body<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // fixed offset from the parent
        int parent = rows.Integer(model.body_parentid + body);
        Vec3<TLane> offset = Mat3<TLane>.Load(rows, data.xmat + (9 * parent))
            * Vec3<TLane>.Constant(rows, model.body_pos + (3 * body));
        Vec3<TLane> pos = Vec3<TLane>.Load(rows, data.xpos + (3 * parent)) + offset;
        Quat<TLane> quat = Quat<TLane>.Load(rows, data.xquat + (4 * parent))
            * Quat<TLane>.Constant(rows, model.body_quat + (4 * body));
        pos.Store(rows, data.xpos + (3 * body));
        quat.Store(rows, data.xquat + (4 * body));

        // joints move the frame one after the other
        int first = rows.Integer(model.body_jntadr + body);
        int end = first + rows.Integer(model.body_jntnum + body);
        for (int joint = first; joint < end; joint++)
        {
            if (rows.Integer(model.jnt_type + joint) == (int)JointType.Slide)
                Slide<TLane, TRows>(rows, model, data, body, joint);
            else
                Hinge<TLane, TRows>(rows, model, data, body, joint);
        }

        quat = Quat<TLane>.Normalize(Quat<TLane>.Load(rows, data.xquat + (4 * body)));
        quat.Store(rows, data.xquat + (4 * body));
        Mat3<TLane>.FromQuat(quat).Store(rows, data.xmat + (9 * body));
    }

    private static void Slide<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body, int joint)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Quat<TLane> quat = Quat<TLane>.Load(rows, data.xquat + (4 * body));
        Vec3<TLane> pos = Vec3<TLane>.Load(rows, data.xpos + (3 * body));
        Vec3<TLane> axis = Quat<TLane>.Rotate(Vec3<TLane>.Constant(rows, model.jnt_axis + (3 * joint)), quat);
        Vec3<TLane> anchor = pos + Quat<TLane>.Rotate(Vec3<TLane>.Constant(rows, model.jnt_pos + (3 * joint)), quat);
        int qposAdr = rows.Integer(model.jnt_qposadr + joint);
        TLane shift = rows.Load(data.qpos + qposAdr) - rows.Constant(model.qpos0 + qposAdr);
        Vec3<TLane>.MulAdd(shift, axis, pos).Store(rows, data.xpos + (3 * body));
        axis.Store(rows, data.xaxis + (3 * joint));
        anchor.Store(rows, data.xanchor + (3 * joint));
    }

    private static void Hinge<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body, int joint)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Quat<TLane> quat = Quat<TLane>.Load(rows, data.xquat + (4 * body));
        Vec3<TLane> pos = Vec3<TLane>.Load(rows, data.xpos + (3 * body));
        Vec3<TLane> localAxis = Vec3<TLane>.Constant(rows, model.jnt_axis + (3 * joint));
        Vec3<TLane> localAnchor = Vec3<TLane>.Constant(rows, model.jnt_pos + (3 * joint));
        Vec3<TLane> axis = Quat<TLane>.Rotate(localAxis, quat);
        Vec3<TLane> anchor = pos + Quat<TLane>.Rotate(localAnchor, quat);
        axis.Store(rows, data.xaxis + (3 * joint));
        anchor.Store(rows, data.xanchor + (3 * joint));

        // turn about the axis, then put the anchor back where it was
        int qposAdr = rows.Integer(model.jnt_qposadr + joint);
        TLane angle = rows.Load(data.qpos + qposAdr) - rows.Constant(model.qpos0 + qposAdr);
        quat *= Quat<TLane>.AxisAngle(localAxis, angle);
        quat.Store(rows, data.xquat + (4 * body));
        (anchor - Quat<TLane>.Rotate(localAnchor, quat)).Store(rows, data.xpos + (3 * body));
    }

    /// <summary>Inertial frame and geoms of a body, where they do not share its rows (mj_local2Global).</summary>
    private static void PlaceLocal<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int bodyPos = data.xpos + (3 * body);
        int bodyMat = data.xmat + (9 * body);
        int inertialPos = rows.Integer(data.xipos + body);
        int inertialMat = rows.Integer(data.ximat + body);
        if (inertialPos != bodyPos)
            PlacePoint<TLane, TRows>(rows, data, body, model.body_ipos + (3 * body), inertialPos);
        if (inertialMat != bodyMat)
            PlaceFrame<TLane, TRows>(rows, data, body, model.body_iquat + (4 * body), inertialMat);

        int first = rows.Integer(model.body_geomadr + body);
        int end = first + rows.Integer(model.body_geomnum + body);
        for (int geom = first; geom < end; geom++)
        {
            int geomPos = rows.Integer(data.geom_xpos + geom);
            int geomMat = rows.Integer(data.geom_xmat + geom);
            if (geomPos != bodyPos)
                PlacePoint<TLane, TRows>(rows, data, body, model.geom_pos + (3 * geom), geomPos);
            if (geomMat != bodyMat)
                PlaceFrame<TLane, TRows>(rows, data, body, model.geom_quat + (4 * geom), geomMat);
        }
    }

    private static void PlacePoint<TLane, TRows>(TRows rows, in DataRows data, int body, int local, int world)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> offset = Mat3<TLane>.Load(rows, data.xmat + (9 * body)) * Vec3<TLane>.Constant(rows, local);
        (offset + Vec3<TLane>.Load(rows, data.xpos + (3 * body))).Store(rows, world);
    }

    private static void PlaceFrame<TLane, TRows>(TRows rows, in DataRows data, int body, int local, int world)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Quat<TLane> quat = Quat<TLane>.Load(rows, data.xquat + (4 * body)) * Quat<TLane>.Constant(rows, local);
        Mat3<TLane>.FromQuat(quat).Store(rows, world);
    }

    private static void SubtreeCom<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // mass times center of every body with children
        for (int i = 0; i < data.nmoving; i++)
        {
            int body = rows.Integer(data.moving + i);
            if (rows.Integer(data.body_leaf + body) == 1) continue;
            Vec3<TLane> center = Vec3<TLane>.Load(rows, rows.Integer(data.xipos + body));
            (rows.Constant(model.body_mass + body) * center).Store(rows, rows.Integer(data.subtree + body));
        }

        // add each body to its parent, children first, then divide by the subtree's mass
        for (int i = data.nmoving - 1; i >= 0; i--)
        {
            int body = rows.Integer(data.moving + i);
            int row = rows.Integer(data.subtree + body);
            bool leaf = rows.Integer(data.body_leaf + body) == 1;
            Vec3<TLane> sum = Vec3<TLane>.Load(rows, row);
            TLane mass = rows.Constant(model.body_subtreemass + body);
            int parent = rows.Integer(model.body_parentid + body);
            if (rows.Integer(data.body_lastdof + parent) >= 0)
            {
                int parentRow = rows.Integer(data.subtree + parent);
                Vec3<TLane> add = leaf ? mass * sum : sum;
                (Vec3<TLane>.Load(rows, parentRow) + add).Store(rows, parentRow);
            }

            if (leaf) continue;
            TLane massless = mass < TLane.Const(1e-15);
            TLane scale = TLane.Const(1) / TLane.Select(massless, TLane.Const(1), mass);
            Vec3<TLane> own = Vec3<TLane>.Load(rows, rows.Integer(data.xipos + body));
            Vec3<TLane>.Select(massless, own, scale * sum).Store(rows, row);
        }
    }

    /// <summary>mju_inertCom: principal moments to the global frame about the tree's center of mass.</summary>
    private static void BodyInertia<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int body)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int root = rows.Integer(model.body_rootid + body);
        int center = rows.Integer(data.xipos + body);
        int origin = rows.Integer(data.subtree + root);
        Mat3<TLane> r = Mat3<TLane>.Load(rows, rows.Integer(data.ximat + body));
        Vec3<TLane> moments = Vec3<TLane>.Constant(rows, model.body_inertia + (3 * body));
        TLane mass = rows.Constant(model.body_mass + body);
        int inertia = data.cinert + (10 * body);

        // R diag(moments) R'
        Vec3<TLane> a = new(r.Row0.X * moments.X, r.Row0.Y * moments.Y, r.Row0.Z * moments.Z);
        Vec3<TLane> b = new(r.Row1.X * moments.X, r.Row1.Y * moments.Y, r.Row1.Z * moments.Z);
        Vec3<TLane> c = new(r.Row2.X * moments.X, r.Row2.Y * moments.Y, r.Row2.Z * moments.Z);
        Vec3<TLane> d = center == origin
            ? new(TLane.Const(0), TLane.Const(0), TLane.Const(0))
            : Vec3<TLane>.Load(rows, center) - Vec3<TLane>.Load(rows, origin);
        Vec3<TLane> md = mass * d;

        // - mass d x d x
        TLane xx = md.X * d.X;
        TLane yy = md.Y * d.Y;
        TLane zz = md.Z * d.Z;
        rows.Store(inertia, Vec3<TLane>.Dot(a, r.Row0) + (yy + zz));
        rows.Store(inertia + 1, Vec3<TLane>.Dot(b, r.Row1) + (xx + zz));
        rows.Store(inertia + 2, Vec3<TLane>.Dot(c, r.Row2) + (xx + yy));
        rows.Store(inertia + 3, Vec3<TLane>.Dot(a, r.Row1) - (md.X * d.Y));
        rows.Store(inertia + 4, Vec3<TLane>.Dot(a, r.Row2) - (md.X * d.Z));
        rows.Store(inertia + 5, Vec3<TLane>.Dot(b, r.Row2) - (md.Y * d.Z));
        md.Store(rows, inertia + 6);
        rows.Store(inertia + 9, mass);
    }

    private static void JointAxes<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int joint)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int body = rows.Integer(model.jnt_bodyid + joint);
        int root = rows.Integer(model.body_rootid + body);
        int cdof = data.cdof + (6 * rows.Integer(model.jnt_dofadr + joint));
        TLane zero = TLane.Const(0);
        Vec3<TLane> none = new(zero, zero, zero);
        if (rows.Integer(model.jnt_type + joint) == (int)JointType.Slide)
        {
            new Spatial<TLane>(none, Vec3<TLane>.Load(rows, data.xaxis + (3 * joint))).Store(rows, cdof);
            return;
        }

        // rotation axes act at the anchor: linear part axis x (center - anchor)
        Vec3<TLane> offset = Vec3<TLane>.Load(rows, rows.Integer(data.subtree + root))
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
        for (int i = 0; i < 3; i++)
        {
            Vec3<TLane> axis = Mat3<TLane>.LoadColumn(rows, data.xmat + (9 * body), i);
            new Spatial<TLane>(axis, Vec3<TLane>.Cross(axis, offset)).Store(rows, cdof + 18 + (6 * i));
        }
    }
}
