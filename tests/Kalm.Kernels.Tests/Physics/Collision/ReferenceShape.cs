using Kalm.Kernels.Models;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// A convex shape and its support function in scalar double code (mjCCDObj and mjc_*Support in
/// engine_collision_convex.c).
/// </summary>
/// <param name="type">Type of the geom.</param>
/// <param name="size">Its three sizes.</param>
/// <param name="hull">Hull of a mesh.</param>
/// <param name="position">Its center.</param>
/// <param name="matrix">Its orientation, nine numbers, row by row.</param>
internal sealed class ReferenceShape(
    GeomType type, double[] size, TestHull? hull, Vector position, double[] matrix)
{
    // hulls of fewer vertices are not searched along edges
    private const int MinClimb = 10;
    private int _warm = -1;

    public GeomType Type => type;

    public Vector Position => position;

    public double Radius => size[0];

    /// <summary>Inflates the shape; half of it goes to this shape.</summary>
    public double Margin { get; set; }

    /// <summary>A sphere is taken as a point, a capsule as a segment.</summary>
    public bool Core { get; set; }

    public bool Round => type is GeomType.Sphere or GeomType.Capsule;

    public bool Discrete => Margin == 0 && type is (GeomType.Box or GeomType.Mesh);

    public Vector Support(Vector direction)
    {
        Vector point = Uninflated(direction);
        return Margin > 0 ? point + ((0.5 * Margin) * direction) : point;
    }

    private Vector Uninflated(Vector direction)
    {
        Vector local = new(
            Vector.Dot(Column(0), direction), Vector.Dot(Column(1), direction), Vector.Dot(Column(2), direction));
        switch (type)
        {
            case GeomType.Sphere:
                return Core ? position : (size[0] * direction) + position;
            case GeomType.Capsule:
                Vector sphere = Core ? default : size[0] * local;
                return ToGlobal(new(sphere.X, sphere.Y, sphere.Z + (local.Z >= 0 ? size[1] : -size[1])));
            case GeomType.Cylinder:
                return ToGlobal(Cylinder(local));
            case GeomType.Box:
                return ToGlobal(new(
                    local.X >= 0 ? size[0] : -size[0],
                    local.Y >= 0 ? size[1] : -size[1],
                    local.Z >= 0 ? size[2] : -size[2]));
            case GeomType.Mesh:
                _warm = hull!.Vertices.Length < MinClimb ? Exhaust(local) : Climb(local);
                return ToGlobal(hull.Vertices[_warm]);
            default:
                throw new NotSupportedException($"{type}");
        }
    }

    private Vector Cylinder(Vector local)
    {
        double square = (local.X * local.X) + (local.Y * local.Y);
        double scale = square > 1e-30 ? size[0] / Math.Sqrt(square) : 0;
        return new(local.X * scale, local.Y * scale, Math.Sign(local.Z) * size[1]);
    }

    private int Exhaust(Vector local)
    {
        int best = Math.Max(_warm, 0);
        double max = _warm >= 0 ? Vector.Dot(local, hull!.Vertices[best]) : -float.MaxValue;
        for (int i = 0; i < hull!.Vertices.Length; i++)
        {
            double dot = Vector.Dot(local, hull.Vertices[i]);
            if (dot <= max) continue;
            max = dot;
            best = i;
        }

        return best;
    }

    private int Climb(Vector local)
    {
        int best = Math.Max(_warm, 0);
        double max = -float.MaxValue;
        int last;
        do
        {
            last = best;
            foreach (int neighbor in hull!.Neighbors[last])
            {
                double dot = Vector.Dot(local, hull.Vertices[neighbor]);
                if (dot <= max) continue;
                max = dot;
                best = neighbor;
            }
        }
        while (best != last);
        return best;
    }

    private Vector Column(int i) => new(matrix[i], matrix[3 + i], matrix[6 + i]);

    private Vector Row(int i) => new(matrix[3 * i], matrix[(3 * i) + 1], matrix[(3 * i) + 2]);

    private Vector ToGlobal(Vector local) =>
        new Vector(Vector.Dot(Row(0), local), Vector.Dot(Row(1), local), Vector.Dot(Row(2), local)) + position;
}
