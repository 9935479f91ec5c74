using Kalm.Kernels.Lanes;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Where bodies, joints, geoms and sites are (mj_kinematics in engine_core_smooth.c).</summary>
/// <remarks>
/// A body with joints and all that is rigidly attached below it is one link: what hangs on it is placed from its frame
/// by one constant offset instead of body after body. Bodies that do not move are placed once by <see cref="Place"/>,
/// mocap bodies by <see cref="Guide"/>. Frames that coincide share their rows, so that nothing is copied.
/// Quaternions in qpos are normalized on the way, never in place.
/// </remarks>
public static class Kinematics
{
    /// <summary>
    /// Places what does not move; again when an offset of its own changed in some world. Pure: nothing else changes.
    /// </summary>
    public static void Place<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // the world
        new Vec3<TLane>(TLane.Const(0), TLane.Const(0), TLane.Const(0)).Store(rows, data.xpos);
        Quat<TLane> none = new(TLane.Const(1), TLane.Const(0), TLane.Const(0), TLane.Const(0));
        none.Store(rows, data.xquat);
        Mat3<TLane>.FromQuat(none).Store(rows, data.xmat);

        Bodies<TLane, TRows>(rows, data, data.fixedBodies, data.nfixed);
        Points<TLane, TRows>(rows, data, data.fixedPoints, data.nfixedPoint);
    }

    /// <summary>Places mocap bodies and what is attached to them, from mocap_pos and mocap_quat.</summary>
    public static void Guide<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Bodies<TLane, TRows>(rows, data, data.guidedBodies, data.nguided);
        Points<TLane, TRows>(rows, data, data.guidedPoints, data.nguidedPoint);
    }

    /// <summary>Writes xpos xquat xmat xanchor xaxis, centers of mass, geoms and sites of links from qpos.</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.nlink; i++)
        {
            int link = data.links + (i * LinkTable.Stride);
            if (rows.Integer(link + LinkTable.Free) == 1) FreeLink<TLane, TRows>(rows, model, data, link);
            else Link<TLane, TRows>(rows, model, data, link);
            Center<TLane, TRows>(rows, data, link);
        }

        Bodies<TLane, TRows>(rows, data, data.rigidBodies, data.nrigid);
        Points<TLane, TRows>(rows, data, data.rigidPoints, data.nrigidPoint);
    }

    /// <summary>Places what nobody wanted in every step, from the links where they are.</summary>
    public static void Rest<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Bodies<TLane, TRows>(rows, data, data.restBodies, data.nrest);
        Points<TLane, TRows>(rows, data, data.restPoints, data.nrestPoint);
    }

    private static void FreeLink<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int link)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int joint = rows.Integer(link + LinkTable.Joint);
        int qpos = data.qpos + rows.Integer(model.jnt_qposadr + joint);
        Vec3<TLane> pos = Vec3<TLane>.Load(rows, qpos);
        pos.Store(rows, data.xanchor + (3 * joint));
        Quat<TLane> quat = Quat<TLane>.Normalize(Quat<TLane>.Load(rows, qpos + 3));
        Store<TLane, TRows>(rows, data, rows.Integer(link + LinkTable.Body), pos, quat);
    }

    private static void Link<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, int link)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Offset<TLane, TRows>(
            rows, link + LinkTable.PositionRow, link + LinkTable.OrientationRow, link + LinkTable.Offset,
            out Vec3<TLane> pos, out Quat<TLane> quat);
        int source = rows.Integer(link + LinkTable.Source);
        if (source != 0) Attach<TLane, TRows>(rows, data, source, ref pos, ref quat);

        // joints move the frame one after the other
        int end = rows.Integer(link + LinkTable.JointEnd);
        for (int joint = rows.Integer(link + LinkTable.Joint); joint < end; joint++)
        {
            if (rows.Integer(model.jnt_type + joint) == (int)JointType.Slide)
                Slide<TLane, TRows>(rows, model, data, joint, ref pos, ref quat);
            else
                Hinge<TLane, TRows>(rows, model, data, joint, ref pos, ref quat);
        }

        Store<TLane, TRows>(rows, data, rows.Integer(link + LinkTable.Body), pos, Quat<TLane>.Normalize(quat));
    }

    private static void Slide<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int joint, ref Vec3<TLane> pos, ref Quat<TLane> quat)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> axis = Quat<TLane>.Rotate(Vec3<TLane>.Constant(rows, model.jnt_axis + (3 * joint)), quat);
        axis.Store(rows, data.xaxis + (3 * joint));
        Vec3<TLane> anchor = rows.Integer(data.jnt_offset + joint) == 0
            ? pos
            : pos + Quat<TLane>.Rotate(Vec3<TLane>.Constant(rows, model.jnt_pos + (3 * joint)), quat);
        anchor.Store(rows, data.xanchor + (3 * joint));
        int qposAdr = rows.Integer(model.jnt_qposadr + joint);
        TLane shift = rows.Load(data.qpos + qposAdr) - rows.Constant(model.qpos0 + qposAdr);
        pos = Vec3<TLane>.MulAdd(shift, axis, pos);
    }

    private static void Hinge<TLane, TRows>(
        TRows rows, in ModelRows model, in DataRows data, int joint, ref Vec3<TLane> pos, ref Quat<TLane> quat)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> localAxis = Vec3<TLane>.Constant(rows, model.jnt_axis + (3 * joint));
        Vec3<TLane> axis = Quat<TLane>.Rotate(localAxis, quat);
        axis.Store(rows, data.xaxis + (3 * joint));
        int qposAdr = rows.Integer(model.jnt_qposadr + joint);
        TLane angle = rows.Load(data.qpos + qposAdr) - rows.Constant(model.qpos0 + qposAdr);
        Quat<TLane> turned = quat * Quat<TLane>.AxisAngle(localAxis, angle);
        if (rows.Integer(data.jnt_offset + joint) == 1)
        {
            // turn about the axis, then put the anchor back where it was
            Vec3<TLane> localAnchor = Vec3<TLane>.Constant(rows, model.jnt_pos + (3 * joint));
            Vec3<TLane> anchor = pos + Quat<TLane>.Rotate(localAnchor, quat);
            anchor.Store(rows, data.xanchor + (3 * joint));
            pos = anchor - Quat<TLane>.Rotate(localAnchor, turned);
        }
        else
        {
            pos.Store(rows, data.xanchor + (3 * joint));
        }

        quat = turned;
    }

    /// <summary>Center of mass of a link, where it does not share the body's rows.</summary>
    private static void Center<TLane, TRows>(TRows rows, in DataRows data, int link)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int body = rows.Integer(link + LinkTable.Body);
        int center = rows.Integer(link + LinkTable.Center);
        if (center == data.xpos + (3 * body)) return;
        int local = rows.Integer(link + LinkTable.Inertia) + 2;
        Vec3<TLane> offset = Mat3<TLane>.Load(rows, data.xmat + (9 * body)) * Vec3<TLane>.Constant(rows, local);
        (offset + Vec3<TLane>.Load(rows, data.xpos + (3 * body))).Store(rows, center);
    }

    /// <summary>Places bodies without joints, parents first.</summary>
    private static void Bodies<TLane, TRows>(TRows rows, in DataRows data, int table, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < count; i++)
        {
            int entry = table + (i * FrameTable.Stride);
            Offset<TLane, TRows>(
                rows, entry + FrameTable.PositionRow, entry + FrameTable.OrientationRow, entry + FrameTable.Offset,
                out Vec3<TLane> pos, out Quat<TLane> quat);
            int source = rows.Integer(entry + FrameTable.Source);
            if (source != 0) Attach<TLane, TRows>(rows, data, source, ref pos, ref quat);
            quat = Quat<TLane>.Normalize(quat);
            pos.Store(rows, rows.Integer(entry + FrameTable.Position));
            quat.Store(rows, rows.Integer(entry + FrameTable.Orientation));
            Mat3<TLane>.FromQuat(quat).Store(rows, rows.Integer(entry + FrameTable.Matrix));
        }
    }

    /// <summary>Places geoms and sites (mj_local2Global).</summary>
    private static void Points<TLane, TRows>(TRows rows, in DataRows data, int table, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < count; i++)
        {
            int entry = table + (i * FrameTable.Stride);
            int source = rows.Integer(entry + FrameTable.Source);
            int offset = rows.Integer(entry + FrameTable.Offset);
            int position = rows.Integer(entry + FrameTable.Position);
            if (position >= 0)
            {
                int row = rows.Integer(entry + FrameTable.PositionRow);
                Vec3<TLane> local = row >= 0 ? Vec3<TLane>.Load(rows, row) : Vec3<TLane>.Constant(rows, offset);
                Vec3<TLane> turned = Mat3<TLane>.Load(rows, data.xmat + (9 * source)) * local;
                (turned + Vec3<TLane>.Load(rows, data.xpos + (3 * source))).Store(rows, position);
            }

            int matrix = rows.Integer(entry + FrameTable.Matrix);
            if (matrix < 0) continue;
            Quat<TLane> quat = Quat<TLane>.Load(rows, data.xquat + (4 * source))
                * Quat<TLane>.Constant(rows, offset + 3);
            Mat3<TLane>.FromQuat(quat).Store(rows, matrix);
        }
    }

    /// <summary>Offset of a frame: rows of the world, or constants.</summary>
    private static void Offset<TLane, TRows>(
        TRows rows, int positionRow, int orientationRow, int constants, out Vec3<TLane> pos, out Quat<TLane> quat)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int offset = rows.Integer(constants);
        int row = rows.Integer(positionRow);
        pos = row >= 0 ? Vec3<TLane>.Load(rows, row) : Vec3<TLane>.Constant(rows, offset);
        row = rows.Integer(orientationRow);
        quat = row >= 0
            ? Quat<TLane>.Normalize(Quat<TLane>.Load(rows, row))
            : Quat<TLane>.Constant(rows, offset + 3);
    }

    /// <summary>An offset from a body becomes a frame in the world.</summary>
    private static void Attach<TLane, TRows>(
        TRows rows, in DataRows data, int source, ref Vec3<TLane> pos, ref Quat<TLane> quat)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        pos = (Mat3<TLane>.Load(rows, data.xmat + (9 * source)) * pos)
            + Vec3<TLane>.Load(rows, data.xpos + (3 * source));
        quat = Quat<TLane>.Load(rows, data.xquat + (4 * source)) * quat;
    }

    private static void Store<TLane, TRows>(
        TRows rows, in DataRows data, int body, Vec3<TLane> pos, Quat<TLane> quat)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        pos.Store(rows, data.xpos + (3 * body));
        quat.Store(rows, data.xquat + (4 * body));
        Mat3<TLane>.FromQuat(quat).Store(rows, data.xmat + (9 * body));
    }
}
