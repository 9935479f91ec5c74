using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Tests.Physics.Collision;

/// <summary>Two shapes that collide in many poses, one per world.</summary>
/// <param name="type1">Type of the first shape.</param>
/// <param name="size1">Its sizes.</param>
/// <param name="hull1">Its hull, of a mesh.</param>
/// <param name="type2">Type of the second shape.</param>
/// <param name="size2">Its sizes.</param>
/// <param name="hull2">Its hull, of a mesh.</param>
internal sealed class ConvexScene(
    GeomType type1, double[] size1, TestHull? hull1, GeomType type2, double[] size2, TestHull? hull2)
{
    /// <summary>Numbers of a result: 1 for a contact, distance, position, normal.</summary>
    public const int ResultLength = 8;

    public string Name => $"{type1}-{type2}";

    /// <summary>Collides all poses in the lanes of a kind.</summary>
    public double[][] Run(LaneKind kind, IReadOnlyList<ConvexPose> poses)
    {
        using WorldBlock worlds = Prepare(kind, poses, out ConvexKernel kernel);
        using CpuLauncher launcher = new(1);
        launcher.Launch(worlds, kernel);
        double[][] results = new double[poses.Count][];
        for (int world = 0; world < poses.Count; world++)
        {
            results[world] = new double[ResultLength];
            for (int i = 0; i < ResultLength; i++) results[world][i] = worlds[world, kernel.Result + i];
        }

        return results;
    }

    /// <summary>Worlds that hold the poses, and the kernel that collides them.</summary>
    public WorldBlock Prepare(LaneKind kind, IReadOnlyList<ConvexPose> poses, out ConvexKernel kernel)
    {
        Model model = BuildModel();
        SimulationLayout layout = new(MjcfCompiler.CompileText("<mujoco><worldbody/></mujoco>", "empty"));
        DataRows data = layout.DataRows;
        ConvexTables.Add(layout, model, ref data);
        int pose = layout.AddRows(24);
        data.geom_xpos = layout.AddIntegers([pose, pose + 12]);
        data.geom_xmat = layout.AddIntegers([pose + 3, pose + 15]);
        int margin = layout.AddRows(1);
        int result = layout.AddRows(ResultLength);
        kernel = new(data, margin, result);
        WorldBlock worlds = new(kind, poses.Count, layout.DataRows.nrow, layout.Constants, layout.Integers);
        for (int world = 0; world < worlds.BundleCount * kind.Width(); world++)
        {
            ConvexPose source = poses[Math.Min(world, poses.Count - 1)];
            double[] numbers = source.Numbers();
            for (int i = 0; i < numbers.Length; i++) worlds[world, pose + i] = numbers[i];
            worlds[world, margin] = source.Margin;
        }

        return worlds;
    }

    /// <summary>Collides one pose in scalar code.</summary>
    public ReferenceContact? Reference(ConvexPose pose) => ReferenceConvex.Collide(
        new(type1, size1, hull1, pose.Position1, pose.Matrix1), new(type2, size2, hull2, pose.Position2, pose.Matrix2),
        pose.Margin);

    private Model BuildModel()
    {
        List<int> vertexAddress = [];
        List<int> vertexCount = [];
        List<double> vertices = [];
        List<int> edgeAddress = [];
        List<int> edgeCount = [];
        List<int> edges = [];
        foreach (TestHull hull in new[] { hull1, hull2 }.OfType<TestHull>())
        {
            vertexAddress.Add(vertices.Count / 3);
            vertexCount.Add(hull.Vertices.Length);
            foreach (Vector v in hull.Vertices) vertices.AddRange([v.X, v.Y, v.Z]);
            foreach (int[] neighbors in hull.Neighbors)
            {
                edgeAddress.Add(edges.Count);
                edgeCount.Add(neighbors.Length);
                edges.AddRange(neighbors);
            }
        }

        return new Model
        {
            ngeom = 2,
            npair = 1,
            geom_type = [(int)type1, (int)type2],
            geom_size = [.. size1, .. size2],
            geom_dataid = [hull1 == null ? -1 : 0, hull2 == null ? -1 : vertexCount.Count - 1],
            pair_geom1 = [0],
            pair_geom2 = [1],
            mesh_vertadr = [.. vertexAddress],
            mesh_vertnum = [.. vertexCount],
            mesh_vert = [.. vertices],
            mesh_edgeadr = [.. edgeAddress],
            mesh_edgenum = [.. edgeCount],
            mesh_edge = [.. edges],
        };
    }
}
