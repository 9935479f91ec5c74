using System.Runtime.InteropServices;

namespace Kalm.Testing.Mujoco;

/// <summary>One contact of mjData, field by field as mjContact lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct MujocoContact
{
    /// <summary>Distance between the geoms, negative: penetration, m.</summary>
    public double dist;

    /// <summary>Contact point, (3), m.</summary>
    public fixed double pos[3];

    /// <summary>Contact frame, normal first, (9).</summary>
    public fixed double frame[9];

    /// <summary>Margin minus gap, m.</summary>
    public double includemargin;

    /// <summary>Tangent 1, tangent 2, spin, roll 1, roll 2, (5).</summary>
    public fixed double friction[5];

    /// <summary>Constraint reference, (2).</summary>
    public fixed double solref[2];

    /// <summary>Constraint impedance, (5).</summary>
    public fixed double solimp[5];

    /// <summary>Friction of the regularized cone.</summary>
    public double mu;

    /// <summary>Cone Hessian, (36).</summary>
    public fixed double H[36];

    /// <summary>Contact dimensionality.</summary>
    public int dim;

    /// <summary>First geom.</summary>
    public int geom1;

    /// <summary>Second geom.</summary>
    public int geom2;

    /// <summary>0: included, 1: in the gap, 2: fused, 3: equality, 4: no dofs.</summary>
    public int exclude;

    /// <summary>First row of the contact in efc_*, -1: none.</summary>
    public int efc_address;
}
