namespace Kalm.Kernels.Physics;

/// <summary>Real constants of one geom pair, joint limit or weld, derived from the model once.</summary>
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

    /// <summary>Approximate inverse inertia along the first coordinate or edge (efc_diagApprox).</summary>
    public const int DiagApprox = 9;

    /// <summary>
    /// Regularizer of the block over that of the normal: mu^2 of a cone, 2 mu^2 of a pyramid and 4 of a frictionless
    /// contact in one, 1 else.
    /// </summary>
    public const int EdgeScale = 10;

    /// <summary>Sliding friction coefficient, 0 where frictionless.</summary>
    public const int Friction = 11;

    /// <summary>
    /// Lower and upper limit, (2), m or rad; of a weld the approximate inverse inertia of rotation.
    /// </summary>
    public const int Range = 12;

    /// <summary>Power of the impedance curve.</summary>
    public const int Power = 14;

    /// <summary>Friction coefficient of spin about the normal, 0 where there is none.</summary>
    public const int Spin = 15;

    /// <summary>Scale of the normal: mu of the regularized cone (mjContact.mu), 1 in a pyramid.</summary>
    public const int Mu = 16;

    /// <summary>1 / (1 + mu^2).</summary>
    public const int Slant = 17;

    /// <summary>Number of scalar constraints (of efc rows).</summary>
    public const int Count = 18;

    /// <summary>1, or -1 where the pair's first geom is the one on the second tree or the only one.</summary>
    public const int Facing = 19;

    /// <summary>Number of constants.</summary>
    public const int Stride = 20;
}
