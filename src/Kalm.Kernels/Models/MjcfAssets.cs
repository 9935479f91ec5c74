using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>Reads the assets of a model file: meshes. Textures and materials are only for viewers.</summary>
internal sealed class MjcfAssets
{
    // triangles in all mesh files of a model together, vertices in all lists
    private const int MaxTriangles = 1_000_000;

    private readonly ModelFiles _files;
    private readonly string _main;
    private readonly MjcfSettings _settings;
    private readonly MjcfDefaults _defaults;
    private readonly Dictionary<string, SceneMesh> _byName = [];
    private long _triangles;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="files">Where mesh files lie.</param>
    /// <param name="main">Path of the model file.</param>
    /// <param name="settings">Compiler settings.</param>
    /// <param name="defaults">Default classes.</param>
    public MjcfAssets(ModelFiles files, string main, MjcfSettings settings, MjcfDefaults defaults)
    {
        _files = files;
        _main = main;
        _settings = settings;
        _defaults = defaults;
    }

    /// <summary>All meshes.</summary>
    public List<SceneMesh> Meshes { get; } = [];

    /// <summary>Reads an asset element.</summary>
    public void Read(MjcfElement element)
    {
        element.Allow();
        element.AllowChildren("mesh", "texture", "material");
        foreach (MjcfElement child in element.Children.Where(child => child.Name == "mesh")) ReadMesh(child);
    }

    /// <summary>The mesh a geom names.</summary>
    public SceneMesh Find(string name, MjcfElement user) =>
        _byName.TryGetValue(name, out SceneMesh? mesh) ? mesh : throw user.Error("mesh", "no mesh has this name");

    private void ReadMesh(MjcfElement element)
    {
        MjcfVocabulary.Check(element);
        string? kind = element.Attributes.GetValueOrDefault("class");
        MjcfProperties p = new(_defaults.Layers(kind, "mesh", element), element);
        string? file = element.Attributes.GetValueOrDefault("file");
        string? name = element.Attributes.GetValueOrDefault("name") ?? Path.GetFileNameWithoutExtension(file);
        if (string.IsNullOrEmpty(name)) throw element.Error("a mesh needs a name or a file");
        MeshPlacement placement = new(
            p.Numbers("refpos", [0, 0, 0]), p.Numbers("refquat", [1, 0, 0, 0]), p.Numbers("scale", [1, 1, 1]),
            IsCentered(element));
        MeshData data = file is null ? ReadVertices(element) : ReadFile(element, file, placement.Mirrors);
        _triangles += Math.Max(data.VertexCount, data.Faces.Length / 3);
        if (_triangles > MaxTriangles) throw element.Error($"more than {MaxTriangles} triangles in all meshes");
        double density = new MjcfProperties(_defaults.Layers(kind, "geom", element), new("geom", "", 0))
            .Number("density", 1000);
        SceneMesh mesh = new(element, name, Meshes.Count, data, placement, density);
        if (!_byName.TryAdd(name, mesh)) throw element.Error($"another mesh is named '{name}'");
        Meshes.Add(mesh);
    }

    private static bool IsCentered(MjcfElement element) =>
        element.Attributes.GetValueOrDefault("centered", "false") switch
        {
            "true" => true,
            "false" => false,
            _ => throw element.Error("centered", "expected true or false"),
        };

    private static MeshData ReadVertices(MjcfElement element)
    {
        if (!element.Attributes.ContainsKey("vertex")) throw element.Error("a mesh needs 'file' or 'vertex'");
        double[] numbers = element.Numbers("vertex", 0, 3 * MaxTriangles);
        if (numbers.Length % 3 != 0)
            throw element.Error("vertex", $"{numbers.Length} numbers found, a multiple of 3 expected");
        float[] vertices = [.. numbers.Select(x => (float)x)];
        if (Array.Exists(vertices, x => !float.IsFinite(x))) throw element.Error("vertex", "a number is too large");
        return new(vertices, []);
    }

    private MeshData ReadFile(MjcfElement element, string file, bool mirrored)
    {
        if (element.Attributes.ContainsKey("vertex")) throw element.Error("a mesh has 'file' or 'vertex', not both");
        if (!file.EndsWith(".stl", StringComparison.OrdinalIgnoreCase))
            throw element.Error("file", "not supported; supported: binary .stl files");
        string path = ModelFiles.Beside(_main, Path.Combine(_settings.MeshFolder, file));
        try
        {
            using Stream stream = _files.Open(path);
            return MeshData.ReadStl(stream, mirrored);
        }
        catch (KalmException e)
        {
            throw element.Error("file", e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            bool missing = e is FileNotFoundException or DirectoryNotFoundException;
            throw element.Error("file", missing ? "no such file" : e.Message);
        }
    }
}
