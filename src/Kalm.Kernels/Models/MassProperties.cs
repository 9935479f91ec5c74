namespace Kalm.Kernels.Models;

/// <summary>Mass and inertia of a rigid body.</summary>
/// <param name="Mass">Mass, kg.</param>
/// <param name="Pos">Center of mass in the body frame, (3), m.</param>
/// <param name="Quat">Orientation of the principal axes in the body frame, (4).</param>
/// <param name="Moments">Principal moments of inertia, (3), kg m^2.</param>
internal sealed record MassProperties(double Mass, double[] Pos, double[] Quat, double[] Moments);
