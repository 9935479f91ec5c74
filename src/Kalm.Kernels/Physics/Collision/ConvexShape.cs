using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>One shape of a pair: where its pose, its sizes and its hull lie (mjCCDObj).</summary>
/// <param name="kind">Its support function.</param>
/// <param name="matrix">First row of its orientation matrix.</param>
/// <param name="scratch">First row of the scratch.</param>
/// <param name="number">0: first shape of the pair, 1: second.</param>
/// <param name="size">Address of its three sizes in the table of real constants.</param>
/// <param name="hull">Address of its first hull vertex there.</param>
/// <param name="count">Number of hull vertices.</param>
internal readonly struct ConvexShape(
    ConvexKind kind, int matrix, int scratch, int number, int size, int hull, int count)
{
    /// <summary>Its support function.</summary>
    public readonly ConvexKind Kind = kind;

    /// <summary>First row of its orientation matrix.</summary>
    public readonly int Matrix = matrix;

    /// <summary>First row of its center.</summary>
    public readonly int Center = scratch + ConvexRows.Center + (3 * number);

    /// <summary>Row of half the margin that inflates it.</summary>
    public readonly int Margin = scratch + ConvexRows.Margin + number;

    /// <summary>Row of the hull vertex its search starts from.</summary>
    public readonly int Warm = scratch + ConvexRows.Warm + number;

    /// <summary>Address of its three sizes in the table of real constants.</summary>
    public readonly int Size = size;

    /// <summary>Address of its first hull vertex in the table of real constants.</summary>
    public readonly int Hull = hull;

    /// <summary>Number of hull vertices.</summary>
    public readonly int Count = count;

    private readonly int _scratch = scratch;
    private readonly int _number = number;

    /// <summary>Whether it is a sphere or a capsule: a point or a segment with a radius.</summary>
    public bool Round => Kind is ConvexKind.Sphere or ConvexKind.Capsule;

    /// <summary>Whether it has corners only: inflated by nothing it supports finitely many points.</summary>
    public bool Discrete => Kind is ConvexKind.Box or ConvexKind.SmallHull or ConvexKind.Hull;

    /// <summary>The shape of a geom.</summary>
    public static ConvexShape Load<TLane, TRows>(TRows rows, in DataRows data, int geom, int number)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        int table = data.convex_geom + (ConvexTables.Stride * geom);
        return new(
            (ConvexKind)rows.Integer(table + ConvexTables.Kind),
            rows.Integer(data.geom_xmat + geom),
            data.convex,
            number,
            rows.Integer(table + ConvexTables.Size),
            rows.Integer(table + ConvexTables.Hull),
            rows.Integer(table + ConvexTables.Count));
    }

    /// <summary>A sphere or capsule without its radius; any other shape as it is.</summary>
    public ConvexShape Core() => new(
        Kind switch
        {
            ConvexKind.Sphere => ConvexKind.Point,
            ConvexKind.Capsule => ConvexKind.Segment,
            _ => Kind,
        },
        Matrix,
        _scratch,
        _number,
        Size,
        Hull,
        Count);
}
