namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>
/// Contact of two convex shapes in scalar double code, statement by statement as MuJoCo decides (mjc_Convex in
/// engine_collision_convex.c, mjc_ccd in engine_collision_gjk.c). What the lanes are measured against.
/// </summary>
internal static class ReferenceConvex
{
    private const double Tolerance = 1e-6;

    /// <summary>The contact, null where there is none.</summary>
    public static ReferenceContact? Collide(ReferenceShape shape1, ReferenceShape shape2, double margin)
    {
        shape1.Margin = shape2.Margin = margin;
        if (shape1.Round || shape2.Round)
        {
            double radius1 = shape1.Round ? shape1.Radius + (0.5 * margin) : 0;
            double radius2 = shape2.Round ? shape2.Radius + (0.5 * margin) : 0;
            SetCore(shape1, true);
            SetCore(shape2, true);
            ReferenceGjk core = new(shape1, shape2, radius1 + radius2);
            core.Run();
            SetCore(shape1, false);
            SetCore(shape2, false);
            shape1.Margin = shape2.Margin = margin;
            if (core.Distance > Tolerance) return Inflate(core, radius1, radius2, margin);
        }

        ReferenceGjk gjk = new(shape1, shape2, 0);
        gjk.Run();
        if (gjk.Distance > Tolerance || gjk.Simplex.Length < 2) return null;
        ReferenceEpa epa = new(shape1, shape2);
        return epa.Start(gjk.Simplex) && epa.Run()
            ? Contact(epa.Depth, epa.Witness1, epa.Witness2, margin, gjk.Iterations, epa.Iterations)
            : null;
    }

    private static void SetCore(ReferenceShape shape, bool core)
    {
        if (!shape.Round) return;
        shape.Core = core;
        shape.Margin = 0;
    }

    private static ReferenceContact? Inflate(ReferenceGjk core, double radius1, double radius2, double margin)
    {
        double distance = core.Distance - (radius1 + radius2);
        if (distance >= 0) return null;
        Vector normal = (core.Witness2 - core.Witness1).Normalized();
        return Contact(
            distance, core.Witness1 + (radius1 * normal), core.Witness2 - (radius2 * normal), margin,
            core.Iterations, 0);
    }

    private static ReferenceContact Contact(
        double distance, Vector point1, Vector point2, double margin, int gjk, int epa) =>
        new(margin + distance, 0.5 * (point1 + point2), (point1 - point2).Normalized(), gjk, epa);
}
