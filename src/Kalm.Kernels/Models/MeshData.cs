using System.Buffers.Binary;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>Vertices and triangles of a mesh as they stand in the file.</summary>
/// <param name="Vertices">Coordinates, three per vertex.</param>
/// <param name="Faces">Vertices of the triangles, three per triangle; empty: the mesh is its convex hull.</param>
internal sealed record MeshData(float[] Vertices, int[] Faces)
{
    private const int HeaderBytes = 84;
    private const int FaceBytes = 50;
    private const int MaxFaces = 200_000;

    // largest coordinate (MuJoCo: mjCMesh::LoadSTL)
    private const float MaxCoordinate = 1 << 30;

    /// <summary>Number of vertices.</summary>
    public int VertexCount => Vertices.Length / 3;

    /// <summary>Reads a binary STL file; vertices at the same place become one (MuJoCo: mjCMesh::LoadSTL).</summary>
    /// <param name="stream">The file.</param>
    /// <param name="mirrored">Whether the triangles turn over, because the mesh will be mirrored.</param>
    /// <exception cref="KalmException">What is wrong with the file, without its name.</exception>
    public static MeshData ReadStl(Stream stream, bool mirrored)
    {
        const long Largest = HeaderBytes + ((long)FaceBytes * MaxFaces);
        if (stream.Length > Largest) throw new KalmException($"larger than {MaxFaces} triangles can be");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (bytes.Length < HeaderBytes) throw new KalmException($"{bytes.Length} bytes are no binary STL file");
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(HeaderBytes - 4));
        if (count is < 1 or > MaxFaces)
            throw new KalmException($"not a binary STL file of 1 to {MaxFaces} triangles: its header says {count}");
        long expected = HeaderBytes + (FaceBytes * (long)count);
        if (bytes.Length != expected)
        {
            throw new KalmException(
                $"a binary STL file of {count} triangles has {expected} bytes, this one has {bytes.Length}");
        }

        Dictionary<(float X, float Y, float Z), int> known = [];
        List<float> vertices = [];
        int[] faces = new int[3 * count];
        for (int face = 0; face < count; face++)
        {
            for (int corner = 0; corner < 3; corner++)
            {
                int at = HeaderBytes + (FaceBytes * face) + (12 * (corner + 1));
                float x = Coordinate(bytes, at, face);
                float y = Coordinate(bytes, at + 4, face);
                float z = Coordinate(bytes, at + 8, face);

                // keys equal where the numbers are: a negative zero is a zero
                (float X, float Y, float Z) key = (x + 0f, y + 0f, z + 0f);
                if (!known.TryGetValue(key, out int vertex))
                {
                    known[key] = vertex = vertices.Count / 3;
                    vertices.AddRange([x, y, z]);
                }

                faces[(3 * face) + (mirrored && corner > 0 ? 3 - corner : corner)] = vertex;
            }
        }

        return new([.. vertices], faces);
    }

    private static float Coordinate(byte[] bytes, int at, int face)
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
        if (float.IsFinite(value) && Math.Abs(value) <= MaxCoordinate) return value;
        string what = float.IsFinite(value) ? "is too large" : "is not a finite number";
        throw new KalmException($"coordinate {value} of triangle {face} {what}");
    }
}
