namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>A vector in double, every product and sum rounded.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public static readonly Vector UnitX = new(1, 0, 0);

    public double this[int axis] => axis == 0 ? X : axis == 1 ? Y : Z;

    public double Length => Math.Sqrt(Dot(this, this));

    public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector operator -(Vector a) => new(-a.X, -a.Y, -a.Z);

    public static Vector operator *(double s, Vector a) => new(s * a.X, s * a.Y, s * a.Z);

    public static double Dot(Vector a, Vector b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vector Cross(Vector a, Vector b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Unit vector, x for one that is too short (mju_normalize3).</summary>
    public Vector Normalized() => Length < 1e-15 ? UnitX : (1 / Length) * this;
}
