using Kalm.Kernels.Models;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Models;

/// <summary>Compares every array of a compiled model with what libmujoco 2.2.2 makes of the same text.</summary>
internal static class CompiledModels
{
    // both compilers do the same few operations per number, in an order of their own
    private const double Relative = 1e-12;

    // solving with the inertia matrix of a chain of light and heavy bodies loses as many digits as its condition has
    private const double RelativeOfSolved = 1e-9;

    // MuJoCo 2.2 finds the center of a mesh, and so its frame, a little elsewhere than 3.3, which is what we reproduce
    private const double RelativeOfMeshes = 1e-4;

    /// <summary>Compares all arrays.</summary>
    /// <param name="xml">The model's text.</param>
    /// <param name="axes">
    /// Whether the principal axes of inertia have one solution; where two moments are equal only the inertia itself is
    /// compared.
    /// </param>
    public static Model AssertSame(string xml, bool axes = true)
    {
        Model model = MjcfCompiler.CompileText(xml, "test.xml");
        using MujocoModel oracle = MujocoModel.FromXml(xml);
        AssertSame(model, oracle, axes);
        return model;
    }

    /// <summary>Compares all arrays.</summary>
    /// <param name="model">Our model, compiled for MuJoCo 2.</param>
    /// <param name="oracle">MuJoCo's model of the same file.</param>
    /// <param name="axes">Whether the principal axes of inertia have one solution.</param>
    public static void AssertSame(Model model, MujocoModel oracle, bool axes)
    {
        CompareSizes(model, oracle);
        CompareIntegers(model, oracle);
        CompareReals(model, oracle);
        CompareInertia(model, oracle);
        if (axes) Same(model, oracle, "body_iquat", model.body_iquat);
        for (int geom = 0; geom < model.ngeom; geom++)
        {
            // the axes of a symmetric mesh are anyone's choice
            if (model.geom_dataid[geom] >= 0) continue;
            for (int i = 4 * geom; i < 4 * (geom + 1); i++)
                Close($"geom_quat[{i}]", oracle.Reals("geom_quat")[i], model.geom_quat[i], 1);
        }

        for (int i = 0; i < model.nbody; i++) Assert.Equal(oracle.Name("body", i), model.names.Bodies[i]);
        for (int i = 0; i < model.njnt; i++) Assert.Equal(oracle.Name("joint", i), model.names.Joints[i]);
        for (int i = 0; i < model.ngeom; i++) Assert.Equal(oracle.Name("geom", i), model.names.Geoms[i]);
        for (int i = 0; i < model.nsite; i++) Assert.Equal(oracle.Name("site", i), model.names.Sites[i]);
        for (int i = 0; i < model.nu; i++) Assert.Equal(oracle.Name("actuator", i), model.names.Actuators[i]);
    }

    private static void CompareSizes(Model model, MujocoModel oracle)
    {
        (string Name, int Value)[] sizes =
        [
            ("nq", model.nq), ("nv", model.nv), ("nu", model.nu), ("nbody", model.nbody), ("njnt", model.njnt),
            ("ngeom", model.ngeom), ("nsite", model.nsite), ("nmocap", model.nmocap), ("nM", model.nM),
            ("nmesh", model.nmesh), ("neq", model.neq),
        ];
        foreach ((string name, int value) in sizes)
            Assert.True(oracle.Size(name) == value, $"{name}: {value}, MuJoCo {oracle.Size(name)}");
    }

    private static void CompareIntegers(Model model, MujocoModel oracle)
    {
        Same("body_parentid", model.body_parentid);
        Same("body_rootid", model.body_rootid);
        Same("body_weldid", model.body_weldid);
        Same("body_mocapid", model.body_mocapid);
        Same("body_jntnum", model.body_jntnum);
        Same("body_jntadr", model.body_jntadr);
        Same("body_dofnum", model.body_dofnum);
        Same("body_dofadr", model.body_dofadr);
        Same("body_geomnum", model.body_geomnum);
        Same("body_geomadr", model.body_geomadr);
        Same("jnt_type", model.jnt_type);
        Same("jnt_qposadr", model.jnt_qposadr);
        Same("jnt_dofadr", model.jnt_dofadr);
        Same("jnt_bodyid", model.jnt_bodyid);
        Same("dof_bodyid", model.dof_bodyid);
        Same("dof_jntid", model.dof_jntid);
        Same("dof_parentid", model.dof_parentid);
        Same("dof_Madr", model.dof_Madr);
        Same("dof_simplenum", model.dof_simplenum);
        Same("geom_type", model.geom_type);
        Same("geom_contype", model.geom_contype);
        Same("geom_conaffinity", model.geom_conaffinity);
        Same("geom_condim", model.geom_condim);
        Same("geom_bodyid", model.geom_bodyid);
        Same("geom_dataid", model.geom_dataid);
        Same("geom_group", model.geom_group);
        Same("geom_priority", model.geom_priority);
        Same("site_bodyid", model.site_bodyid);
        Same("eq_type", model.eq_type);
        Same("eq_obj1id", model.eq_obj1id);
        Same("eq_obj2id", model.eq_obj2id);
        Same("iterations", [model.iterations]);
        Same("cone", [(int)model.cone]);
        SameBytes("body_simple", model.body_simple);
        SameBytes("jnt_limited", model.jnt_limited);
        SameBytes("eq_active", model.eq_active0);
        SameBytes("actuator_ctrllimited", model.actuator_ctrllimited);
        SameBytes("actuator_forcelimited", model.actuator_forcelimited);
        for (int i = 0; i < model.nu; i++)
            Assert.Equal(oracle.Integers("actuator_trnid")[2 * i], model.actuator_trnid[i]);

        void Same(string name, int[] ours) => Assert.True(
            oracle.Integers(name).SequenceEqual(ours),
            $"{name}: {string.Join(' ', ours)}, MuJoCo {string.Join(' ', oracle.Integers(name).ToArray())}");
        void SameBytes(string name, int[] ours) => Assert.True(
            oracle.Bytes(name).ToArray().Select(b => (int)b).SequenceEqual(ours), name);
    }

    private static void CompareReals(Model model, MujocoModel oracle)
    {
        Same("qpos0", model.qpos0);
        Same("qpos_spring", model.qpos_spring);
        Same("body_pos", model.body_pos);
        Same("body_quat", model.body_quat);
        Same("body_ipos", model.body_ipos);
        Same("body_mass", model.body_mass);
        Same("body_subtreemass", model.body_subtreemass);
        Same("body_inertia", model.body_inertia);
        Same("body_invweight0", model.body_invweight0);
        Same("jnt_solref", model.jnt_solref);
        Same("jnt_solimp", model.jnt_solimp);
        Same("jnt_pos", model.jnt_pos);
        Same("jnt_axis", model.jnt_axis);
        Same("jnt_stiffness", model.jnt_stiffness);
        Same("jnt_range", model.jnt_range);
        Same("jnt_margin", model.jnt_margin);
        Same("dof_armature", model.dof_armature);
        Same("dof_damping", model.dof_damping);
        Same("dof_invweight0", model.dof_invweight0);
        Same("dof_M0", model.dof_M0);
        Same("geom_solmix", model.geom_solmix);
        Same("geom_solref", model.geom_solref);
        Same("geom_solimp", model.geom_solimp);
        Same("geom_size", model.geom_size);
        Same("geom_rbound", model.geom_rbound);
        Same("geom_pos", model.geom_pos);
        Same("geom_friction", model.geom_friction);
        Same("geom_margin", model.geom_margin);
        Same("geom_gap", model.geom_gap);
        Same("site_pos", model.site_pos);
        Same("site_quat", model.site_quat);
        Same("eq_solref", model.eq_solref);
        Same("eq_solimp", model.eq_solimp);
        Same("eq_data", model.eq_data);
        Same("actuator_ctrlrange", model.actuator_ctrlrange);
        Same("actuator_forcerange", model.actuator_forcerange);
        Same("actuator_gear", model.actuator_gear);
        Same("timestep", [model.timestep]);
        Same("gravity", model.gravity);
        Same("impratio", [model.impratio]);
        Same("tolerance", [model.tolerance]);
        if (model.nv > 0) Same("meaninertia", [model.meaninertia]);
        for (int i = 0; i < model.nu; i++)
        {
            Close($"gain {i}", oracle.Reals("actuator_gainprm")[10 * i], model.actuator_gain[i], 1);
            for (int k = 0; k < 3; k++)
                Close($"bias {i}", oracle.Reals("actuator_biasprm")[(10 * i) + k], model.actuator_bias[(3 * i) + k], 1);
        }

        for (int i = 0; i < model.geom_rgba.Length; i++)
            Assert.Equal(oracle.Floats("geom_rgba")[i], (float)model.geom_rgba[i]);

        void Same(string name, double[] ours) => CompiledModels.Same(model, oracle, name, ours);
    }

    // inertia about the center of mass in the body frame: the moments turned by the principal axes
    private static void CompareInertia(Model model, MujocoModel oracle)
    {
        for (int body = 1; body < model.nbody; body++)
        {
            double[] theirs = Tensor(oracle.Reals("body_iquat"), oracle.Reals("body_inertia"), body);
            double[] ours = Tensor(model.body_iquat, model.body_inertia, body);
            double scale = theirs.Select(Math.Abs).Max();
            if (HasMeshes(model, body)) continue;
            for (int k = 0; k < 9; k++) Close($"inertia of body {body}", theirs[k], ours[k], 10 * scale);
        }
    }

    private static double[] Tensor(ReadOnlySpan<double> quat, ReadOnlySpan<double> moments, int body) =>
        Rotation.Conjugate(Rotation.ToMatrix(quat.Slice(4 * body, 4)), moments.Slice(3 * body, 3));

    private static void Same(Model model, MujocoModel oracle, string name, double[] ours)
    {
        double[] theirs = oracle.Reals(name).ToArray();
        Assert.True(theirs.Length == ours.Length, $"{name} has {ours.Length} numbers, MuJoCo {theirs.Length}");
        double scale = theirs.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double relative = name.EndsWith("_invweight0", StringComparison.Ordinal) ? RelativeOfSolved : Relative;
        for (int i = 0; i < ours.Length; i++)
        {
            if (DependsOnMeshInertia(model, name, i, ours.Length)) continue;
            bool mesh = name.StartsWith("geom_", StringComparison.Ordinal)
                && model.geom_dataid[i / (ours.Length / model.ngeom)] >= 0;
            Close($"{name}[{i}]", theirs[i], ours[i], scale, mesh ? RelativeOfMeshes : relative);
        }
    }

    // mass and inertia of meshes are others in MuJoCo 2.2: MetaWorldConstantTests has those of MuJoCo 3
    private static bool DependsOnMeshInertia(Model model, string name, int index, int length)
    {
        if (name is "body_ipos" or "body_iquat" or "body_mass" or "body_inertia")
            return HasMeshes(model, index / (length / model.nbody));
        return name is "body_subtreemass" or "body_invweight0" or "dof_invweight0" or "dof_M0" or "meaninertia"
            && Enumerable.Range(0, model.nbody).Any(body => HasMeshes(model, body));
    }

    // whether a body may have its inertia from meshes; visual ones stand in low groups in all scenes
    private static bool HasMeshes(Model model, int body) => Enumerable.Range(0, model.ngeom).Any(
        geom => model.geom_bodyid[geom] == body && model.geom_dataid[geom] >= 0 && model.geom_group[geom] >= 4);

    private static void Close(string name, double theirs, double ours, double scale, double relative = Relative)
    {
        // the largest number of the array scales what cancels to near zero
        double limit = relative * Math.Max(Math.Abs(theirs), 0.1 * scale);
        Assert.True(Math.Abs(theirs - ours) <= limit, $"{name}: {ours:R}, MuJoCo {theirs:R}");
    }
}
