namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Three numbers with the usual operators, for slow reference implementations.</summary>
internal readonly record struct ReferenceVector(double X, double Y, double Z)
{
    public static ReferenceVector Of(ReadOnlySpan<double> v) => new(v[0], v[1], v[2]);

    public static ReferenceVector Column(double[] matrix, int i) => new(matrix[i], matrix[3 + i], matrix[6 + i]);

    public double Length => Math.Sqrt(Dot(this));

    public double this[int i] => i switch { 0 => X, 1 => Y, _ => Z };

    public double[] Numbers => [X, Y, Z];

    public static ReferenceVector operator +(ReferenceVector a, ReferenceVector b) =>
        new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static ReferenceVector operator -(ReferenceVector a, ReferenceVector b) =>
        new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static ReferenceVector operator -(ReferenceVector a) => new(-a.X, -a.Y, -a.Z);

    public static ReferenceVector operator *(double s, ReferenceVector a) => new(s * a.X, s * a.Y, s * a.Z);

    public double Dot(ReferenceVector b) => (X * b.X) + (Y * b.Y) + (Z * b.Z);

    public ReferenceVector Cross(ReferenceVector b) =>
        new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));

    /// <summary>As long as 1; the x axis where there is no direction.</summary>
    public ReferenceVector Unit() => Length < 1e-15 ? new(1, 0, 0) : 1 / Length * this;

    /// <summary>The vector of a frame in the world.</summary>
    public ReferenceVector From(double[] matrix) =>
        (X * Column(matrix, 0)) + (Y * Column(matrix, 1)) + (Z * Column(matrix, 2));

    /// <summary>The vector in a frame.</summary>
    public ReferenceVector In(double[] matrix) =>
        new(Dot(Column(matrix, 0)), Dot(Column(matrix, 1)), Dot(Column(matrix, 2)));

    public ReferenceVector With(int i, double value) =>
        new(i == 0 ? value : X, i == 1 ? value : Y, i == 2 ? value : Z);
}
