using System.Runtime.InteropServices;

namespace Kalm.Kernels.Models;

/// <summary>A model packed for kernels: one table of real constants, one of integers, and the addresses.</summary>
public sealed class ModelTables
{
    private readonly List<double> _constants = [];
    private readonly List<int> _integers = [];

    /// <summary>Packs a model.</summary>
    public ModelTables(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelRows rows = default;
        PackSizes(ref rows, model);
        PackIntegers(ref rows, model);
        PackConstants(ref rows, model);
        Rows = rows;
    }

    /// <summary>Sizes and addresses, for kernels.</summary>
    public ModelRows Rows { get; }

    /// <summary>Real constants, array after array.</summary>
    public ReadOnlySpan<double> Constants => CollectionsMarshal.AsSpan(_constants);

    /// <summary>Integer constants, array after array.</summary>
    public ReadOnlySpan<int> Integers => CollectionsMarshal.AsSpan(_integers);

    private static void PackSizes(ref ModelRows rows, Model model)
    {
        rows.nq = model.nq;
        rows.nv = model.nv;
        rows.nu = model.nu;
        rows.nbody = model.nbody;
        rows.njnt = model.njnt;
        rows.ngeom = model.ngeom;
        rows.nsite = model.nsite;
        rows.nmocap = model.nmocap;
        rows.nmesh = model.nmesh;
        rows.nmeshvert = model.nmeshvert;
        rows.nmeshedge = model.nmeshedge;
        rows.neq = model.neq;
        rows.npair = model.npair;
        rows.ntree = model.ntree;
        rows.nM = model.nM;
        rows.nconmax = model.nconmax;
        rows.njmax = model.njmax;
        rows.iterations = model.iterations;
        rows.ls_iterations = model.ls_iterations;
        rows.cone = model.cone;
    }

    private void PackIntegers(ref ModelRows rows, Model model)
    {
        rows.body_parentid = Add(model.body_parentid);
        rows.body_rootid = Add(model.body_rootid);
        rows.body_weldid = Add(model.body_weldid);
        rows.body_mocapid = Add(model.body_mocapid);
        rows.body_jntnum = Add(model.body_jntnum);
        rows.body_jntadr = Add(model.body_jntadr);
        rows.body_dofnum = Add(model.body_dofnum);
        rows.body_dofadr = Add(model.body_dofadr);
        rows.body_treeid = Add(model.body_treeid);
        rows.body_geomnum = Add(model.body_geomnum);
        rows.body_geomadr = Add(model.body_geomadr);
        rows.body_simple = Add(model.body_simple);
        rows.jnt_type = Add(model.jnt_type);
        rows.jnt_qposadr = Add(model.jnt_qposadr);
        rows.jnt_dofadr = Add(model.jnt_dofadr);
        rows.jnt_bodyid = Add(model.jnt_bodyid);
        rows.jnt_limited = Add(model.jnt_limited);
        rows.dof_bodyid = Add(model.dof_bodyid);
        rows.dof_jntid = Add(model.dof_jntid);
        rows.dof_parentid = Add(model.dof_parentid);
        rows.dof_treeid = Add(model.dof_treeid);
        rows.dof_Madr = Add(model.dof_Madr);
        rows.dof_simplenum = Add(model.dof_simplenum);
        rows.tree_dofadr = Add(model.tree_dofadr);
        rows.tree_dofnum = Add(model.tree_dofnum);
        rows.geom_type = Add(model.geom_type);
        rows.geom_contype = Add(model.geom_contype);
        rows.geom_conaffinity = Add(model.geom_conaffinity);
        rows.geom_condim = Add(model.geom_condim);
        rows.geom_bodyid = Add(model.geom_bodyid);
        rows.geom_priority = Add(model.geom_priority);
        rows.geom_dataid = Add(model.geom_dataid);
        rows.mesh_vertadr = Add(model.mesh_vertadr);
        rows.mesh_vertnum = Add(model.mesh_vertnum);
        rows.mesh_edgeadr = Add(model.mesh_edgeadr);
        rows.mesh_edgenum = Add(model.mesh_edgenum);
        rows.mesh_edge = Add(model.mesh_edge);
        rows.pair_geom1 = Add(model.pair_geom1);
        rows.pair_geom2 = Add(model.pair_geom2);
        rows.pair_dim = Add(model.pair_dim);
        rows.site_bodyid = Add(model.site_bodyid);
        rows.eq_type = Add(model.eq_type);
        rows.eq_obj1id = Add(model.eq_obj1id);
        rows.eq_obj2id = Add(model.eq_obj2id);
        rows.eq_active0 = Add(model.eq_active0);
        rows.actuator_trnid = Add(model.actuator_trnid);
        rows.actuator_ctrllimited = Add(model.actuator_ctrllimited);
        rows.actuator_forcelimited = Add(model.actuator_forcelimited);
    }

    private void PackConstants(ref ModelRows rows, Model model)
    {
        rows.timestep = Add([model.timestep]);
        rows.gravity = Add(model.gravity);
        rows.impratio = Add([model.impratio]);
        rows.tolerance = Add([model.tolerance]);
        rows.ls_tolerance = Add([model.ls_tolerance]);
        rows.meaninertia = Add([model.meaninertia]);
        rows.qpos0 = Add(model.qpos0);
        rows.qpos_spring = Add(model.qpos_spring);
        rows.body_pos = Add(model.body_pos);
        rows.body_quat = Add(model.body_quat);
        rows.body_ipos = Add(model.body_ipos);
        rows.body_iquat = Add(model.body_iquat);
        rows.body_mass = Add(model.body_mass);
        rows.body_subtreemass = Add(model.body_subtreemass);
        rows.body_inertia = Add(model.body_inertia);
        rows.body_invweight0 = Add(model.body_invweight0);
        rows.jnt_solref = Add(model.jnt_solref);
        rows.jnt_solimp = Add(model.jnt_solimp);
        rows.jnt_pos = Add(model.jnt_pos);
        rows.jnt_axis = Add(model.jnt_axis);
        rows.jnt_stiffness = Add(model.jnt_stiffness);
        rows.jnt_range = Add(model.jnt_range);
        rows.jnt_margin = Add(model.jnt_margin);
        rows.dof_armature = Add(model.dof_armature);
        rows.dof_damping = Add(model.dof_damping);
        rows.dof_invweight0 = Add(model.dof_invweight0);
        rows.dof_M0 = Add(model.dof_M0);
        rows.geom_solmix = Add(model.geom_solmix);
        rows.geom_solref = Add(model.geom_solref);
        rows.geom_solimp = Add(model.geom_solimp);
        rows.geom_size = Add(model.geom_size);
        rows.geom_aabb = Add(model.geom_aabb);
        rows.geom_rbound = Add(model.geom_rbound);
        rows.geom_pos = Add(model.geom_pos);
        rows.geom_quat = Add(model.geom_quat);
        rows.geom_friction = Add(model.geom_friction);
        rows.geom_margin = Add(model.geom_margin);
        rows.geom_gap = Add(model.geom_gap);
        rows.mesh_vert = Add(model.mesh_vert);
        rows.pair_friction = Add(model.pair_friction);
        rows.pair_solref = Add(model.pair_solref);
        rows.pair_solimp = Add(model.pair_solimp);
        rows.pair_margin = Add(model.pair_margin);
        rows.pair_gap = Add(model.pair_gap);
        rows.site_pos = Add(model.site_pos);
        rows.site_quat = Add(model.site_quat);
        rows.eq_solref = Add(model.eq_solref);
        rows.eq_solimp = Add(model.eq_solimp);
        rows.eq_data = Add(model.eq_data);
        rows.actuator_ctrlrange = Add(model.actuator_ctrlrange);
        rows.actuator_forcerange = Add(model.actuator_forcerange);
        rows.actuator_gear = Add(model.actuator_gear);
        rows.actuator_gain = Add(model.actuator_gain);
        rows.actuator_bias = Add(model.actuator_bias);
    }

    private int Add(double[] values)
    {
        int address = _constants.Count;
        _constants.AddRange(values);
        return address;
    }

    private int Add(int[] values)
    {
        int address = _integers.Count;
        _integers.AddRange(values);
        return address;
    }
}
