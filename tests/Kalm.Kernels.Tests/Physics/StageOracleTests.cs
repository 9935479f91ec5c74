using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>
/// Every stage of a forward pass against live MuJoCo 3, in recorded states of Meta-World's own scenes.
/// </summary>
[Trait("Isa", "once")]
public sealed class StageOracleTests
{
    private const int States = 16;

    // both sides do the same operations in another order; the largest sums have a few dozen terms
    private const double Rounding = 1e-12;

    // accelerations lose what the inertia of the joints differs by: 100 kg against 1e-3 kg m^2
    private const double Solved = 1e-10;

    // MuJoCo 3.3.8 centers meshes otherwise than 3.3.0 (and we), in the last digits of vertices in single precision
    private const double Centered = 1e-7;

    // the solver stops where its tolerance of 1e-10 says so
    private const double Converged = 1e-7;

    private static readonly string[] Fields =
    [
        "xpos", "xquat", "xmat", "M", "qfrc_bias", "qfrc_passive", "qfrc_actuator", "qfrc_smooth", "qacc_smooth",
        "nefc", "geom_xpos", "site_xpos", "qacc",
    ];

    [SkippableTheory]
    [InlineData("reach-v3", "sawyer_reach_v3.xml")]
    [InlineData("drawer-open-v3", "sawyer_drawer.xml")]
    [InlineData("button-press-topdown-v3", "sawyer_button_press_topdown.xml")]
    [InlineData("peg-insert-side-v3", "sawyer_peg_insertion_side.xml")]
    [InlineData("handle-press-v3", "sawyer_handle_press.xml")]
    [InlineData("coffee-pull-v3", "sawyer_coffee.xml")]
    [InlineData("soccer-v3", "sawyer_soccer.xml")]
    [InlineData("assembly-v3", "sawyer_assembly_peg.xml")]
    public void Every_stage_in_recorded_states_is_MuJoCos(string task, string scene)
    {
        string? assets = SharedData.Path("metaworld/assets");
        string? file = SharedData.Path($"metaworld/gold/{task}.npz");
        Skip.If(assets is null || file is null, SharedData.Missing($"metaworld/gold/{task}.npz"));
        Skip.If(MujocoJs.Missing is not null, MujocoJs.Missing ?? "");
        NpzFile gold = new(file!);
        Model model = MjcfCompiler.Compile(Path.Combine(assets!, "sawyer_xyz", scene), ModelCompat.Mj3);
        model.body_pos = gold["body_pos"];
        model.site_pos = gold["site_pos"];
        model.eq_data = [0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 5];
        Dictionary<string, double[]>[] states = [.. Spread(gold, model)];
        MujocoJsAnswer theirs = MujocoJs.Ask(new()
        {
            Folder = assets,
            File = $"sawyer_xyz/{scene}",
            Model = new Dictionary<string, double[]>
            {
                ["body_pos"] = model.body_pos,
                ["site_pos"] = model.site_pos,
                ["eq_data"] = model.eq_data,
            },
            States = states,
            Fields = Fields,
            Contacts = true,
        });
        using CpuLauncher launcher = new(1);
        using Simulation simulation = new(new SimulationLayout(model), states.Length, LaneKind.Lane4d, launcher);
        for (int world = 0; world < states.Length; world++) Set(simulation, world, states[world]);
        simulation.RunForward();
        for (int world = 0; world < states.Length; world++)
        {
            CompareSmooth(simulation, world, theirs.States[world]);
            CompareContacts(simulation, world, theirs.States[world]);
            Assert.Equal(0, simulation.GetOverflow(world));
            double[] expected = theirs.States[world].Fields["qacc"];
            double[] actual = Read(simulation, world, simulation.Layout.DataRows.qacc, expected.Length);
            Same(expected, actual, Converged, "qacc");
        }
    }

    private static IEnumerable<Dictionary<string, double[]>> Spread(NpzFile gold, Model model)
    {
        int count = gold["mpos"].Length / 3;
        for (int i = 0; i < States; i++)
        {
            int state = i * count / States;
            double[] Row(string name, int size) => gold[name][(state * size)..((state + 1) * size)];
            yield return new()
            {
                ["qpos"] = Row("qpos", model.nq),
                ["qvel"] = Row("qvel", model.nv),
                ["qacc_warmstart"] = Row("warm", model.nv),
                ["ctrl"] = Row("ctrl", model.nu),
                ["mocap_pos"] = Row("mpos", 3),
                ["mocap_quat"] = Row("mquat", 4),
            };
        }
    }

    private static void Set(Simulation simulation, int world, Dictionary<string, double[]> state)
    {
        simulation.SetQpos(world, state["qpos"]);
        simulation.SetQvel(world, state["qvel"]);
        simulation.SetWarmstart(world, state["qacc_warmstart"]);
        simulation.SetCtrl(world, state["ctrl"]);
        simulation.SetMocap(world, 0, state["mocap_pos"], state["mocap_quat"]);
    }

    private static void CompareSmooth(Simulation simulation, int world, MujocoJsState theirs)
    {
        DataRows data = simulation.Layout.DataRows;
        (string Field, int Row, double Bound)[] fields =
        [
            ("xpos", data.xpos, Rounding), ("xquat", data.xquat, Rounding), ("xmat", data.xmat, Rounding),
            ("qfrc_bias", data.qfrc_bias, Rounding), ("qfrc_passive", data.qfrc_passive, Rounding),
            ("qfrc_actuator", data.qfrc_actuator, Rounding), ("qfrc_smooth", data.qfrc_smooth, Rounding),
            ("qacc_smooth", data.qacc_smooth, Solved), ("nefc", data.nefc, 0),
        ];
        foreach ((string field, int row, double bound) in fields)
        {
            double[] expected = theirs.Fields[field];
            Same(expected, Read(simulation, world, row, expected.Length), bound, field);
        }

        foreach ((string field, int table) in ((string, int)[])[
            ("geom_xpos", data.geom_xpos), ("site_xpos", data.site_xpos)])
        {
            double[] expected = theirs.Fields[field];
            double[] actual =
            [
                .. Enumerable.Range(0, expected.Length / 3)
                    .SelectMany(i => Read(simulation, world, simulation.Layout.Integers[table + i], 3)),
            ];
            for (int i = 0; i < expected.Length / 3; i++)
            {
                bool mesh = field == "geom_xpos" && IsMesh(simulation.Model, i);
                double bound = mesh ? Centered : Rounding;
                Same(expected[(3 * i)..((3 * i) + 3)], actual[(3 * i)..((3 * i) + 3)], bound, $"{field} {i}");
            }
        }

        Same(theirs.Fields["M"], Inertia(simulation, world), Rounding, "M");
    }

    private static void CompareContacts(Simulation simulation, int world, MujocoJsState theirs)
    {
        // a pair has its contacts in another order
        double[][] expected =
        [
            .. theirs.Contacts
                .Select(c => (double[])[c.Geom1, c.Geom2, c.Dist, .. c.Pos, .. c.Frame[..3]])
                .OrderBy(Order),
        ];
        double[][] actual =
        [
            .. simulation.GetContacts(world)
                .Select(c => (double[])[c.Geom1, c.Geom2, c.Distance, .. c.Position, .. c.Normal])
                .OrderBy(Order),
        ];
        Assert.Equal(expected.Select(c => (c[0], c[1])), actual.Select(c => (c[0], c[1])));
        for (int i = 0; i < expected.Length; i++)
        {
            (int first, int second) = ((int)expected[i][0], (int)expected[i][1]);
            bool mesh = IsMesh(simulation.Model, first) || IsMesh(simulation.Model, second);
            double bound = mesh ? Centered : Solved;
            Same(expected[i][2..], actual[i][2..], bound, $"contact of {first} and {second}");
        }
    }

    // geoms, then places to 1e-6 m
    private static (double, double, double, double, double) Order(double[] contact) => (
        contact[0], contact[1], Math.Round(contact[3], 6), Math.Round(contact[4], 6), Math.Round(contact[5], 6));

    private static bool IsMesh(Model model, int geom) => model.geom_type[geom] == (int)GeomType.Mesh;

    private static double[] Inertia(Simulation simulation, int world)
    {
        Model model = simulation.Model;
        double[] full = new double[model.nv * model.nv];
        DataRows data = simulation.Layout.DataRows;
        for (int tree = 0; tree < model.ntree; tree++)
        {
            int first = model.tree_dofadr[tree];
            int count = model.tree_dofnum[tree];
            int row = data.qM + simulation.Layout.Integers[data.tree_Madr + tree];
            double[] block = Read(simulation, world, row, count * count);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    full[((first + i) * model.nv) + first + j] = block[(i * count) + j];
                    full[((first + j) * model.nv) + first + i] = block[(i * count) + j];
                }
            }
        }

        return full;
    }

    private static double[] Read(Simulation simulation, int world, int row, int count)
    {
        double[] values = new double[count];
        simulation.Read(world, row, values);
        return values;
    }

    // relative to the field's largest number
    private static void Same(double[] expected, double[] actual, double bound, string field)
    {
        double scale = Math.Max(1, expected.Length == 0 ? 0 : expected.Max(Math.Abs));
        Tolerance.Absolute(expected, actual, bound * scale, field);
    }
}
