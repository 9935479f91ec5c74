using System.Buffers.Binary;

namespace Kalm.Kernels.Tests.Models;

/// <summary>A folder of model files that goes away again.</summary>
internal sealed class ModelFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("kalm-mjcf-").FullName;

    /// <summary>Writes a text file, folders included; returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a binary file; returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Root, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A binary STL file of triangles, nine numbers each.</summary>
    public static byte[] Stl(float[] corners)
    {
        byte[] bytes = new byte[84 + (corners.Length / 9 * 50)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(80), corners.Length / 9);
        for (int i = 0; i < corners.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(84 + (i / 9 * 50) + 12 + (i % 9 * 4)), corners[i]);
        return bytes;
    }

    /// <summary>Triangles of a tetrahedron with one corner at a point and three along the axes.</summary>
    public static float[] Tetrahedron(float x, float y, float z, float edge)
    {
        float[] o = [x, y, z], a = [x + edge, y, z], b = [x, y + edge, z], c = [x, y, z + edge];
        return [.. o, .. b, .. a, .. o, .. c, .. b, .. o, .. a, .. c, .. a, .. b, .. c];
    }
}
