using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>A mesh asset: its shape, and its convex hull once a geom needs it.</summary>
internal sealed class SceneMesh
{
    private readonly float[] _raw;
    private ConvexHull? _hull;

    /// <summary>Compiles a mesh (MuJoCo: mjCMesh::Compile, user_mesh.cc).</summary>
    /// <param name="element">Where it was read.</param>
    /// <param name="name">Name of the asset.</param>
    /// <param name="id">Number of the mesh.</param>
    /// <param name="data">Vertices and triangles.</param>
    /// <param name="placement">What the asset does to them.</param>
    /// <param name="density">Density of geoms of the asset's class.</param>
    public SceneMesh(
        MjcfElement element, string name, int id, MeshData data, MeshPlacement placement, double density)
    {
        Element = element;
        Name = name;
        Id = id;
        if (data.VertexCount < 4) throw Failure(new($"{data.VertexCount} vertices found, at least 4 expected"));

        // MuJoCo makes the hull of the file's numbers, before anything moves them
        _raw = [.. data.Vertices];
        try
        {
            int[] faces = data.Faces.Length > 0 ? data.Faces : FindHull().Triangles;
            Shape = new(data.Vertices, faces, placement, density);
        }
        catch (KalmException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Where it was read.</summary>
    public MjcfElement Element { get; }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Number of the mesh.</summary>
    public int Id { get; }

    /// <summary>Frame, inertia and vertices.</summary>
    public MeshShape Shape { get; }

    /// <summary>Whether a geom of the mesh can collide.</summary>
    public bool NeedsHull { get; set; }

    /// <summary>The convex hull.</summary>
    public ConvexHull Hull()
    {
        try
        {
            return FindHull();
        }
        catch (KalmException e)
        {
            throw Failure(e);
        }
    }

    private ConvexHull FindHull() => _hull ??= ConvexHull.Of(_raw);

    // a complaint about the contents of the mesh at the attribute that holds them
    private KalmException Failure(KalmException reason) =>
        Element.Error(Element.Attributes.ContainsKey("file") ? "file" : "vertex", reason.Message);
}
