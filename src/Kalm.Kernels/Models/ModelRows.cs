namespace Kalm.Kernels.Models;

/// <summary>
/// The model as a kernel sees it: sizes, and where each array of <see cref="Model"/> starts in the launch's constant
/// tables. Element k of an integer array is <c>rows.Integer(model.name + k)</c>, of a real array or number
/// <c>rows.Constant(model.name + k)</c> or, where the index differs from world to world,
/// <c>rows.GatherConstant(...)</c>. Meaning, shape and unit of each array stand in <see cref="Model"/>.
/// </summary>
public struct ModelRows
{
    // sizes and options

    /// <summary>Number of generalized coordinates.</summary>
    public int nq;

    /// <summary>Number of degrees of freedom.</summary>
    public int nv;

    /// <summary>Number of controls and actuators.</summary>
    public int nu;

    /// <summary>Number of bodies, the world included.</summary>
    public int nbody;

    /// <summary>Number of joints.</summary>
    public int njnt;

    /// <summary>Number of geoms.</summary>
    public int ngeom;

    /// <summary>Number of sites.</summary>
    public int nsite;

    /// <summary>Number of mocap bodies.</summary>
    public int nmocap;

    /// <summary>Number of meshes.</summary>
    public int nmesh;

    /// <summary>Number of vertices of all convex hulls together.</summary>
    public int nmeshvert;

    /// <summary>Number of neighbors of all hull vertices together, each edge twice.</summary>
    public int nmeshedge;

    /// <summary>Number of equality constraints.</summary>
    public int neq;

    /// <summary>Number of geom pairs that can collide.</summary>
    public int npair;

    /// <summary>Number of kinematic trees that can move.</summary>
    public int ntree;

    /// <summary>Number of nonzeros of the sparse inertia matrix.</summary>
    public int nM;

    /// <summary>Capacity for contacts of one world.</summary>
    public int nconmax;

    /// <summary>Capacity for scalar constraints of one world.</summary>
    public int njmax;

    /// <summary>Maximum number of solver iterations.</summary>
    public int iterations;

    /// <summary>Maximum number of line-search evaluations per iteration (3.x; 2.x uses the same 50).</summary>
    public int ls_iterations;

    /// <summary>Friction cone.</summary>
    public ConeType cone;

    // addresses in the table of integers

    /// <summary>Address of <see cref="Model.body_parentid"/> in the table of integers.</summary>
    public int body_parentid;

    /// <summary>Address of <see cref="Model.body_rootid"/> in the table of integers.</summary>
    public int body_rootid;

    /// <summary>Address of <see cref="Model.body_weldid"/> in the table of integers.</summary>
    public int body_weldid;

    /// <summary>Address of <see cref="Model.body_mocapid"/> in the table of integers.</summary>
    public int body_mocapid;

    /// <summary>Address of <see cref="Model.body_jntnum"/> in the table of integers.</summary>
    public int body_jntnum;

    /// <summary>Address of <see cref="Model.body_jntadr"/> in the table of integers.</summary>
    public int body_jntadr;

    /// <summary>Address of <see cref="Model.body_dofnum"/> in the table of integers.</summary>
    public int body_dofnum;

    /// <summary>Address of <see cref="Model.body_dofadr"/> in the table of integers.</summary>
    public int body_dofadr;

    /// <summary>Address of <see cref="Model.body_treeid"/> in the table of integers.</summary>
    public int body_treeid;

    /// <summary>Address of <see cref="Model.body_geomnum"/> in the table of integers.</summary>
    public int body_geomnum;

    /// <summary>Address of <see cref="Model.body_geomadr"/> in the table of integers.</summary>
    public int body_geomadr;

    /// <summary>Address of <see cref="Model.body_simple"/> in the table of integers.</summary>
    public int body_simple;

    /// <summary>Address of <see cref="Model.jnt_type"/> in the table of integers.</summary>
    public int jnt_type;

    /// <summary>Address of <see cref="Model.jnt_qposadr"/> in the table of integers.</summary>
    public int jnt_qposadr;

    /// <summary>Address of <see cref="Model.jnt_dofadr"/> in the table of integers.</summary>
    public int jnt_dofadr;

    /// <summary>Address of <see cref="Model.jnt_bodyid"/> in the table of integers.</summary>
    public int jnt_bodyid;

    /// <summary>Address of <see cref="Model.jnt_limited"/> in the table of integers.</summary>
    public int jnt_limited;

    /// <summary>Address of <see cref="Model.dof_bodyid"/> in the table of integers.</summary>
    public int dof_bodyid;

    /// <summary>Address of <see cref="Model.dof_jntid"/> in the table of integers.</summary>
    public int dof_jntid;

    /// <summary>Address of <see cref="Model.dof_parentid"/> in the table of integers.</summary>
    public int dof_parentid;

    /// <summary>Address of <see cref="Model.dof_treeid"/> in the table of integers.</summary>
    public int dof_treeid;

    /// <summary>Address of <see cref="Model.dof_Madr"/> in the table of integers.</summary>
    public int dof_Madr;

    /// <summary>Address of <see cref="Model.dof_simplenum"/> in the table of integers.</summary>
    public int dof_simplenum;

    /// <summary>Address of <see cref="Model.tree_dofadr"/> in the table of integers.</summary>
    public int tree_dofadr;

    /// <summary>Address of <see cref="Model.tree_dofnum"/> in the table of integers.</summary>
    public int tree_dofnum;

    /// <summary>Address of <see cref="Model.geom_type"/> in the table of integers.</summary>
    public int geom_type;

    /// <summary>Address of <see cref="Model.geom_contype"/> in the table of integers.</summary>
    public int geom_contype;

    /// <summary>Address of <see cref="Model.geom_conaffinity"/> in the table of integers.</summary>
    public int geom_conaffinity;

    /// <summary>Address of <see cref="Model.geom_condim"/> in the table of integers.</summary>
    public int geom_condim;

    /// <summary>Address of <see cref="Model.geom_bodyid"/> in the table of integers.</summary>
    public int geom_bodyid;

    /// <summary>Address of <see cref="Model.geom_priority"/> in the table of integers.</summary>
    public int geom_priority;

    /// <summary>Address of <see cref="Model.geom_dataid"/> in the table of integers.</summary>
    public int geom_dataid;

    /// <summary>Address of <see cref="Model.mesh_vertadr"/> in the table of integers.</summary>
    public int mesh_vertadr;

    /// <summary>Address of <see cref="Model.mesh_vertnum"/> in the table of integers.</summary>
    public int mesh_vertnum;

    /// <summary>Address of <see cref="Model.mesh_edgeadr"/> in the table of integers.</summary>
    public int mesh_edgeadr;

    /// <summary>Address of <see cref="Model.mesh_edgenum"/> in the table of integers.</summary>
    public int mesh_edgenum;

    /// <summary>Address of <see cref="Model.mesh_edge"/> in the table of integers.</summary>
    public int mesh_edge;

    /// <summary>Address of <see cref="Model.pair_geom1"/> in the table of integers.</summary>
    public int pair_geom1;

    /// <summary>Address of <see cref="Model.pair_geom2"/> in the table of integers.</summary>
    public int pair_geom2;

    /// <summary>Address of <see cref="Model.pair_dim"/> in the table of integers.</summary>
    public int pair_dim;

    /// <summary>Address of <see cref="Model.site_bodyid"/> in the table of integers.</summary>
    public int site_bodyid;

    /// <summary>Address of <see cref="Model.eq_type"/> in the table of integers.</summary>
    public int eq_type;

    /// <summary>Address of <see cref="Model.eq_obj1id"/> in the table of integers.</summary>
    public int eq_obj1id;

    /// <summary>Address of <see cref="Model.eq_obj2id"/> in the table of integers.</summary>
    public int eq_obj2id;

    /// <summary>Address of <see cref="Model.eq_active0"/> in the table of integers.</summary>
    public int eq_active0;

    /// <summary>Address of <see cref="Model.actuator_trnid"/> in the table of integers.</summary>
    public int actuator_trnid;

    /// <summary>Address of <see cref="Model.actuator_ctrllimited"/> in the table of integers.</summary>
    public int actuator_ctrllimited;

    /// <summary>Address of <see cref="Model.actuator_forcelimited"/> in the table of integers.</summary>
    public int actuator_forcelimited;

    // addresses in the table of real constants

    /// <summary>Address of <see cref="Model.timestep"/> in the table of real constants.</summary>
    public int timestep;

    /// <summary>Address of <see cref="Model.gravity"/> in the table of real constants.</summary>
    public int gravity;

    /// <summary>Address of <see cref="Model.impratio"/> in the table of real constants.</summary>
    public int impratio;

    /// <summary>Address of <see cref="Model.tolerance"/> in the table of real constants.</summary>
    public int tolerance;

    /// <summary>Address of <see cref="Model.ls_tolerance"/> in the table of real constants.</summary>
    public int ls_tolerance;

    /// <summary>Address of <see cref="Model.meaninertia"/> in the table of real constants.</summary>
    public int meaninertia;

    /// <summary>Address of <see cref="Model.qpos0"/> in the table of real constants.</summary>
    public int qpos0;

    /// <summary>Address of <see cref="Model.qpos_spring"/> in the table of real constants.</summary>
    public int qpos_spring;

    /// <summary>Address of <see cref="Model.body_pos"/> in the table of real constants.</summary>
    public int body_pos;

    /// <summary>Address of <see cref="Model.body_quat"/> in the table of real constants.</summary>
    public int body_quat;

    /// <summary>Address of <see cref="Model.body_ipos"/> in the table of real constants.</summary>
    public int body_ipos;

    /// <summary>Address of <see cref="Model.body_iquat"/> in the table of real constants.</summary>
    public int body_iquat;

    /// <summary>Address of <see cref="Model.body_mass"/> in the table of real constants.</summary>
    public int body_mass;

    /// <summary>Address of <see cref="Model.body_subtreemass"/> in the table of real constants.</summary>
    public int body_subtreemass;

    /// <summary>Address of <see cref="Model.body_inertia"/> in the table of real constants.</summary>
    public int body_inertia;

    /// <summary>Address of <see cref="Model.body_invweight0"/> in the table of real constants.</summary>
    public int body_invweight0;

    /// <summary>Address of <see cref="Model.jnt_solref"/> in the table of real constants.</summary>
    public int jnt_solref;

    /// <summary>Address of <see cref="Model.jnt_solimp"/> in the table of real constants.</summary>
    public int jnt_solimp;

    /// <summary>Address of <see cref="Model.jnt_pos"/> in the table of real constants.</summary>
    public int jnt_pos;

    /// <summary>Address of <see cref="Model.jnt_axis"/> in the table of real constants.</summary>
    public int jnt_axis;

    /// <summary>Address of <see cref="Model.jnt_stiffness"/> in the table of real constants.</summary>
    public int jnt_stiffness;

    /// <summary>Address of <see cref="Model.jnt_range"/> in the table of real constants.</summary>
    public int jnt_range;

    /// <summary>Address of <see cref="Model.jnt_margin"/> in the table of real constants.</summary>
    public int jnt_margin;

    /// <summary>Address of <see cref="Model.dof_armature"/> in the table of real constants.</summary>
    public int dof_armature;

    /// <summary>Address of <see cref="Model.dof_damping"/> in the table of real constants.</summary>
    public int dof_damping;

    /// <summary>Address of <see cref="Model.dof_invweight0"/> in the table of real constants.</summary>
    public int dof_invweight0;

    /// <summary>Address of <see cref="Model.dof_M0"/> in the table of real constants.</summary>
    public int dof_M0;

    /// <summary>Address of <see cref="Model.geom_solmix"/> in the table of real constants.</summary>
    public int geom_solmix;

    /// <summary>Address of <see cref="Model.geom_solref"/> in the table of real constants.</summary>
    public int geom_solref;

    /// <summary>Address of <see cref="Model.geom_solimp"/> in the table of real constants.</summary>
    public int geom_solimp;

    /// <summary>Address of <see cref="Model.geom_size"/> in the table of real constants.</summary>
    public int geom_size;

    /// <summary>Address of <see cref="Model.geom_aabb"/> in the table of real constants.</summary>
    public int geom_aabb;

    /// <summary>Address of <see cref="Model.geom_rbound"/> in the table of real constants.</summary>
    public int geom_rbound;

    /// <summary>Address of <see cref="Model.geom_pos"/> in the table of real constants.</summary>
    public int geom_pos;

    /// <summary>Address of <see cref="Model.geom_quat"/> in the table of real constants.</summary>
    public int geom_quat;

    /// <summary>Address of <see cref="Model.geom_friction"/> in the table of real constants.</summary>
    public int geom_friction;

    /// <summary>Address of <see cref="Model.geom_margin"/> in the table of real constants.</summary>
    public int geom_margin;

    /// <summary>Address of <see cref="Model.geom_gap"/> in the table of real constants.</summary>
    public int geom_gap;

    /// <summary>Address of <see cref="Model.mesh_vert"/> in the table of real constants.</summary>
    public int mesh_vert;

    /// <summary>Address of <see cref="Model.pair_friction"/> in the table of real constants.</summary>
    public int pair_friction;

    /// <summary>Address of <see cref="Model.pair_solref"/> in the table of real constants.</summary>
    public int pair_solref;

    /// <summary>Address of <see cref="Model.pair_solimp"/> in the table of real constants.</summary>
    public int pair_solimp;

    /// <summary>Address of <see cref="Model.pair_margin"/> in the table of real constants.</summary>
    public int pair_margin;

    /// <summary>Address of <see cref="Model.pair_gap"/> in the table of real constants.</summary>
    public int pair_gap;

    /// <summary>Address of <see cref="Model.site_pos"/> in the table of real constants.</summary>
    public int site_pos;

    /// <summary>Address of <see cref="Model.site_quat"/> in the table of real constants.</summary>
    public int site_quat;

    /// <summary>Address of <see cref="Model.eq_solref"/> in the table of real constants.</summary>
    public int eq_solref;

    /// <summary>Address of <see cref="Model.eq_solimp"/> in the table of real constants.</summary>
    public int eq_solimp;

    /// <summary>Address of <see cref="Model.eq_data"/> in the table of real constants.</summary>
    public int eq_data;

    /// <summary>Address of <see cref="Model.actuator_ctrlrange"/> in the table of real constants.</summary>
    public int actuator_ctrlrange;

    /// <summary>Address of <see cref="Model.actuator_forcerange"/> in the table of real constants.</summary>
    public int actuator_forcerange;

    /// <summary>Address of <see cref="Model.actuator_gear"/> in the table of real constants.</summary>
    public int actuator_gear;

    /// <summary>Address of <see cref="Model.actuator_gain"/> in the table of real constants.</summary>
    public int actuator_gain;

    /// <summary>Address of <see cref="Model.actuator_bias"/> in the table of real constants.</summary>
    public int actuator_bias;
}
