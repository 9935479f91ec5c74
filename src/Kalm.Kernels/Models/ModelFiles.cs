using System.Reflection;

namespace Kalm.Kernels.Models;

/// <summary>Where the files of a model lie: a folder on disk, or the resources of an assembly.</summary>
internal abstract class ModelFiles
{
    /// <summary>Files on disk.</summary>
    public static ModelFiles Disk { get; } = new DiskFiles();

    /// <summary>Embedded resources; folders of a path become parts of the resource's name.</summary>
    /// <param name="assembly">Assembly that holds them.</param>
    /// <param name="prefix">What their names start with, including the last dot.</param>
    public static ModelFiles Resources(Assembly assembly, string prefix) => new ResourceFiles(assembly, prefix);

    /// <summary>A name that is the same for all spellings of a path.</summary>
    public abstract string Full(string path);

    /// <summary>Whether there is a file.</summary>
    public abstract bool Exists(string path);

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public abstract Stream Open(string path);

    /// <summary>A path seen from the folder that holds the file <paramref name="beside"/>.</summary>
    public static string Beside(string beside, string path) =>
        Path.Combine(Path.GetDirectoryName(beside) ?? "", path);

    private sealed class DiskFiles : ModelFiles
    {
        public override string Full(string path) => Path.GetFullPath(path);

        public override bool Exists(string path) => File.Exists(path);

        public override Stream Open(string path) => File.OpenRead(path);
    }

    private sealed class ResourceFiles(Assembly assembly, string prefix) : ModelFiles
    {
        // rooted at an arbitrary place, so that ".." resolves
        public override string Full(string path) => Path.GetFullPath(path, "/")[1..];

        public override bool Exists(string path) => assembly.GetManifestResourceInfo(Name(path)) is not null;

        public override Stream Open(string path) =>
            assembly.GetManifestResourceStream(Name(path)) ?? throw new FileNotFoundException(path);

        private string Name(string path) => prefix + Full(path).Replace('/', '.');
    }
}
