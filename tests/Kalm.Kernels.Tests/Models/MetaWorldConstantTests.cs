using System.Globalization;
using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Models;

/// <summary>The numbers of tests/golden/metaworld-scenes, which MuJoCo 3 made of the same files.</summary>
[Trait("Isa", "once")]
public class MetaWorldConstantTests
{
    // ten digits are recorded
    private const double Relative = 1e-9;

    // MuJoCo 3.3.0 rounds what it sums of a mesh to 24 bits, 3.3.8 does not; almost equal moments of inertia
    // (boxtop) magnify that
    private const double RelativeOfMeshes = 1e-4;

    [SkippableFact]
    public void All_scenes_have_the_constants_of_MuJoCo_3()
    {
        Skip.If(MetaWorldAssets.Missing is not null, MetaWorldAssets.Missing);
        string path = Path.Combine(Repository.Root, "tests", "golden", "metaworld-scenes", "constants.txt");
        ILookup<string, string[]> lines = File.ReadLines(path).Select(line => line.Split(' ')).ToLookup(w => w[0]);
        Assert.Equal(44, lines.Count);
        Assert.All(lines, scene =>
        {
            Model model = MjcfCompiler.Compile(MetaWorldAssets.Scene(scene.Key), ModelCompat.Mj3);
            foreach (string[] words in scene)
            {
                double[] numbers = [.. words[2..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
                if (words[1] == "hull") CompareHull(model, numbers);
                else Compare(words[1], numbers, Field(model, words[1]), Relative);
            }
        });
    }

    private static double[] Field(Model model, string name) => name switch
    {
        "meaninertia" => [model.meaninertia],
        "body_simple" => [.. model.body_simple.Select(simple => (double)simple)],
        "dof_M0" => model.dof_M0,
        "dof_invweight0" => model.dof_invweight0,
        "body_invweight0" => model.body_invweight0,
        "body_subtreemass" => model.body_subtreemass[..1],
        "eq_data" => model.eq_data,
        "sizes" =>
        [
            model.nq, model.nv, model.nbody, model.ngeom, model.npair, Colliding(model, GeomType.Box),
            Colliding(model, GeomType.Cylinder), Colliding(model, GeomType.Capsule), Colliding(model, GeomType.Sphere),
            Colliding(model, GeomType.Mesh),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static int Colliding(Model model, GeomType type) => Enumerable.Range(0, model.ngeom).Count(geom =>
        model.geom_type[geom] == (int)type && (model.geom_contype[geom] | model.geom_conaffinity[geom]) != 0);

    // geom, hull vertices, rbound, pos, aabb
    private static void CompareHull(Model model, double[] numbers)
    {
        int geom = (int)numbers[0];
        Assert.Equal((int)numbers[1], model.mesh_vertnum[model.geom_dataid[geom]]);
        Compare("geom_rbound", numbers[2..3], model.geom_rbound[geom..(geom + 1)], RelativeOfMeshes);
        Compare("geom_pos", numbers[3..6], model.geom_pos[(3 * geom)..((3 * geom) + 3)], RelativeOfMeshes);
        Compare("geom_aabb", numbers[6..12], model.geom_aabb[(6 * geom)..((6 * geom) + 6)], RelativeOfMeshes);
    }

    private static void Compare(string name, double[] theirs, double[] ours, double relative)
    {
        Assert.True(theirs.Length == ours.Length, $"{name} has {ours.Length} numbers, MuJoCo {theirs.Length}");
        double scale = theirs.Max(Math.Abs);
        for (int i = 0; i < ours.Length; i++)
        {
            double limit = relative * Math.Max(Math.Abs(theirs[i]), 0.1 * scale);
            Assert.True(Math.Abs(theirs[i] - ours[i]) <= limit, $"{name}[{i}]: {ours[i]:R}, MuJoCo {theirs[i]:R}");
        }
    }
}
