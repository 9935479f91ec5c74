using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// Pairs of simple shapes, one pose at a time, in scalar double (engine_collision_primitive.c, mjc_SphereBox in
/// engine_collision_box.c): the slow counterparts of the kernels.
/// </summary>
internal sealed class ReferencePairs
{
    private readonly ReferenceVector _pos1;
    private readonly ReferenceVector _pos2;
    private readonly ReferenceVector _axis1;
    private readonly ReferenceVector _axis2;
    private readonly double[] _mat2;
    private readonly double[] _size1;
    private readonly double[] _size2;
    private readonly double _margin;
    private readonly List<PairContact> _contacts = [];

    private ReferencePairs(PairPose pose, double[] size1, double[] size2, double margin)
    {
        _pos1 = ReferenceVector.Of(pose.Position1);
        _pos2 = ReferenceVector.Of(pose.Position2);
        _axis1 = ReferenceVector.Column(pose.Matrix1, 2);
        _axis2 = ReferenceVector.Column(pose.Matrix2, 2);
        (_mat2, _size1, _size2, _margin) = (pose.Matrix2, size1, size2, margin);
    }

    public static PairContact[] Contacts(
        PairFunction function, PairPose pose, double[] size1, double[] size2, double margin)
    {
        if (function == PairFunction.BoxBox) return ReferenceBoxes.Contacts(pose, size1, size2, margin);
        if (function == PairFunction.CapsuleBox) return ReferenceCapsule.Contacts(pose, size1, size2, margin);
        ReferencePairs pairs = new(pose, size1, size2, margin);
        pairs.Run(function);
        return [.. pairs._contacts];
    }

    /// <summary>A sphere somewhere and a box.</summary>
    public static PairContact? SphereBox(
        ReferenceVector center, double radius, PairPose pose, double[] size, double margin)
    {
        ReferenceVector local = (center - ReferenceVector.Of(pose.Position2)).In(pose.Matrix2);
        ReferenceVector nearest = new(
            Math.Clamp(local.X, -size[0], size[0]), Math.Clamp(local.Y, -size[1], size[1]),
            Math.Clamp(local.Z, -size[2], size[2]));
        double distance = (nearest - local).Length;
        if (distance - radius > margin) return null;
        ReferenceVector normal = (nearest - local).Unit();
        ReferenceVector point = 0.5 * (nearest + local + (radius * normal));
        if (distance <= 1e-15)
        {
            // inside: out through the nearest face
            double depth = 2 * size.Sum();
            for (int face = 0; face < 6; face++)
            {
                int axis = face / 2;
                double there = Math.Abs((face % 2 == 1 ? size[axis] : -size[axis]) - local[axis]);
                if (there >= depth) continue;
                depth = there;
                normal = default(ReferenceVector).With(axis, face % 2 == 1 ? -1 : 1);
            }

            point = local + ((radius - depth) / 2 * normal);
            distance = -depth;
        }

        ReferenceVector place = point.From(pose.Matrix2) + ReferenceVector.Of(pose.Position2);
        return new(distance - radius, place.Numbers, normal.From(pose.Matrix2).Numbers);
    }

    private void Run(PairFunction function)
    {
        switch (function)
        {
            case PairFunction.PlaneSphere: OverPlane(_pos2); break;
            case PairFunction.PlaneCapsule:
                OverPlane(_pos2 + (_size2[1] * _axis2));
                OverPlane(_pos2 - (_size2[1] * _axis2));
                break;
            case PairFunction.PlaneCylinder: PlaneCylinder(); break;
            case PairFunction.PlaneBox: PlaneBox(); break;
            case PairFunction.SphereSphere: Spheres(_pos1, _pos2, _size2[0]); break;
            case PairFunction.SphereCapsule:
                double x = Math.Clamp(_axis2.Dot(_pos1 - _pos2), -_size2[1], _size2[1]);
                Spheres(_pos1, _pos2 + (x * _axis2), _size2[0]);
                break;
            case PairFunction.SphereCylinder: SphereCylinder(); break;
            case PairFunction.CapsuleCapsule: CapsuleCapsule(); break;
            default:
                PairPose pose = new([], [], _pos2.Numbers, _mat2);
                if (SphereBox(_pos1, _size1[0], pose, _size2, _margin) is { } contact) _contacts.Add(contact);
                break;
        }
    }

    private void OverPlane(ReferenceVector center)
    {
        double distance = (center - _pos1).Dot(_axis1) - _size2[0];
        if (distance <= _margin) Add(distance, center - (((distance / 2) + _size2[0]) * _axis1), _axis1);
    }

    private void PlaneCylinder()
    {
        // axis and radius towards the plane
        ReferenceVector axis = _axis1.Dot(_axis2) > 0 ? -_axis2 : _axis2;
        double alongAxis = _axis1.Dot(axis);
        ReferenceVector down = (alongAxis * axis) - _axis1;
        down = down.Length < 1e-15
            ? _size2[0] * ReferenceVector.Column(_mat2, 0)
            : _size2[0] / down.Length * down;
        double alongDown = down.Dot(_axis1);
        axis = _size2[1] * axis;
        alongAxis *= _size2[1];
        double height = (_pos2 - _pos1).Dot(_axis1);
        if (height + alongAxis + alongDown > _margin) return;
        Point(height + alongAxis + alongDown, _pos2 + down + axis);
        if (height - alongAxis + alongDown <= _margin) Point(height - alongAxis + alongDown, _pos2 + down - axis);
        double beside = height + alongAxis - (0.5 * alongDown);
        if (beside > _margin) return;
        ReferenceVector sideways = _size2[0] * Math.Sqrt(3) / 2 * down.Cross(axis).Unit();
        Point(beside, _pos2 + sideways + axis - (0.5 * down));
        Point(beside, _pos2 - sideways + axis - (0.5 * down));
    }

    private void PlaneBox()
    {
        double height = (_pos2 - _pos1).Dot(_axis1);
        for (int i = 0; i < 8 && _contacts.Count < 4; i++)
        {
            ReferenceVector corner = new ReferenceVector(
                (i & 1) != 0 ? _size2[0] : -_size2[0], (i & 2) != 0 ? _size2[1] : -_size2[1],
                (i & 4) != 0 ? _size2[2] : -_size2[2]).From(_mat2);
            double below = corner.Dot(_axis1);
            if (height + below <= _margin && below <= 0) Point(height + below, _pos2 + corner);
        }
    }

    private void SphereCylinder()
    {
        double x = _axis2.Dot(_pos1 - _pos2);
        ReferenceVector across = _pos1 - _pos2 - (x * _axis2);
        bool mantle = Math.Abs(x) < _size2[1];
        bool cap = across.Length < _size2[0];
        if (mantle && cap)
        {
            if (_size2[1] - Math.Abs(x) < _size2[0] - across.Length) mantle = false;
            else cap = false;
        }

        ReferenceVector end = (x > 0 ? _size2[1] : -_size2[1]) * _axis2;
        if (mantle)
        {
            Spheres(_pos1, _pos2 + (x * _axis2), _size2[0]);
        }
        else if (cap)
        {
            ReferenceVector normal = x > 0 ? _axis2 : -_axis2;
            double distance = (_pos1 - _pos2 - end).Dot(normal) - _size1[0];
            if (distance <= _margin) Add(distance, _pos1 - (((distance / 2) + _size1[0]) * normal), -normal);
        }
        else
        {
            Spheres(_pos1, _pos2 + end + (_size2[0] / across.Length * across), 0);
        }
    }

    private void CapsuleCapsule()
    {
        ReferenceVector axis1 = _size1[1] * _axis1;
        ReferenceVector axis2 = _size2[1] * _axis2;
        ReferenceVector between = _pos1 - _pos2;
        double ma = axis1.Dot(axis1);
        double mb = -axis1.Dot(axis2);
        double mc = axis2.Dot(axis2);
        double u = -axis1.Dot(between);
        double v = axis2.Dot(between);
        double determinant = (ma * mc) - (mb * mb);
        if (Math.Abs(determinant) >= 1e-15)
        {
            double x1 = ((mc * u) - (mb * v)) / determinant;
            double x2 = ((ma * v) - (mb * u)) / determinant;
            if (Math.Abs(x1) > 1) (x1, x2) = (Math.Sign(x1), (v - (Math.Sign(x1) * mb)) / mc);
            if (Math.Abs(x2) > 1) (x1, x2) = (Math.Clamp((u - (Math.Sign(x2) * mb)) / ma, -1, 1), Math.Sign(x2));
            At(x1, x2);
            return;
        }

        // parallel: ends of the first, then of the second, until there are two contacts
        At(1, Math.Clamp((v - mb) / mc, -1, 1));
        At(-1, Math.Clamp((v + mb) / mc, -1, 1));
        if (_contacts.Count < 2) At(Math.Clamp((u - mb) / ma, -1, 1), 1);
        if (_contacts.Count < 2) At(Math.Clamp((u + mb) / ma, -1, 1), -1);

        void At(double place1, double place2) =>
            Spheres(_pos1 + (place1 * axis1), _pos2 + (place2 * axis2), _size2[0]);
    }

    private void Spheres(ReferenceVector center1, ReferenceVector center2, double radius2)
    {
        double distance = (center2 - center1).Length - _size1[0] - radius2;
        if (distance > _margin) return;
        ReferenceVector normal = (center2 - center1).Length < 1e-15
            ? _axis1.Cross(_axis2).Unit()
            : (center2 - center1).Unit();
        Add(distance, center1 + ((_size1[0] + (distance / 2)) * normal), normal);
    }

    private void Point(double distance, ReferenceVector point) =>
        Add(distance, point - (distance / 2 * _axis1), _axis1);

    private void Add(double distance, ReferenceVector position, ReferenceVector normal) =>
        _contacts.Add(new(distance, position.Numbers, normal.Numbers));
}
