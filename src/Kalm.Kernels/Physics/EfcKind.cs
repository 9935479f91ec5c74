namespace Kalm.Kernels.Physics;

/// <summary>What a constraint block is. Blocks lie in the order of their kinds, welds first.</summary>
internal static class EfcKind
{
    /// <summary>Half a weld, translation or rotation: three coordinates that always resist.</summary>
    public const int Equality = 0;

    /// <summary>A joint limit: one coordinate that resists where negative.</summary>
    public const int Limit = 1;

    /// <summary>A contact with a pyramid of four edges: normal and two tangents.</summary>
    public const int Pyramid = 2;

    /// <summary>A contact with an elliptic cone: normal and two tangents.</summary>
    public const int Cone3 = 3;

    /// <summary>The same with spin about the normal.</summary>
    public const int Cone4 = 4;

    /// <summary>Number of kinds.</summary>
    public const int Count = 5;

    /// <summary>Number of coordinates of a kind.</summary>
    public static int Rank(int kind) => kind == Limit ? 1 : kind == Cone4 ? 4 : 3;
}
