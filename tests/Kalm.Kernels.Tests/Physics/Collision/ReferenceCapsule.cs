namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// A capsule and a box, one pose at a time, in scalar double (mjraw_CapsuleBox in engine_collision_box.c): the slow
/// counterpart of the kernel.
/// </summary>
internal sealed class ReferenceCapsule
{
    private readonly PairPose _pose;
    private readonly double _radius;
    private readonly double _halfLength;
    private readonly double[] _size;
    private readonly double _margin;
    private readonly ReferenceVector _center;
    private readonly ReferenceVector _axis;
    private readonly ReferenceVector _half;

    // nearest feature: -3 and -1 an end of the capsule, else 3 (end of the edge) + end of the capsule, 1 the middle
    private int _kind = -4;
    private int _face = -1;
    private int _corner;
    private int _edge;
    private double _best;
    private double _onCapsule;
    private double _onEdge;

    private ReferenceCapsule(PairPose pose, double[] size1, double[] size2, double margin)
    {
        (_pose, _size, _margin) = (pose, size2, margin);
        (_radius, _halfLength) = (size1[0], size1[1]);
        _center = (ReferenceVector.Of(pose.Position1) - ReferenceVector.Of(pose.Position2)).In(pose.Matrix2);
        _axis = ReferenceVector.Column(pose.Matrix1, 2).In(pose.Matrix2);
        _half = _halfLength * _axis;
        _best = margin + (2 * (_radius + _halfLength + size2.Sum()));
    }

    public static PairContact[] Contacts(PairPose pose, double[] size1, double[] size2, double margin) =>
        new ReferenceCapsule(pose, size1, size2, margin).Run();

    private PairContact[] Run()
    {
        Ends();
        for (int axis = 0; axis < 3; axis++)
        {
            for (int corner = 0; corner < 8; corner++)
            {
                if ((corner & (1 << axis)) == 0) Edge(axis, corner);
            }
        }

        if (_kind == -4) return [];
        List<PairContact> contacts = [];
        Add(_onCapsule);
        if (Second() is { } second) Add(second + _onCapsule);
        return [.. contacts];

        void Add(double place)
        {
            ReferenceVector point = (_center + (place * _half)).From(_pose.Matrix2)
                + ReferenceVector.Of(_pose.Position2);
            if (ReferencePairs.SphereBox(point, _radius, _pose, _size, _margin) is { } contact) contacts.Add(contact);
        }
    }

    private void Ends()
    {
        for (int end = -1; end <= 1; end += 2)
        {
            ReferenceVector point = _center + (end * _half);
            int outside = 0;
            int face = -1;
            double square = 0;
            for (int k = 0; k < 3; k++)
            {
                if (Math.Abs(point[k]) <= _size[k]) continue;
                outside++;
                face = k;
                square += Math.Pow(Math.Abs(point[k]) - _size[k], 2);
            }

            if (outside > 1 || square >= _best) continue;
            (_best, _onCapsule, _kind, _face) = (square, end, -2 + end, face);
        }
    }

    private void Edge(int axis, int corner)
    {
        ReferenceVector start = default;
        for (int k = 0; k < 3; k++)
            start = start.With(k, k == axis ? 0 : (corner & (1 << k)) != 0 ? _size[k] : -_size[k]);
        ReferenceVector between = start - _center;
        double ma = _size[axis] * _size[axis];
        double mb = -_size[axis] * _half[axis];
        double mc = _halfLength * _halfLength;
        double u = -_size[axis] * between[axis];
        double v = _half.Dot(between);
        double determinant = (ma * mc) - (mb * mb);
        if (Math.Abs(determinant) < 1e-15) return;
        double x1 = ((mc * u) - (mb * v)) * (1 / determinant);
        double x2 = ((ma * v) - (mb * u)) * (1 / determinant);

        // place on the edge, then on the capsule, then again on the edge; 0 1 2: lower end, middle, upper end
        int onEdge = 1;
        int onCapsule = 1;
        if (Math.Abs(x1) > 1)
        {
            x1 = Math.Sign(x1);
            onEdge = x1 > 0 ? 2 : 0;
            x2 = (v - (x1 * mb)) * (1 / mc);
        }

        if (Math.Abs(x2) > 1)
        {
            x2 = Math.Sign(x2);
            onCapsule = x2 > 0 ? 2 : 0;
            x1 = (u - (x2 * mb)) * (1 / ma);
            if (Math.Abs(x1) > 1)
            {
                x1 = Math.Sign(x1);
                onEdge = x1 > 0 ? 2 : 0;
            }
        }

        ReferenceVector nearest = between - (x2 * _half);
        nearest = nearest.With(axis, nearest[axis] + (_size[axis] * x1));
        double square = nearest.Dot(nearest);
        if (square >= _best - 1e-15) return;
        (_best, _onCapsule, _onEdge) = (square, x2, x1);
        (_kind, _edge, _corner) = ((3 * onEdge) + onCapsule, axis, corner + (onEdge == 2 ? 1 << axis : 0));
    }

    // place of a second sphere relative to the first
    private double? Second()
    {
        if (_kind < 0) return SecondOverFace();
        int directions = 0;
        for (int k = 0; k < 3; k++) directions |= _half[k] > 0 ? 1 << k : 0;
        return _kind / 3 == 1 ? SecondAtEdge(directions) : SecondAtCorner(directions ^ _corner);
    }

    private double? SecondOverFace()
    {
        if (_face == -1) return null;
        int direction = _kind == -3 ? 1 : -1;
        ReferenceVector end = _center - (direction * _half);
        double length = 2;
        for (int k = 0; k < 3; k++)
        {
            if (k == _face) continue;
            foreach (double border in (double[])[_size[k], -_size[k]])
            {
                double place = (border - end[k]) / _half[k] * direction;
                if (place > 0 && place < length) length = place;
            }
        }

        return length * direction;
    }

    private double? SecondAtCorner(int differs)
    {
        if (differs is 0 or 7) return null;
        int direction = int.IsPow2(differs) ? 1 : -1;
        int odd = int.Log2(direction > 0 ? differs : 7 - differs);
        if (_axis[odd] * _axis[odd] > 0.5)
            return direction * Math.Min(1 - (direction * _onCapsule), 2 * _size[odd] / Math.Abs(_half[odd]));
        double length = 1 + (direction * _onCapsule);
        for (int k = 0; k < 3; k++)
        {
            if (k != odd) length = Math.Min(length, 2 * _size[k] / Math.Abs(_half[k]));
        }

        return -direction * length;
    }

    private double? SecondAtEdge(int directions)
    {
        int differs = (directions ^ _corner) & (7 - (1 << _edge));
        if (!int.IsPow2(differs)) return null;
        int next = (_edge + 1) % 3;
        int last = (_edge + 2) % 3;
        int far = Math.Abs(_axis[next]) > Math.Abs(_axis[last]) ? next : last;
        bool up = (differs & (1 << far)) != 0;
        int direction = up ? 1 : -1;
        double length = Math.Min(1 - (direction * _onCapsule), 2 * _size[far] / Math.Abs(_half[far]));
        double rest = (directions & (1 << _edge)) != 0 == up ? 1 - _onEdge : 1 + _onEdge;
        double alongEdge = _size[_edge] * rest / Math.Abs(_half[_edge]);
        return direction * (alongEdge < length ? alongEdge : length);
    }
}
