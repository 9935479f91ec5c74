namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Random poses of two geoms of given sizes.</summary>
internal sealed record PairBatch(PairPose[] Poses, double[] Size1, double[] Size2, double Margin)
{
    public const int Worlds = 32;

    /// <summary>Batches of one kind of pose.</summary>
    public static IEnumerable<PairBatch> All(string kind, int count)
    {
        PoseSource source = new(Array.IndexOf(PoseSource.Kinds, kind) + 1);
        for (int i = 0; i < count; i++)
        {
            double[] size1 = source.Size();
            double[] size2 = i % 5 == 0 ? size1 : source.Size();
            double margin = (i % 3) switch { 0 => 0, 1 => 0.001, _ => 0.02 };
            PairPose[] poses = [.. Enumerable.Range(0, Worlds).Select(_ => source.Boxes(kind, size1, size2))];
            yield return new(poses, size1, size2, margin);
        }
    }
}
