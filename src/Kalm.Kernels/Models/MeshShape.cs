using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// A mesh in the frame of its center of mass and principal axes of inertia (MuJoCo: mjCMesh::Process, user_mesh.cc,
/// with the legacy inertia that is its default: each triangle makes a pyramid of positive volume with the centroid of
/// all triangles).
/// </summary>
/// <remarks>
/// Vertices stay in single precision throughout, and so do the sums that MuJoCo makes of them: its numbers, not the
/// better ones, are wanted. MuJoCo 2 found the center elsewhere; that is not reproduced.
/// </remarks>
internal sealed class MeshShape
{
    private const double MinVal = 1e-15;

    // what the inequality between moments of inertia may miss (MuJoCo: mjCMesh::Process)
    private const double InequalityAbsolute = 1e-9;
    private const double InequalityRelative = 1e-6;

    private readonly int[] _faces;
    private readonly double _density;

    /// <summary>Places and weighs a mesh.</summary>
    /// <param name="vertices">Vertices as in the file; changed to those in the frame of the mesh.</param>
    /// <param name="faces">Triangles.</param>
    /// <param name="placement">Reference position (3), orientation (4) and scale (3).</param>
    /// <param name="density">Density; MuJoCo's numbers depend on it by rounding only.</param>
    /// <exception cref="KalmException">What is wrong with the mesh, without its name.</exception>
    public MeshShape(float[] vertices, int[] faces, MeshPlacement placement, double density)
    {
        Vertices = vertices;
        _faces = faces;
        _density = density;
        placement.Apply(vertices);
        if (Array.Exists(vertices, x => !float.IsFinite(x))) throw new KalmException("scaled to infinity");
        Pos = placement.Centered ? [0, 0, 0] : Center(Centroid());
        (double[] moments, double volume) = Inertia();
        (double[] values, double[] axes) = GeomInertia.PrincipalAxes(moments, ModelCompat.Mj3);
        Quat = placement.Centered ? [1, 0, 0, 0] : axes;
        if (!(values[2] > 0)) throw new KalmException("its inertia is not positive");
        for (int i = 0; i < 3; i++)
        {
            double others = values.Sum() - values[i];
            if (others < (values[i] * (1 - InequalityRelative)) - InequalityAbsolute)
                throw new KalmException("a moment of inertia exceeds the sum of the other two");
        }

        Volume = volume;
        double mass = volume * density;
        for (int i = 0; i < 3; i++)
        {
            (double next, double last) = (values[(i + 1) % 3], values[(i + 2) % 3]);
            Box[i] = Math.Sqrt(6 * (next + last - values[i]) / mass) / 2;
        }

        Move();
        if (!Box.All(double.IsFinite)) throw new KalmException("its inertia is not that of a body");
    }

    /// <summary>Vertices in the frame of the mesh, three numbers each.</summary>
    public float[] Vertices { get; }

    /// <summary>Position of the frame in that of the scaled file.</summary>
    public double[] Pos { get; }

    /// <summary>Orientation of the frame in that of the scaled file.</summary>
    public double[] Quat { get; }

    /// <summary>Volume, m^3.</summary>
    public double Volume { get; }

    /// <summary>Half sizes of the box with the same inertia.</summary>
    public double[] Box { get; } = new double[3];

    /// <summary>Lowest and highest coordinates, (6).</summary>
    public double[] Bounds { get; } =
    [
        double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity,
        double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity,
    ];

    /// <summary>Half sizes of the box about the frame that holds the mesh.</summary>
    public double[] Reach() =>
        [.. Enumerable.Range(0, 3).Select(i => Math.Max(Math.Abs(Bounds[i]), Math.Abs(Bounds[i + 3])))];

    /// <summary>Moments of inertia for a mass, about the axes of the frame (MuJoCo: mjCGeom::SetInertia).</summary>
    public double[] Moments(double mass)
    {
        double x = Box[0] * Box[0], y = Box[1] * Box[1], z = Box[2] * Box[2];
        return [mass * (y + z) / 3, mass * (x + z) / 3, mass * (x + y) / 3];
    }

    // mean of the triangles' centers, weighted by area
    private double[] Centroid()
    {
        double x = 0, y = 0, z = 0, area = 0;
        for (int face = 0; face < _faces.Length; face += 3)
        {
            Triangle t = new(Vertices, _faces, face);
            x += t.Area * t.X;
            y += t.Area * t.Y;
            z += t.Area * t.Z;
            area += t.Area;
        }

        if (area < MinVal) throw new KalmException("its triangles have no area");
        return [x / area, y / area, z / area];
    }

    // center of mass of the pyramids over all triangles (MuJoCo: mjCMesh::ComputeVolume)
    private double[] Center(double[] apex)
    {
        double x = 0, y = 0, z = 0, volume = 0;
        for (int face = 0; face < _faces.Length; face += 3)
        {
            Triangle t = new(Vertices, _faces, face);
            double part = t.Pyramid(apex[0], apex[1], apex[2]);
            volume += part;
            x += part * ((t.X * 3.0 / 4.0) + (apex[0] / 4.0));
            y += part * ((t.Y * 3.0 / 4.0) + (apex[1] / 4.0));
            z += part * ((t.Z * 3.0 / 4.0) + (apex[2] / 4.0));
        }

        if (volume < MinVal) throw new KalmException("its volume is too small");
        return [x / volume, y / volume, z / volume];
    }

    // inertia matrix and volume about the center of mass (MuJoCo: mjCMesh::ComputeInertia)
    private (double[] Matrix, double Volume) Inertia()
    {
        float[] centered = [.. Vertices];
        for (int i = 0; i < centered.Length; i++) centered[i] = (float)(centered[i] - Pos[i % 3]);
        double volume = 0;
        double[] product = new double[6];
        for (int face = 0; face < _faces.Length; face += 3)
        {
            double part = new Triangle(centered, _faces, face).Pyramid(0, 0, 0);
            volume += part;
            for (int k = 0; k < 6; k++) product[k] += _density * part / 20 * Mixed(centered, face, k);
        }

        double xx = product[1] + product[2], yy = product[0] + product[2], zz = product[0] + product[1];
        double xy = -product[3], xz = -product[4], yz = -product[5];
        return ([xx, xy, xz, xy, yy, yz, xz, yz, zz], volume);
    }

    // what the corners of a triangle add to a product of inertia: xx, yy, zz, xy, xz, yz
    private float Mixed(float[] v, int face, int k)
    {
        int i = k < 3 ? k : k == 5 ? 1 : 0;
        int j = k < 3 ? k : k == 3 ? 1 : 2;
        int d = 3 * _faces[face], e = 3 * _faces[face + 1], f = 3 * _faces[face + 2];
        float squares = (v[d + i] * v[d + j]) + (v[e + i] * v[e + j]) + (v[f + i] * v[f + j]);
        float sum = (2 * squares) + (v[d + i] * v[e + j]) + (v[d + j] * v[e + i]);
        sum = sum + (v[d + i] * v[f + j]) + (v[d + j] * v[f + i]);
        return sum + (v[e + i] * v[f + j]) + (v[e + j] * v[f + i]);
    }

    // takes the vertices into the frame of the mesh and finds their bounds (MuJoCo: mjCMesh::Transform, Rotate)
    private void Move()
    {
        double[] m = Rotation.ToMatrix([Quat[0], -Quat[1], -Quat[2], -Quat[3]]);
        for (int vertex = 0; vertex < Vertices.Length; vertex += 3)
        {
            double x = (float)(Vertices[vertex] - Pos[0]);
            double y = (float)(Vertices[vertex + 1] - Pos[1]);
            double z = (float)(Vertices[vertex + 2] - Pos[2]);
            for (int k = 0; k < 3; k++)
            {
                double moved = (m[3 * k] * x) + (m[(3 * k) + 1] * y) + (m[(3 * k) + 2] * z);
                Vertices[vertex + k] = (float)moved;
                Bounds[k] = Math.Min(Bounds[k], moved);
                Bounds[k + 3] = Math.Max(Bounds[k + 3], moved);
            }
        }
    }

    // area, unit normal and center of a triangle (MuJoCo: _triangle, user_mesh.cc); centers and edges are rounded to
    // single precision
    private readonly struct Triangle
    {
        private readonly double _nx;
        private readonly double _ny;
        private readonly double _nz;

        public Triangle(float[] v, int[] faces, int face)
        {
            int a = 3 * faces[face], b = 3 * faces[face + 1], c = 3 * faces[face + 2];
            (X, Y, Z) = ((v[a] + v[b] + v[c]) / 3, (v[a + 1] + v[b + 1] + v[c + 1]) / 3,
                (v[a + 2] + v[b + 2] + v[c + 2]) / 3);
            double bx = v[b] - v[a], by = v[b + 1] - v[a + 1], bz = v[b + 2] - v[a + 2];
            double cx = v[c] - v[a], cy = v[c + 1] - v[a + 1], cz = v[c + 2] - v[a + 2];
            (_nx, _ny, _nz) = ((by * cz) - (bz * cy), (bz * cx) - (bx * cz), (bx * cy) - (by * cx));
            double length = Math.Sqrt((_nx * _nx) + (_ny * _ny) + (_nz * _nz));
            if (length < MinVal) return;
            Area = length / 2;
            (_nx, _ny, _nz) = (_nx / length, _ny / length, _nz / length);
        }

        public double Area { get; }

        public double X { get; }

        public double Y { get; }

        public double Z { get; }

        // volume of the pyramid with an apex, never negative
        public double Pyramid(double x, double y, double z) =>
            Math.Abs((((X - x) * _nx) + ((Y - y) * _ny) + ((Z - z) * _nz)) * Area / 3);
    }
}
