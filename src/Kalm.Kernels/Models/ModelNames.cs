using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>Names of the named parts of a model, and their ids. Unnamed parts have the empty name.</summary>
public sealed class ModelNames
{
    /// <summary>Body names by id; body 0 is <c>world</c>.</summary>
    public IReadOnlyList<string> Bodies { get; init; } = [];

    /// <summary>Joint names by id.</summary>
    public IReadOnlyList<string> Joints { get; init; } = [];

    /// <summary>Geom names by id.</summary>
    public IReadOnlyList<string> Geoms { get; init; } = [];

    /// <summary>Mesh names by id.</summary>
    public IReadOnlyList<string> Meshes { get; init; } = [];

    /// <summary>Site names by id.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Names of equality constraints by id.</summary>
    public IReadOnlyList<string> Equalities { get; init; } = [];

    /// <summary>Actuator names by id.</summary>
    public IReadOnlyList<string> Actuators { get; init; } = [];

    /// <summary>Id of a body.</summary>
    /// <exception cref="KalmException">No body has the name.</exception>
    public int Body(string name) => Find(Bodies, "body", name);

    /// <summary>Id of a joint.</summary>
    /// <exception cref="KalmException">No joint has the name.</exception>
    public int Joint(string name) => Find(Joints, "joint", name);

    /// <summary>Id of a geom.</summary>
    /// <exception cref="KalmException">No geom has the name.</exception>
    public int Geom(string name) => Find(Geoms, "geom", name);

    /// <summary>Id of a mesh.</summary>
    /// <exception cref="KalmException">No mesh has the name.</exception>
    public int Mesh(string name) => Find(Meshes, "mesh", name);

    /// <summary>Id of a site.</summary>
    /// <exception cref="KalmException">No site has the name.</exception>
    public int Site(string name) => Find(Sites, "site", name);

    /// <summary>Id of an actuator.</summary>
    /// <exception cref="KalmException">No actuator has the name.</exception>
    public int Actuator(string name) => Find(Actuators, "actuator", name);

    private static int Find(IReadOnlyList<string> names, string kind, string name)
    {
        for (int id = 0; id < names.Count; id++)
        {
            if (name.Length > 0 && names[id] == name) return id;
        }

        string known = string.Join(", ", names.Where(n => n.Length > 0).DefaultIfEmpty("none"));
        throw new KalmException($"the model has no {kind} named '{name}'; it has: {known}");
    }
}
