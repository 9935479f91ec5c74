namespace Kalm.Kernels.Lanes;

/// <summary>The lane types a launcher can run a kernel with.</summary>
public enum LaneKind
{
    /// <summary>One world, float.</summary>
    Lane1,

    /// <summary>Eight worlds, float (AVX2).</summary>
    Lane8,

    /// <summary>Sixteen worlds, float (AVX-512).</summary>
    Lane16,

    /// <summary>One world, double.</summary>
    Lane1d,

    /// <summary>Four worlds, double (AVX2).</summary>
    Lane4d,

    /// <summary>Eight worlds, double (AVX-512).</summary>
    Lane8d,
}

/// <summary>The two precisions kernels run in.</summary>
public enum Precision
{
    /// <summary>32-bit: the fast production path.</summary>
    Float,

    /// <summary>64-bit: proves the algorithm equal to its reference.</summary>
    Double,
}

/// <summary>Facts about <see cref="LaneKind"/>.</summary>
public static class LaneKinds
{
    /// <summary>Worlds per lane.</summary>
    public static int Width(this LaneKind kind) => kind switch
    {
        LaneKind.Lane1 or LaneKind.Lane1d => 1,
        LaneKind.Lane4d => 4,
        LaneKind.Lane8 or LaneKind.Lane8d => 8,
        _ => 16,
    };

    /// <summary>Bytes of one world's number.</summary>
    public static int ScalarSize(this LaneKind kind) => kind <= LaneKind.Lane16 ? sizeof(float) : sizeof(double);

    /// <summary>Float or double.</summary>
    public static Precision Precision(this LaneKind kind) =>
        kind <= LaneKind.Lane16 ? Lanes.Precision.Float : Lanes.Precision.Double;
}
