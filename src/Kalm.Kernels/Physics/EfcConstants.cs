namespace Kalm.Kernels.Physics;

/// <summary>Real constants of one geom pair or joint limit, derived from the model once.</summary>
public static class EfcConstants
{
    /// <summary>Stiffness K of the reference acceleration, 1/s^2 (efc_KBIP).</summary>
    public const int K = 0;

    /// <summary>Damping B of the reference acceleration, 1/s (efc_KBIP).</summary>
    public const int B = 1;

    /// <summary>Impedance at the margin (solimp dmin; the mean of both ends where the curve is flat).</summary>
    public const int Impedance0 = 2;

    /// <summary>Growth of the impedance up to full width (solimp dmax - dmin).</summary>
    public const int ImpedanceRise = 3;

    /// <summary>1 / width of the impedance curve, 1/m.</summary>
    public const int InverseWidth = 4;

    /// <summary>Midpoint of the impedance curve.</summary>
    public const int Midpoint = 5;

    /// <summary>1 / midpoint^(power - 1).</summary>
    public const int LowScale = 6;

    /// <summary>1 / (1 - midpoint)^(power - 1).</summary>
    public const int HighScale = 7;

    /// <summary>Distance below which the constraint is active (includemargin), m or rad.</summary>
    public const int Margin = 8;

    /// <summary>Approximate inverse inertia of the first edge (efc_diagApprox).</summary>
    public const int DiagApprox = 9;

    /// <summary>
    /// Regularizer of an edge over that of the normal: 2 mu^2 / impratio, 4 for one-dimensional constraints.
    /// </summary>
    public const int EdgeScale = 10;

    /// <summary>Sliding friction coefficient, 0 for one-dimensional constraints.</summary>
    public const int Friction = 11;

    /// <summary>Radius or other size of geom 1 and of geom 2, (2).</summary>
    public const int Size = 12;

    /// <summary>Power of the impedance curve.</summary>
    public const int Power = 14;

    /// <summary>Number of constants.</summary>
    public const int Stride = 15;
}
