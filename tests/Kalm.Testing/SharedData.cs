namespace Kalm.Testing;

/// <summary>Finds recorded data that lies beside the project and not in it.</summary>
public static class SharedData
{
    /// <summary>
    /// The full path of a file or folder below <c>shared/data</c>, looked for upwards from the test binary; null where
    /// it is absent.
    /// </summary>
    /// <param name="relative">Path below <c>shared/data</c>, with forward slashes.</param>
    public static string? Path(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared", "data", relative);
            if (File.Exists(candidate) || Directory.Exists(candidate)) return candidate;
        }

        return null;
    }

    /// <summary>The message of a test that is skipped because <paramref name="relative"/> is absent.</summary>
    public static string Missing(string relative) => $"shared/data/{relative} does not lie beside the project";
}
