namespace Kalm.Kernels.Models;

/// <summary>What an asset does to the vertices of its file: shift, turn, scale, in this order.</summary>
/// <param name="Pos">Point of the file that becomes the origin.</param>
/// <param name="Quat">Orientation that becomes the identity.</param>
/// <param name="Scale">Factors.</param>
/// <param name="Centered">
/// Whether the file's frame is the frame of the mesh, whatever its center of mass and axes of inertia are: an attribute
/// of ours, for hulls that stand for a mesh with another inertia.
/// </param>
internal sealed record MeshPlacement(double[] Pos, double[] Quat, double[] Scale, bool Centered = false)
{
    /// <summary>Whether the mesh is mirrored.</summary>
    public bool Mirrors => Scale[0] * Scale[1] * Scale[2] <= 0;

    /// <summary>Changes vertices in place (MuJoCo: mjCMesh::ApplyTransformations).</summary>
    public void Apply(float[] vertices)
    {
        double[] inverse = [Quat[0], -Quat[1], -Quat[2], -Quat[3]];
        double[] matrix = Rotation.Normalize(inverse) ? Rotation.ToMatrix(inverse) : Rotation.ToMatrix([1, 0, 0, 0]);
        bool turns = Quat[0] != 1 || Quat[1] != 0 || Quat[2] != 0 || Quat[3] != 0;
        for (int i = 0; i < vertices.Length; i += 3)
        {
            Span<float> v = vertices.AsSpan(i, 3);
            for (int k = 0; k < 3; k++) v[k] -= (float)Pos[k];
            if (turns)
            {
                double[] turned = Rotation.Apply(matrix, [v[0], v[1], v[2]]);
                for (int k = 0; k < 3; k++) v[k] = (float)turned[k];
            }

            for (int k = 0; k < 3; k++) v[k] = (float)(v[k] * Scale[k]);
        }
    }
}
