namespace Kalm.Kernels.Physics;

/// <summary>One contact of one world.</summary>
/// <param name="Geom1">First geom, the one with the lower type.</param>
/// <param name="Geom2">Second geom.</param>
/// <param name="Distance">Distance between the surfaces, negative: penetration, m.</param>
/// <param name="Position">Midpoint between the surfaces, (3), m.</param>
/// <param name="Normal">Unit normal from the first geom to the second, (3).</param>
public sealed record SimulationContact(
    int Geom1, int Geom2, double Distance, IReadOnlyList<double> Position, IReadOnlyList<double> Normal);
