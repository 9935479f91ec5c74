namespace Kalm.Kernels.Physics;

/// <summary>What a batch of simulations has room for, computes, and lets differ from world to world.</summary>
public sealed record SimulationOptions
{
    /// <summary>
    /// Capacity for contacts, 0: the model's, or one contact per geom pair if the model names none. A bundle of worlds
    /// shares it: a contact takes a place in all of them.
    /// </summary>
    public int ContactCapacity { get; init; }

    /// <summary>
    /// Bodies whose position and orientation in the parent every world has for itself: bodies that do not move, or
    /// bodies with joints on those. Constants that were compiled from the model's values stay.
    /// </summary>
    public IReadOnlyList<int> WorldBodies { get; init; } = [];

    /// <summary>Sites whose position in the body every world has for itself.</summary>
    public IReadOnlyList<int> WorldSites { get; init; } = [];

    /// <summary>
    /// Whether every step computes the frames of all bodies, geoms and sites; else only those of bodies with joints, of
    /// bodies in constraints, of geoms that can collide, and what <see cref="Bodies"/>, <see cref="Geoms"/> and
    /// <see cref="Sites"/> name. The others are up to date after <see cref="Simulation.PlaceRest"/>.
    /// </summary>
    public bool EveryFrame { get; init; } = true;

    /// <summary>Bodies whose frames are wanted though the simulation itself does not need them.</summary>
    public IReadOnlyList<int> Bodies { get; init; } = [];

    /// <summary>Geoms whose frames are wanted though they do not collide.</summary>
    public IReadOnlyList<int> Geoms { get; init; } = [];

    /// <summary>Sites whose frames are wanted.</summary>
    public IReadOnlyList<int> Sites { get; init; } = [];
}
