namespace Kalm.Kernels.Models;

/// <summary>
/// A compiled model: everything about a scene that does not change from step to step, under MuJoCo's names
/// (mjModel). Arrays are row-major; "(n, k)" in a summary is the shape. SI units, radians, quaternions w, x, y, z.
/// </summary>
/// <remarks>
/// Written once, by the MJCF compiler. <c>pair_*</c> holds every pair of geoms that can collide with the
/// contact parameters mixed at compile time, not only explicit pairs as in MuJoCo. <c>tree_*</c> are the names of
/// MuJoCo 3.4 and later.
/// </remarks>
public sealed class Model
{
    /// <summary>Name of the model, from the root element.</summary>
    public string name = "";

    /// <summary>Which MuJoCo generation's constants and formulas the model was compiled for.</summary>
    public ModelCompat compat;

    /// <summary>Names of bodies, joints, geoms, meshes, sites, equalities and actuators.</summary>
    public ModelNames names = new();

    // sizes

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

    // options (mjOption)

    /// <summary>Time step, s.</summary>
    public double timestep = 0.002;

    /// <summary>Gravitational acceleration, (3), m/s^2.</summary>
    public double[] gravity = [0, 0, -9.81];

    /// <summary>Ratio of friction-to-normal contact impedance of elliptic cones.</summary>
    public double impratio = 1;

    /// <summary>Solver tolerance.</summary>
    public double tolerance = 1e-8;

    /// <summary>Line-search tolerance, relative to the solver's (3.x; 2.x uses the same 0.01).</summary>
    public double ls_tolerance = 0.01;

    /// <summary>Maximum number of solver iterations.</summary>
    public int iterations = 100;

    /// <summary>Maximum number of line-search evaluations per iteration (3.x; 2.x uses the same 50).</summary>
    public int ls_iterations = 50;

    /// <summary>Friction cone.</summary>
    public ConeType cone;

    /// <summary>Mean diagonal of the inertia matrix at qpos0 (mjStatistic): the solver's scale.</summary>
    public double meaninertia = 1;

    /// <summary>Generalized coordinates of the reference pose, (nq).</summary>
    public double[] qpos0 = [];

    /// <summary>Generalized coordinates at which springs are at rest, (nq).</summary>
    public double[] qpos_spring = [];

    // bodies

    /// <summary>Parent body, (nbody); the world is its own.</summary>
    public int[] body_parentid = [];

    /// <summary>Root of the body's kinematic tree, (nbody).</summary>
    public int[] body_rootid = [];

    /// <summary>Topmost body this one is rigidly attached to, (nbody).</summary>
    public int[] body_weldid = [];

    /// <summary>Mocap index of the body, -1: none, (nbody).</summary>
    public int[] body_mocapid = [];

    /// <summary>Number of joints of the body, (nbody).</summary>
    public int[] body_jntnum = [];

    /// <summary>First joint of the body, -1: none, (nbody).</summary>
    public int[] body_jntadr = [];

    /// <summary>Number of dofs of the body, (nbody).</summary>
    public int[] body_dofnum = [];

    /// <summary>First dof of the body, -1: none, (nbody).</summary>
    public int[] body_dofadr = [];

    /// <summary>Kinematic tree of the body, -1: static, (nbody).</summary>
    public int[] body_treeid = [];

    /// <summary>Number of geoms of the body, (nbody).</summary>
    public int[] body_geomnum = [];

    /// <summary>First geom of the body, -1: none, (nbody).</summary>
    public int[] body_geomadr = [];

    /// <summary>0: general; 1: diagonal inertia matrix rows; 2: the same and slides only, (nbody).</summary>
    public int[] body_simple = [];

    /// <summary>Position of the body frame in the parent's, (nbody, 3), m.</summary>
    public double[] body_pos = [];

    /// <summary>Orientation of the body frame in the parent's, (nbody, 4).</summary>
    public double[] body_quat = [];

    /// <summary>Center of mass in the body frame, (nbody, 3), m.</summary>
    public double[] body_ipos = [];

    /// <summary>Orientation of the principal axes of inertia in the body frame, (nbody, 4).</summary>
    public double[] body_iquat = [];

    /// <summary>Mass, (nbody), kg.</summary>
    public double[] body_mass = [];

    /// <summary>Mass of the body and everything below it, (nbody), kg.</summary>
    public double[] body_subtreemass = [];

    /// <summary>Principal moments of inertia, (nbody, 3), kg m^2.</summary>
    public double[] body_inertia = [];

    /// <summary>Mean inverse inertia at qpos0: translation, rotation, (nbody, 2).</summary>
    public double[] body_invweight0 = [];

    // joints

    /// <summary>Joint type (<see cref="JointType"/>), (njnt).</summary>
    public int[] jnt_type = [];

    /// <summary>First coordinate of the joint in qpos, (njnt).</summary>
    public int[] jnt_qposadr = [];

    /// <summary>First dof of the joint, (njnt).</summary>
    public int[] jnt_dofadr = [];

    /// <summary>Body the joint moves, (njnt).</summary>
    public int[] jnt_bodyid = [];

    /// <summary>1 where the joint has limits, (njnt).</summary>
    public int[] jnt_limited = [];

    /// <summary>Constraint reference of the limit, (njnt, 2).</summary>
    public double[] jnt_solref = [];

    /// <summary>Constraint impedance of the limit, (njnt, 5).</summary>
    public double[] jnt_solimp = [];

    /// <summary>Anchor in the body frame, (njnt, 3), m.</summary>
    public double[] jnt_pos = [];

    /// <summary>Axis in the body frame, unit length, (njnt, 3).</summary>
    public double[] jnt_axis = [];

    /// <summary>Spring stiffness, (njnt), N/m or N m/rad.</summary>
    public double[] jnt_stiffness = [];

    /// <summary>Limits, (njnt, 2), m or rad.</summary>
    public double[] jnt_range = [];

    /// <summary>Distance from the limit at which its constraint appears, (njnt), m or rad.</summary>
    public double[] jnt_margin = [];

    // degrees of freedom

    /// <summary>Body the dof moves, (nv).</summary>
    public int[] dof_bodyid = [];

    /// <summary>Joint of the dof, (nv).</summary>
    public int[] dof_jntid = [];

    /// <summary>Nearest dof up the tree, -1: none, (nv).</summary>
    public int[] dof_parentid = [];

    /// <summary>Kinematic tree of the dof, (nv).</summary>
    public int[] dof_treeid = [];

    /// <summary>Address of the dof's diagonal element in the sparse inertia matrix, (nv).</summary>
    public int[] dof_Madr = [];

    /// <summary>Number of consecutive dofs of simple bodies starting here, 0: none, (nv).</summary>
    public int[] dof_simplenum = [];

    /// <summary>Added diagonal inertia, (nv), kg or kg m^2.</summary>
    public double[] dof_armature = [];

    /// <summary>Damping, (nv), N s/m or N m s/rad.</summary>
    public double[] dof_damping = [];

    /// <summary>Diagonal inverse inertia at qpos0, averaged over the dofs of a joint, (nv).</summary>
    public double[] dof_invweight0 = [];

    /// <summary>Diagonal of the inertia matrix at qpos0, (nv).</summary>
    public double[] dof_M0 = [];

    // kinematic trees

    /// <summary>First dof of the tree, (ntree).</summary>
    public int[] tree_dofadr = [];

    /// <summary>Number of dofs of the tree, (ntree).</summary>
    public int[] tree_dofnum = [];

    // geoms

    /// <summary>Shape (<see cref="GeomType"/>), (ngeom).</summary>
    public int[] geom_type = [];

    /// <summary>Collision type bits, (ngeom).</summary>
    public int[] geom_contype = [];

    /// <summary>Collision affinity bits, (ngeom).</summary>
    public int[] geom_conaffinity = [];

    /// <summary>Contact dimensionality: 1, 3, 4 or 6, (ngeom).</summary>
    public int[] geom_condim = [];

    /// <summary>Body of the geom, (ngeom).</summary>
    public int[] geom_bodyid = [];

    /// <summary>Visibility group, (ngeom).</summary>
    public int[] geom_group = [];

    /// <summary>Contact priority, (ngeom).</summary>
    public int[] geom_priority = [];

    /// <summary>Weight of the geom when solref and solimp are mixed, (ngeom).</summary>
    public double[] geom_solmix = [];

    /// <summary>Constraint reference of contacts, (ngeom, 2).</summary>
    public double[] geom_solref = [];

    /// <summary>Constraint impedance of contacts, (ngeom, 5).</summary>
    public double[] geom_solimp = [];

    /// <summary>Size parameters by type, (ngeom, 3), m.</summary>
    public double[] geom_size = [];

    /// <summary>Mesh of the geom, -1: none, (ngeom).</summary>
    public int[] geom_dataid = [];

    /// <summary>Bounding box in the geom frame: center, half sizes, (ngeom, 6), m; 1e10 stands for infinity.</summary>
    public double[] geom_aabb = [];

    /// <summary>Radius of the bounding sphere about the geom frame, 0: plane, (ngeom), m.</summary>
    public double[] geom_rbound = [];

    /// <summary>Position in the body frame, (ngeom, 3), m.</summary>
    public double[] geom_pos = [];

    /// <summary>Orientation in the body frame, (ngeom, 4).</summary>
    public double[] geom_quat = [];

    /// <summary>Friction: slide, spin, roll, (ngeom, 3).</summary>
    public double[] geom_friction = [];

    /// <summary>Distance at which contacts are detected, (ngeom), m.</summary>
    public double[] geom_margin = [];

    /// <summary>Part of the margin in which contacts are inactive, (ngeom), m.</summary>
    public double[] geom_gap = [];

    /// <summary>Color, (ngeom, 4).</summary>
    public double[] geom_rgba = [];

    // meshes: only the convex hull is kept, in the frame of the center of mass and the principal axes of inertia

    /// <summary>First hull vertex of the mesh, (nmesh).</summary>
    public int[] mesh_vertadr = [];

    /// <summary>Number of hull vertices of the mesh, (nmesh); 0 where no geom of the mesh can collide.</summary>
    public int[] mesh_vertnum = [];

    /// <summary>Hull vertices in the mesh frame, in the file's order, (nmeshvert, 3), m; single precision.</summary>
    public double[] mesh_vert = [];

    /// <summary>First neighbor of the hull vertex in mesh_edge, (nmeshvert).</summary>
    public int[] mesh_edgeadr = [];

    /// <summary>Number of neighbors of the hull vertex, (nmeshvert).</summary>
    public int[] mesh_edgenum = [];

    /// <summary>Neighbors of hull vertices along edges, numbered within the mesh, (nmeshedge).</summary>
    public int[] mesh_edge = [];

    /// <summary>Position of the mesh frame in the frame of the file, (nmesh, 3), m.</summary>
    public double[] mesh_pos = [];

    /// <summary>Orientation of the mesh frame in the frame of the file, (nmesh, 4).</summary>
    public double[] mesh_quat = [];

    /// <summary>
    /// All vertices of each mesh in the mesh frame, (nmesh) of (vertices, 3), m: for pictures, no kernel reads them.
    /// </summary>
    public float[][] mesh_view = [];

    // pairs of geoms that can collide, in the order MuJoCo reports contacts

    /// <summary>First geom of the pair, the one with the lower type, (npair).</summary>
    public int[] pair_geom1 = [];

    /// <summary>Second geom of the pair, (npair).</summary>
    public int[] pair_geom2 = [];

    /// <summary>Contact dimensionality, (npair).</summary>
    public int[] pair_dim = [];

    /// <summary>Friction: tangent 1, tangent 2, spin, roll 1, roll 2, (npair, 5).</summary>
    public double[] pair_friction = [];

    /// <summary>Constraint reference, (npair, 2).</summary>
    public double[] pair_solref = [];

    /// <summary>Constraint impedance, (npair, 5).</summary>
    public double[] pair_solimp = [];

    /// <summary>Distance at which contacts are detected, (npair), m.</summary>
    public double[] pair_margin = [];

    /// <summary>Part of the margin in which contacts are inactive, (npair), m.</summary>
    public double[] pair_gap = [];

    // sites

    /// <summary>Body of the site, (nsite).</summary>
    public int[] site_bodyid = [];

    /// <summary>Position in the body frame, (nsite, 3), m.</summary>
    public double[] site_pos = [];

    /// <summary>Orientation in the body frame, (nsite, 4).</summary>
    public double[] site_quat = [];

    // equality constraints

    /// <summary>Type (<see cref="EqualityType"/>), (neq).</summary>
    public int[] eq_type = [];

    /// <summary>First body, (neq).</summary>
    public int[] eq_obj1id = [];

    /// <summary>Second body, (neq).</summary>
    public int[] eq_obj2id = [];

    /// <summary>1 where the constraint starts active, (neq).</summary>
    public int[] eq_active0 = [];

    /// <summary>Constraint reference, (neq, 2).</summary>
    public double[] eq_solref = [];

    /// <summary>Constraint impedance, (neq, 5).</summary>
    public double[] eq_solimp = [];

    /// <summary>
    /// Of a weld: anchor in the second body's frame (3), position (3) and orientation (4) of the second body in the
    /// first one's frame, torque scale, (neq, 11). May be overwritten before a simulation is made.
    /// </summary>
    public double[] eq_data = [];

    // actuators: joint transmission, affine gain and bias

    /// <summary>Joint the actuator drives, (nu); the joint part of MuJoCo's (nu, 2).</summary>
    public int[] actuator_trnid = [];

    /// <summary>1 where the control is clamped, (nu).</summary>
    public int[] actuator_ctrllimited = [];

    /// <summary>1 where the force is clamped, (nu).</summary>
    public int[] actuator_forcelimited = [];

    /// <summary>Range of the control, (nu, 2).</summary>
    public double[] actuator_ctrlrange = [];

    /// <summary>Range of the force, (nu, 2), N or N m.</summary>
    public double[] actuator_forcerange = [];

    /// <summary>Gear, one factor per dof of the joint, (nu, 6).</summary>
    public double[] actuator_gear = [];

    /// <summary>Gain: force per unit of control, (nu); the fixed part of MuJoCo's gainprm.</summary>
    public double[] actuator_gain = [];

    /// <summary>Bias force b0 + b1 length + b2 velocity, (nu, 3); the affine part of MuJoCo's biasprm.</summary>
    public double[] actuator_bias = [];
}
