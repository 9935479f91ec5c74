using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// The nearest places of an edge of a box (x1) and a capsule's segment (x2), clipped to their ends (mjraw_CapsuleBox in
/// engine_collision_box.c).
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="ma">Square of the edge's half.</param>
/// <param name="mb">Minus the product of both halves.</param>
/// <param name="mc">Square of the segment's half.</param>
/// <param name="u">Right side of the equation of the edge.</param>
/// <param name="v">Right side of the equation of the segment.</param>
internal readonly struct EdgePlaces<TLane>(TLane ma, TLane mb, TLane mc, TLane u, TLane v)
    where TLane : unmanaged, ILane<TLane>
{
    private readonly TLane _ma = ma;
    private readonly TLane _mb = mb;
    private readonly TLane _mc = mc;
    private readonly TLane _u = u;
    private readonly TLane _v = v;

    /// <summary>Clips the places of the lines' nearest points.</summary>
    /// <param name="line1">Place on the line of the edge.</param>
    /// <param name="line2">Place on the line of the segment.</param>
    /// <param name="x1">Place on the edge.</param>
    /// <param name="x2">Place on the segment.</param>
    /// <param name="clipped">
    /// Whether the place on the edge was clipped to its lower end (-1), its upper end (1) or not (0). As in MuJoCo the
    /// first clip counts even where a second look at the edge finds a place inside.
    /// </param>
    public void Clip(TLane line1, TLane line2, out TLane x1, out TLane x2, out TLane clipped)
    {
        TLane one = TLane.Const(1);
        TLane end1 = End(line1);
        TLane out1 = TLane.Abs(end1) > TLane.Const(0.5);
        x1 = TLane.Select(out1, end1, line1);
        x2 = TLane.Select(out1, (_v - (end1 * _mb)) * (one / _mc), line2);

        TLane end2 = End(x2);
        TLane out2 = TLane.Abs(end2) > TLane.Const(0.5);
        x2 = TLane.Select(out2, end2, x2);
        TLane again = (_u - (end2 * _mb)) * (one / _ma);
        TLane endAgain = End(again);
        TLane outAgain = TLane.Abs(endAgain) > TLane.Const(0.5);
        x1 = TLane.Select(out2, TLane.Select(outAgain, endAgain, again), x1);
        clipped = TLane.Select(out2 & outAgain, endAgain, end1);
    }

    /// <summary>1 above 1, -1 below -1, else 0.</summary>
    private static TLane End(TLane x)
    {
        TLane one = TLane.Const(1);
        TLane zero = TLane.Const(0);
        return TLane.Select(x > one, one, TLane.Select(x < -one, -one, zero));
    }
}
