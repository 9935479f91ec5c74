using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Runs the function of a pair of geoms, one pose per world.</summary>
internal static class PairRun
{
    private const int Count = 24;
    private const int Scratch = 25;

    /// <summary>Contacts of every pose, in the order of the candidates.</summary>
    public static PairContact[][] Contacts(
        PairFunction function, IReadOnlyList<PairPose> poses, double[] size1, double[] size2, double margin,
        LaneKind kind = LaneKind.Lane1d)
    {
        using CpuLauncher launcher = new(1);
        using WorldBlock worlds = new(kind, poses.Count, Scratch + CollisionScratch.Rows, [.. size1, .. size2]);
        for (int world = 0; world < poses.Count; world++)
        {
            double[] pose = poses[world].Numbers;
            for (int i = 0; i < pose.Length; i++) worlds[world, i] = pose[i];
        }

        launcher.Launch(worlds, new PairKernel(function, margin));
        return [.. poses.Select((_, world) => Read(worlds, world))];
    }

    private static PairContact[] Read(WorldBlock worlds, int world)
    {
        List<PairContact> contacts = [];
        for (int i = 0; i < (int)worlds[world, Count]; i++)
        {
            int row = Scratch + (i * Candidate.Stride);
            double[] numbers = [.. Enumerable.Range(row, Candidate.Stride).Select(r => worlds[world, r])];

            // a mask is all ones, which is not a number, or zero
            if (numbers[Candidate.Found] == 0) continue;
            contacts.Add(new(numbers[Candidate.Distance], numbers[2..5], numbers[5..8]));
        }

        return [.. contacts];
    }

    private readonly struct PairKernel(PairFunction function, double margin) : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            CollisionPair pair = new()
            {
                Position1 = 0,
                Matrix1 = 3,
                Position2 = 12,
                Matrix2 = 15,
                Size1 = 0,
                Size2 = 3,
                Scratch = Scratch,
            };
            TLane all = TLane.Same(TLane.Const(0), TLane.Const(0));
            rows.Store(Count, TLane.Const(PairFunctions.Collide(rows, function, pair, TLane.Const(margin), all)));
        }
    }
}
