namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// Two boxes, one pose at a time, in scalar double (mjc_BoxBox in engine_collision_box.c, box part of mj_collideGeoms
/// in engine_collision_driver.c): the slow counterpart of the kernels.
/// </summary>
internal sealed class ReferenceBoxes
{
    private readonly double[] _pos1;
    private readonly double[] _mat1;
    private readonly double[] _size1;
    private readonly double[] _pos2;
    private readonly double[] _mat2;
    private readonly double[] _size2;
    private readonly double _margin;

    // axes of box 2 (columns) in the frame of box 1, centers in each other's frames
    private readonly double[,] _rot = new double[3, 3];
    private readonly double[] _pos21;
    private readonly double[] _pos12;

    // axis of the smallest overlap; edge normal in the frame of box 1, whether box 2 lies behind it
    private double _overlap;
    private int _axis = -1;
    private double[] _edgeNormal = [0, 0, 0];
    private bool _behind;

    // reference face: signed permutation of the reference box's axes, incident box in its frame
    private int[] _order = [0, 1, 2];
    private double[] _sign = [1, 1, 1];
    private double[][] _incident = [];
    private double[] _center = [];
    private double[] _half = [];

    private readonly List<(double[] Point, double Distance)> _points = [];

    private ReferenceBoxes(PairPose pose, double[] size1, double[] size2, double margin)
    {
        (_pos1, _mat1, _pos2, _mat2) = (pose.Position1, pose.Matrix1, pose.Position2, pose.Matrix2);
        (_size1, _size2, _margin) = (size1, size2, margin);
        double[] between = Minus(_pos2, _pos1);
        _pos21 = ToLocal(_mat1, between);
        _pos12 = ToLocal(_mat2, Times(-1, between));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) _rot[i, j] = Dot(Column(_mat1, i), Column(_mat2, j));
        }
    }

    public static PairContact[] Contacts(PairPose pose, double[] size1, double[] size2, double margin) =>
        new ReferenceBoxes(pose, size1, size2, margin).Run();

    private PairContact[] Run()
    {
        if (!Overlap()) return [];
        if (_axis < 12) FaceContacts(second: _axis >= 6, _axis % 6);
        else EdgeContacts((_axis - 12) / 3, _axis % 3);
        bool second = _axis is >= 6 and < 12;
        double[] matrix = second ? _mat2 : _mat1;
        double[] origin = second ? _pos2 : _pos1;
        double[] normal = _axis < 12 ? [0, 0, second ? -1 : 1] : Times(_behind ? -1 : 1, Turn(_edgeNormal));
        List<PairContact> contacts = [];
        foreach ((double[] point, double distance) in _points)
        {
            double[] place = Plus(origin, ToWorld(matrix, [point[0], point[1], point[2] + _half[2]]));
            contacts.Add(new(distance, place, ToWorld(matrix, normal)));
        }

        return Good(contacts);
    }

    // separating axes: false where one separates the boxes by more than the margin
    private bool Overlap()
    {
        _overlap = _margin + (3 * (_size1.Sum() + _size2.Sum()));
        for (int i = 0; i < 3; i++)
        {
            double reach2 = 0;
            double reach1 = 0;
            for (int k = 0; k < 3; k++)
            {
                reach2 += Math.Abs(_rot[i, k]) * _size2[k];
                reach1 += Math.Abs(_rot[k, i]) * _size1[k];
            }

            double overlap1 = _size1[i] - Math.Abs(_pos21[i]) + reach2;
            double overlap2 = _size2[i] - Math.Abs(_pos12[i]) + reach1;
            if (overlap1 < -_margin || overlap2 < -_margin) return false;
            if (overlap1 < _overlap) (_overlap, _axis) = (overlap1, i + (_pos21[i] < 0 ? 3 : 0));
            if (overlap2 < _overlap) (_overlap, _axis) = (overlap2, i + (_pos12[i] < 0 ? 9 : 6));
        }

        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                if (!EdgesOverlap(i, j)) return false;
            }
        }

        return true;
    }

    private bool EdgesOverlap(int i, int j)
    {
        double[] edge1 = [0, 0, 0];
        edge1[i] = 1;
        double[] normal = Cross(edge1, [_rot[0, j], _rot[1, j], _rot[2, j]]);
        double length = Math.Sqrt(Dot(normal, normal));
        if (length < 1e-15) return true;
        normal = Times(1 / length, normal);
        double distance = Dot(_pos21, normal);
        double overlap = 0;
        for (int k = 0; k < 3; k++) overlap += k == i ? 0 : _size1[k] * Math.Abs(normal[k]);
        for (int k = 0; k < 3; k++) overlap += k == j ? 0 : _size2[k] * Math.Abs(_rot[i, 3 - k - j]) / length;
        overlap -= Math.Abs(distance);
        if (overlap < -_margin) return false;
        if (overlap < _overlap * (1 - 1e-12))
            (_overlap, _axis, _edgeNormal, _behind) = (overlap, 12 + (3 * i) + j, normal, distance < 0);
        return true;
    }

    // frame of a face: its axis becomes z, outwards
    private void ChooseFace(bool second, int face)
    {
        _order = (face % 3) switch { 0 => [2, 1, 0], 1 => [0, 2, 1], _ => [0, 1, 2] };
        _sign = face switch
        {
            0 => [-1, 1, 1],
            1 => [1, -1, 1],
            2 => [1, 1, 1],
            3 or 4 => [1, 1, -1],
            _ => [-1, 1, -1],
        };
        double[] size = second ? _size2 : _size1;
        _half = [size[_order[0]], size[_order[1]], size[_order[2]]];
        _incident = [.. Enumerable.Range(0, 3).Select(j => Turn([.. Enumerable.Range(0, 3).Select(
            k => second ? _rot[j, k] : _rot[k, j])]))];
        _center = Turn(second ? _pos12 : _pos21);
        _center[2] -= _half[2];
    }

    private void FaceContacts(bool second, int face)
    {
        ChooseFace(second, face);
        double[] size = second ? _size1 : _size2;
        double[] corner = _center;
        List<double[]> sides = [];
        for (int i = 0; i < 3; i++)
        {
            double reach = _incident[i][2] < 0 ? size[i] : -size[i];
            corner = Plus(corner, Times(reach, _incident[i]));
            if (Math.Abs(_incident[i][2]) < 0.5) sides.Add(Times(-2 * reach, _incident[i]));
        }

        double[] side1 = sides.Count > 0 ? sides[0] : [0, 0, 0];
        double[] side2 = sides.Count > 1 ? sides[1] : [0, 0, 0];
        double[][] corners = [corner, Plus(corner, side1), Plus(corner, side2), Plus(Plus(corner, side1), side2)];
        if (sides.Count > 0) Cross(corner, side1);
        if (sides.Count > 1)
        {
            Cross(corner, side2);
            Cross(corners[1], side2);
            Cross(corners[2], side1);
            AddFaceCorners(corner, side1, side2);
        }

        AddFace(corner);
        int count = sides.Count == 0 ? 1 : sides.Count == 1 ? 2 : 4;
        foreach (double[] other in corners[1..count])
        {
            if (Math.Abs(other[0]) < _half[0] && Math.Abs(other[1]) < _half[1]) AddFace(other);
        }

        void Cross(double[] start, double[] side)
        {
            foreach ((double t, _, _, _) in Crossings(start, side)) AddFace(Plus(start, Times(t, side)));
        }
    }

    private void AddFaceCorners(double[] corner, double[] side1, double[] side2)
    {
        double area = (side1[0] * side2[1]) - (side2[0] * side1[1]);
        foreach ((double x, double y) in Borders())
        {
            double u = (((x - corner[0]) * side2[1]) - ((y - corner[1]) * side2[0])) * (1 / area);
            double v = (((y - corner[1]) * side1[0]) - ((x - corner[0]) * side1[1])) * (1 / area);
            if (u > 0 && v > 0 && u < 1 && v < 1) AddFace([x, y, corner[2] + (u * side1[2]) + (v * side2[2])]);
        }
    }

    private void AddFace(double[] point)
    {
        if (point[2] <= _margin) _points.Add(([point[0], point[1], point[2] / 2], point[2] / 2));
    }

    private void EdgeContacts(int i, int j)
    {
        // faces beside the edges that are more across the other edge
        (int first, int last) = i switch { 0 => (1, 2), 1 => (0, 2), _ => (1, 0) };
        int axis = Math.Abs(_rot[first, j]) < Math.Abs(_rot[last, j]) ? first : last;
        ChooseFace(second: false, axis + (_edgeNormal[axis] > 0 != _behind ? 0 : 3));
        (int span, int third) = j switch { 0 => (1, 2), 1 => (0, 2), _ => (1, 0) };
        if (Math.Abs(_rot[i, span]) < Math.Abs(_rot[i, third])) (span, third) = (third, span);
        double[] normal = Turn(_edgeNormal);
        double scale = (_behind ? -1 : 1) * (1 / normal[2]);

        double[] along = Times(_size2[j], _incident[j]);
        double[] up = Times(Side(third) * _size2[third], _incident[third]);
        double[] across = Times(Side(span) * _size2[span], _incident[span]);
        double[] near = Plus(Plus(_center, across), up);
        double[] far = Plus(Minus(_center, across), up);
        double[][] free = [Plus(near, along), Minus(near, along), Plus(far, along), Minus(far, along)];
        double[][] corners = [.. free.Select(point => Plus(point, Times(-point[2] * (1 / normal[2]), normal)))];
        AddEdgeCrossings(corners, free, scale);
        int crossings = _points.Count;
        AddEdgeFaceCorners(corners, free, crossings);
        AddEdgeCorners(corners, free, scale, crossings, _points.Count);

        // side of box 2 on which edge j lies along another axis
        double Side(int k) => _rot[i, 3 - k - j] > 0 != _behind != ((k - j + 3) % 3 == 1) ? 1 : -1;
    }

    private void AddEdgeCrossings(double[][] corners, double[][] free, double scale)
    {
        double[][] sides = [Minus(corners[1], corners[0]), Minus(corners[2], corners[0])];
        double[][] freeSides = [Minus(free[1], free[0]), Minus(free[2], free[0])];
        foreach ((int along, int off) in ((int, int)[])[(0, -1), (1, -1), (1, 0), (0, 1)])
        {
            double[] start = off < 0 ? corners[0] : Plus(corners[0], sides[off]);
            double[] freeStart = off < 0 ? free[0] : Plus(free[0], freeSides[off]);
            foreach ((double t, int q, double border, double other) in Crossings(start, sides[along]))
            {
                double[] point = Plus(freeStart, Times(t, freeSides[along]));
                if (point[2] * scale > _margin) continue;
                double distance = point[2] * scale;
                point[q] += border;
                point[1 - q] += other;
                _points.Add((Times(0.5, point), distance));
            }
        }
    }

    private void AddEdgeFaceCorners(double[][] corners, double[][] free, int crossings)
    {
        double[] side1 = Minus(corners[1], corners[0]);
        double[] side2 = Minus(corners[2], corners[0]);
        double area = (side1[0] * side2[1]) - (side2[0] * side1[1]);
        foreach ((double x, double y) in Borders())
        {
            double u = (((x - corners[0][0]) * side2[1]) - ((y - corners[0][1]) * side2[0])) * (1 / area);
            double v = (((y - corners[0][1]) * side1[0]) - ((x - corners[0][0]) * side1[1])) * (1 / area);
            bool inU = u is >= 0 and <= 1;
            bool inV = v is >= 0 and <= 1;
            if (crossings == 0 ? !inU && !inV : !inU || !inV) continue;
            u = Math.Clamp(u, 0, 1);
            v = Math.Clamp(v, 0, 1);
            double[] image = Plus(Plus(Times(1 - u - v, free[0]), Times(u, free[1])), Times(v, free[2]));
            double[] between = Minus([x, y, 0], image);

            // MuJoCo's variable of the area holds this from here on
            area = Dot(between, between);
            if (image[2] > 0 && area > _margin * _margin) continue;
            _points.Add((Times(0.5, Plus([x, y, 0], image)), Math.Sqrt(area) * (image[2] < 0 ? -1 : 1)));
        }
    }

    private void AddEdgeCorners(double[][] corners, double[][] free, double scale, int crossings, int found)
    {
        for (int i = 0; i < 4; i++)
        {
            bool inX = Math.Abs(corners[i][0]) <= _half[0];
            bool inY = Math.Abs(corners[i][1]) <= _half[1];
            if (crossings > 0 ? !inX || !inY : found > 0 && !inX && !inY) continue;
            double x = Math.Clamp(corners[i][0], -_half[0], _half[0]);
            double y = Math.Clamp(corners[i][1], -_half[1], _half[1]);
            double height = free[i][2] * scale;
            double square = Math.Pow(corners[i][0] - x, 2) + Math.Pow(corners[i][1] - y, 2) + (height * height);
            if (free[i][2] > 0 && square > _margin * _margin) continue;
            _points.Add((Times(0.5, Plus([x, y, 0], free[i])), Math.Sqrt(square) * (free[i][2] < 0 ? -1 : 1)));
        }
    }

    // where a side crosses the lines of the borders: place on the side, coordinate, border, other coordinate
    private IEnumerable<(double T, int Q, double Border, double Other)> Crossings(double[] start, double[] side)
    {
        for (int q = 0; q < 2; q++)
        {
            if (Math.Abs(side[q]) <= 1e-15) continue;
            foreach (double border in (double[])[-_half[q], _half[q]])
            {
                double t = (border - start[q]) * (1 / side[q]);
                double other = start[1 - q] + (t * side[1 - q]);
                if (t is >= 0 and <= 1 && Math.Abs(other) <= _half[1 - q]) yield return (t, q, border, other);
            }
        }
    }

    private (double X, double Y)[] Borders() =>
        [(-_half[0], -_half[1]), (-_half[0], _half[1]), (_half[0], -_half[1]), (_half[0], _half[1])];

    // without points outside a box, and without those whose place a later one has
    private PairContact[] Good(List<PairContact> contacts)
    {
        List<PairContact> inside = [.. contacts.Where(contact =>
        {
            int out1 = Outside(contact.Position, _pos1, _mat1, _size1);
            int out2 = Outside(contact.Position, _pos2, _mat2, _size2);
            return !(out1 == 1 && out2 != -1) && !(out2 == 1 && out1 != -1);
        })];
        return [.. inside.Where((contact, i) =>
            !inside.Skip(i + 1).Any(later => later.Position.SequenceEqual(contact.Position)))];
    }

    // 1 outside, -1 inside, 0 within 1 % of the surface
    private int Outside(double[] point, double[] pos, double[] mat, double[] size)
    {
        double[] local = ToLocal(mat, Minus(point, pos));
        int[] axes = [0, 1, 2];
        if (axes.Any(k => Math.Abs(local[k]) > (size[k] + _margin) * 1.01)) return 1;
        return axes.All(k => Math.Abs(local[k]) < (size[k] + _margin) / 1.01) ? -1 : 0;
    }

    private double[] Turn(double[] v) => [.. Enumerable.Range(0, 3).Select(k => _sign[k] * v[_order[k]])];

    private double[] ToWorld(double[] matrix, double[] v)
    {
        double[] own = [0, 0, 0];
        for (int k = 0; k < 3; k++) own[_order[k]] = _sign[k] * v[k];
        return [.. Enumerable.Range(0, 3).Select(i => Dot(matrix[(3 * i)..((3 * i) + 3)], own))];
    }

    private static double[] ToLocal(double[] matrix, double[] v) =>
        [.. Enumerable.Range(0, 3).Select(i => Dot(Column(matrix, i), v))];

    private static double[] Column(double[] matrix, int i) => [matrix[i], matrix[3 + i], matrix[6 + i]];

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    private static double[] Plus(double[] a, double[] b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

    private static double[] Times(double s, double[] a) => [s * a[0], s * a[1], s * a[2]];
}
