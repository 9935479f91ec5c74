using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>
/// The scenes that come with the program against the originals: whatever takes part in physics is equal.
/// </summary>
[Trait("Isa", "once")]
public class OwnScenesTests
{
    // the scenes hold the originals' compiled numbers; quaternions are normalized once more
    private const double Tolerance = 1e-12;

    // hulls are found anew from vertices rounded to single precision: of points that lie on the hull by less than that
    // rounding a few may be left out
    private const int LostVertices = 5;

    // inverse weights come from solving with the inertia matrix, whose condition is up to 1e7
    private const double SolvedTolerance = 1e-9;

    public static TheoryData<string> Scenes => [.. TaskTable.All.Select(task => task.Spec.Scene).Distinct().Order()];

    [SkippableTheory]
    [MemberData(nameof(Scenes))]
    public void Scene_compiles_to_the_numbers_of_the_original(string scene)
    {
        string? folder = SharedData.Path("metaworld/assets");
        Skip.If(folder == null, SharedData.Missing("metaworld/assets"));
        TaskSpec spec = TaskTable.All.First(task => task.Spec.Scene == scene).Spec;
        Model own = SceneLibrary.Load(spec);
        Model original = SceneLibrary.Load(spec, folder);

        Assert.Equal(original.names.Bodies, own.names.Bodies);
        Assert.Equal(original.names.Joints, own.names.Joints);
        SameOptions(original, own);
        SameTrees(original, own);
        SamePairs(original, own);
        SameSites(original, own);
        for (int geom = 0; geom < original.ngeom; geom++)
        {
            // whoever looks at a geom by name sees it in the same place
            string name = original.names.Geoms[geom];
            if (name.Length == 0) continue;
            int same = own.names.Geom(name);
            Assert.Equal(original.geom_bodyid[geom], own.geom_bodyid[same]);
            Same(name, original.geom_pos.AsSpan(3 * geom, 3), own.geom_pos.AsSpan(3 * same, 3), Tolerance);
            Same(name, original.geom_quat.AsSpan(4 * geom, 4), own.geom_quat.AsSpan(4 * same, 4), Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Scene_has_what_its_tasks_name(string scene)
    {
        foreach (TaskEntry task in TaskTable.All.Where(task => task.Spec.Scene == scene))
        {
            Model model = SceneLibrary.Load(task.Spec);
            foreach (string handle in CommonHandles.Names.Concat(task.Spec.Handles))
            {
                string name = handle[(handle.IndexOf(':', StringComparison.Ordinal) + 1)..];
                IReadOnlyList<string> names = handle[0] switch
                {
                    'b' => model.names.Bodies,
                    'g' => model.names.Geoms,
                    's' => model.names.Sites,
                    _ => model.names.Joints,
                };
                Assert.Contains(name, names);
            }
        }
    }

    private static void SameOptions(Model a, Model b)
    {
        Assert.Equal(
            (a.timestep, a.iterations, a.tolerance, a.ls_iterations, a.ls_tolerance, a.impratio, a.cone),
            (b.timestep, b.iterations, b.tolerance, b.ls_iterations, b.ls_tolerance, b.impratio, b.cone));
        Same("gravity", a.gravity, b.gravity, 0);
        Same("eq_data", a.eq_data, b.eq_data, 0);
        Same("eq_solref", a.eq_solref, b.eq_solref, 0);
        Same("eq_solimp", a.eq_solimp, b.eq_solimp, 0);
        Assert.Equal(a.eq_obj1id, b.eq_obj1id);
        Assert.Equal(a.eq_obj2id, b.eq_obj2id);
        Assert.Equal(a.actuator_trnid, b.actuator_trnid);
        Same("actuator_gain", a.actuator_gain, b.actuator_gain, 0);
        Same("actuator_bias", a.actuator_bias, b.actuator_bias, 0);
        Same("actuator_ctrlrange", a.actuator_ctrlrange, b.actuator_ctrlrange, 0);
    }

    private static void SameTrees(Model a, Model b)
    {
        Assert.Equal(a.body_parentid, b.body_parentid);
        Assert.Equal(a.body_mocapid, b.body_mocapid);
        Assert.Equal(a.jnt_type, b.jnt_type);
        Assert.Equal(a.jnt_bodyid, b.jnt_bodyid);
        Assert.Equal(a.jnt_limited, b.jnt_limited);
        Same("body_pos", a.body_pos, b.body_pos, Tolerance);
        Same("body_quat", a.body_quat, b.body_quat, Tolerance);
        Same("qpos0", a.qpos0, b.qpos0, Tolerance);
        Same("qpos_spring", a.qpos_spring, b.qpos_spring, Tolerance);
        Same("jnt_axis", a.jnt_axis, b.jnt_axis, Tolerance);
        Same("jnt_pos", a.jnt_pos, b.jnt_pos, 0);
        Same("jnt_range", a.jnt_range, b.jnt_range, 0);
        Same("jnt_stiffness", a.jnt_stiffness, b.jnt_stiffness, 0);
        Same("jnt_solref", a.jnt_solref, b.jnt_solref, 0);
        Same("jnt_solimp", a.jnt_solimp, b.jnt_solimp, 0);
        Same("dof_damping", a.dof_damping, b.dof_damping, 0);
        Same("dof_armature", a.dof_armature, b.dof_armature, 0);
        Same("dof_M0", a.dof_M0, b.dof_M0, SolvedTolerance);
        Same("dof_invweight0", a.dof_invweight0, b.dof_invweight0, SolvedTolerance);
        Same("body_invweight0", a.body_invweight0, b.body_invweight0, SolvedTolerance);
        Same("meaninertia", [a.meaninertia], [b.meaninertia], SolvedTolerance);

        // bodies that do not move have no mass in our scenes, and no place for it
        for (int body = 1; body < a.nbody; body++)
        {
            if (a.body_treeid[body] < 0 || a.body_mass[body] == 0) continue;
            Same("body_mass", a.body_mass.AsSpan(body, 1), b.body_mass.AsSpan(body, 1), Tolerance);
            Same("body_inertia", a.body_inertia.AsSpan(3 * body, 3), b.body_inertia.AsSpan(3 * body, 3), Tolerance);
            Same("body_ipos", a.body_ipos.AsSpan(3 * body, 3), b.body_ipos.AsSpan(3 * body, 3), Tolerance);
            Same("body_iquat", a.body_iquat.AsSpan(4 * body, 4), b.body_iquat.AsSpan(4 * body, 4), Tolerance);
        }
    }

    private static void SamePairs(Model a, Model b)
    {
        Assert.Equal(a.npair, b.npair);
        Assert.Equal(a.pair_dim, b.pair_dim);
        Same("pair_friction", a.pair_friction, b.pair_friction, 0);
        Same("pair_solref", a.pair_solref, b.pair_solref, 0);
        Same("pair_solimp", a.pair_solimp, b.pair_solimp, 0);
        Same("pair_margin", a.pair_margin, b.pair_margin, 0);
        Same("pair_gap", a.pair_gap, b.pair_gap, 0);
        for (int pair = 0; pair < a.npair; pair++)
        {
            SameGeom(a, a.pair_geom1[pair], b, b.pair_geom1[pair]);
            SameGeom(a, a.pair_geom2[pair], b, b.pair_geom2[pair]);
        }
    }

    private static void SameGeom(Model a, int geom, Model b, int own)
    {
        string name = $"geom {geom} '{a.names.Geoms[geom]}'";
        Assert.Equal(a.names.Geoms[geom], b.names.Geoms[own]);
        Assert.Equal((a.geom_type[geom], a.geom_bodyid[geom]), (b.geom_type[own], b.geom_bodyid[own]));
        Same(name, a.geom_pos.AsSpan(3 * geom, 3), b.geom_pos.AsSpan(3 * own, 3), Tolerance);
        Same(name, a.geom_quat.AsSpan(4 * geom, 4), b.geom_quat.AsSpan(4 * own, 4), Tolerance);
        if (a.geom_dataid[geom] < 0)
        {
            // a third number of a cylinder means nothing
            int sizes = (GeomType)a.geom_type[geom] is GeomType.Cylinder or GeomType.Capsule ? 2 : 3;
            Same(name, a.geom_size.AsSpan(3 * geom, sizes), b.geom_size.AsSpan(3 * own, sizes), 0);
            return;
        }

        // the same points, in whatever order
        HashSet<(double, double, double)> points = Vertices(a, a.geom_dataid[geom]);
        HashSet<(double, double, double)> ownPoints = Vertices(b, b.geom_dataid[own]);
        Assert.Subset(points, ownPoints);
        Assert.InRange(ownPoints.Count, points.Count - LostVertices, points.Count);
    }

    private static HashSet<(double, double, double)> Vertices(Model model, int mesh) =>
    [
        .. Enumerable.Range(model.mesh_vertadr[mesh], model.mesh_vertnum[mesh])
            .Select(v => (model.mesh_vert[3 * v], model.mesh_vert[(3 * v) + 1], model.mesh_vert[(3 * v) + 2])),
    ];

    private static void SameSites(Model a, Model b)
    {
        for (int site = 0; site < a.nsite; site++)
        {
            string name = a.names.Sites[site];
            if (name.Length == 0) continue;
            int own = b.names.Site(name);
            Assert.Equal(a.site_bodyid[site], b.site_bodyid[own]);
            Same(name, a.site_pos.AsSpan(3 * site, 3), b.site_pos.AsSpan(3 * own, 3), Tolerance);
        }
    }

    private static void Same(
        string name, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]) / Math.Max(1e-3, Math.Abs(expected[i]));
            Assert.True(error <= tolerance, $"{name}[{i}]: original {expected[i]:r}, own {actual[i]:r}");
        }
    }
}
