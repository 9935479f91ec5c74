namespace Kalm.Kernels.Physics;

/// <summary>
/// Where a world's state and intermediates lie: the first row of every array, under MuJoCo's names (mjData), and the
/// addresses of the tables that belong to the layout. Passed by value into kernels.
/// </summary>
/// <remarks>
/// Conventions: SI units, radians, quaternions w x y z, spatial vectors rotation first, row-major 3 x 3, contact
/// normal from geom 1 to geom 2. Shapes in summaries are per world. A row marked uniform holds one number that all
/// worlds of a bundle share. Dense square matrices use their lower triangle.
/// </remarks>
public struct DataRows
{
    /// <summary>Number of rows, those appended by the layout's user included.</summary>
    public int nrow;

    // state

    /// <summary>Simulated time, (1), s. Written by Integrator.</summary>
    public int time;

    /// <summary>Generalized coordinates, (nq). Written by Integrator.</summary>
    public int qpos;

    /// <summary>Generalized velocities, (nv). Written by Integrator.</summary>
    public int qvel;

    /// <summary>Controls, (nu). Written by the caller.</summary>
    public int ctrl;

    /// <summary>Positions of mocap bodies, (nmocap, 3), m. Written by the caller.</summary>
    public int mocap_pos;

    /// <summary>Orientations of mocap bodies, any length, (nmocap, 4). Written by the caller.</summary>
    public int mocap_quat;

    /// <summary>Acceleration the solver starts from, (nv). Written by Solver.</summary>
    public int qacc_warmstart;

    // counters

    /// <summary>Contacts, (1). Written by Collision.</summary>
    public int ncon;

    /// <summary>Scalar constraints, (1). Written by Constraint.</summary>
    public int nefc;

    /// <summary>Iterations of the last solve, (1). Written by Solver.</summary>
    public int solver_niter;

    /// <summary>Steps in which contacts or constraints found no room, (1). Cleared by the caller.</summary>
    public int overflow;

    /// <summary>Part of overflow that the present positions cause, (1). Written by Forward.</summary>
    public int overflowing;

    /// <summary>
    /// Times the world was reset because its state was not finite or too large, (1). Cleared by the caller.
    /// </summary>
    public int nreset;

    // position dependent

    /// <summary>Position of body frames, (nbody, 3), m. Written by Kinematics.</summary>
    public int xpos;

    /// <summary>Orientation of body frames, (nbody, 4). Written by Kinematics.</summary>
    public int xquat;

    /// <summary>Orientation of body frames, (nbody, 9). Written by Kinematics.</summary>
    public int xmat;

    /// <summary>Anchor of joints, (njnt, 3), m. Written by Kinematics.</summary>
    public int xanchor;

    /// <summary>Axis of joints, (njnt, 3). Written by Kinematics.</summary>
    public int xaxis;

    /// <summary>Motion axis of each dof about the origin of its tree, (nv, 6). Written by Com.</summary>
    public int cdof;

    /// <summary>Inertia of each link about the origin of its tree, (nlink, 10). Written by Com.</summary>
    public int cinert;

    /// <summary>Inertia of the link and everything below it, (nlink, 10). Written by Inertia.</summary>
    public int crb;

    /// <summary>Inertia matrix, one dense square block per tree. Written by Inertia.</summary>
    public int qM;

    /// <summary>L'DL factor of the inertia matrix, one dense square block per tree. Written by Inertia.</summary>
    public int qLD;

    /// <summary>Inverse diagonal of that factor, (nv). Written by Inertia.</summary>
    public int qLDiagInv;

    // velocity dependent

    /// <summary>Velocity of each link at the origin of its tree, (nlink, 6). Written by Rne.</summary>
    public int cvel;

    /// <summary>Rate of change of each dof's motion axis, (nv, 6). Written by Rne.</summary>
    public int cdof_dot;

    /// <summary>Bias acceleration of each link, (nlink, 6). Written by Rne.</summary>
    public int cacc;

    /// <summary>Force on each link and everything below it, (nlink, 6). Written by Rne.</summary>
    public int cfrc_body;

    /// <summary>Gravity, Coriolis and centrifugal force, (nv). Written by Rne.</summary>
    public int qfrc_bias;

    /// <summary>Spring and damping force, (nv). Written by Passive.</summary>
    public int qfrc_passive;

    // control and force

    /// <summary>Actuator force in joint space, (nv). Written by Actuation.</summary>
    public int qfrc_actuator;

    /// <summary>Sum of all forces but the constraints', (nv). Written by Forward.</summary>
    public int qfrc_smooth;

    /// <summary>Acceleration without constraints, (nv). Written by Forward.</summary>
    public int qacc_smooth;

    /// <summary>Constraint force in joint space, (nv). Written by Solver.</summary>
    public int qfrc_constraint;

    /// <summary>Acceleration, (nv). Written by Solver.</summary>
    public int qacc;

    // contacts: geom pairs that touch in at least one world of the bundle

    /// <summary>Number of entries of the contact list, uniform, (1). Written by Collision.</summary>
    public int contact_count;

    /// <summary>Contact list, (nconmax entries of <see cref="ContactList"/>). Written by Collision.</summary>
    public int contact;

    /// <summary>Scratch of the collision stage: candidates of one pair and more. Written by Collision.</summary>
    public int collision;

    /// <summary>
    /// Scratch of convex collision (<see cref="Collision.ConvexRows"/>), where the constraint blocks will be. Written
    /// by Collision.
    /// </summary>
    public int convex;

    // constraint blocks: half a weld, a joint limit or a contact of each world

    /// <summary>Number of constraint blocks, uniform, (1). Written by Constraint.</summary>
    public int efc_count;

    /// <summary>
    /// Constraint blocks, (nblock entries of <see cref="EfcBlock"/>). Written by Weld and Constraint.
    /// </summary>
    public int efc;

    /// <summary>Rows of one constraint block.</summary>
    public int efc_stride;

    /// <summary>Capacity for constraint blocks of one bundle.</summary>
    public int nblock;

    /// <summary>Capacity of the contact list of one bundle.</summary>
    public int ncontact;

    // solver

    /// <summary>M times acceleration, (nv). Written by Solver.</summary>
    public int Ma;

    /// <summary>M times search direction, (nv). Written by Solver.</summary>
    public int Mv;

    /// <summary>Gradient of the cost, (nv). Written by Solver.</summary>
    public int grad;

    /// <summary>Search direction, (nv). Written by Solver.</summary>
    public int search;

    /// <summary>Hessian, then its factor, (nv, nv). Written by Solver.</summary>
    public int H;

    /// <summary>Inverse diagonal of the Hessian's factor, (nv). Written by Solver.</summary>
    public int HDiagInv;

    /// <summary>
    /// First rows of the constraint blocks with an unfinished world, uniform, (nblock). Written by Solver.
    /// </summary>
    public int live;

    /// <summary>Where each kind of constraint block ends among those, uniform, (5). Written by Solver.</summary>
    public int live_end;

    /// <summary>1 where two trees are coupled in the Hessian of an unfinished world, uniform, (ntree, ntree).</summary>
    public int coupled;

    // tables of the layout, addresses in the table of integers

    /// <summary>Bodies with joints, parents first (nlink entries of <see cref="LinkTable"/>).</summary>
    public int links;

    /// <summary>Number of links: bodies with joints.</summary>
    public int nlink;

    /// <summary>Link of the body, -1: it does not move or is guided by a mocap body, (nbody).</summary>
    public int body_link;

    /// <summary>Link of the dof, (nv).</summary>
    public int dof_link;

    /// <summary>1 where the joint's anchor is not at the origin of its body, (njnt).</summary>
    public int jnt_offset;

    /// <summary>Bodies that do not move, parents first (nfixed entries of <see cref="FrameTable"/>).</summary>
    public int fixedBodies;

    /// <summary>Number of bodies that do not move, the world excluded.</summary>
    public int nfixed;

    /// <summary>Mocap bodies and what is attached to them (nguided entries of <see cref="FrameTable"/>).</summary>
    public int guidedBodies;

    /// <summary>Number of mocap bodies and those attached to them.</summary>
    public int nguided;

    /// <summary>Address of each mocap body's place in the model: position (3), orientation (4), (nmocap).</summary>
    public int mocap_offset;

    /// <summary>Bodies rigidly attached to links (nrigid entries of <see cref="FrameTable"/>).</summary>
    public int rigidBodies;

    /// <summary>Number of bodies rigidly attached to links whose frames are wanted.</summary>
    public int nrigid;

    /// <summary>Geoms and sites of fixed bodies (nfixedPoint entries of <see cref="FrameTable"/>).</summary>
    public int fixedPoints;

    /// <summary>Number of geoms and sites of fixed bodies with frames of their own.</summary>
    public int nfixedPoint;

    /// <summary>Geoms and sites of guided bodies (nguidedPoint entries of <see cref="FrameTable"/>).</summary>
    public int guidedPoints;

    /// <summary>Number of geoms and sites of guided bodies with frames of their own.</summary>
    public int nguidedPoint;

    /// <summary>Geoms and sites of links (nrigidPoint entries of <see cref="FrameTable"/>).</summary>
    public int rigidPoints;

    /// <summary>Number of geoms and sites of links with frames of their own.</summary>
    public int nrigidPoint;

    /// <summary>Bodies on links that are placed when asked for (nrest entries of <see cref="FrameTable"/>).</summary>
    public int restBodies;

    /// <summary>Number of bodies on links that are placed when asked for.</summary>
    public int nrest;

    /// <summary>Geoms and sites placed when asked for (nrestPoint entries of <see cref="FrameTable"/>).</summary>
    public int restPoints;

    /// <summary>Number of geoms and sites on links that are placed when asked for.</summary>
    public int nrestPoint;

    /// <summary>
    /// Rows that begin with a value of the model: first row, address of the value, number of rows, (ninitial, 3).
    /// </summary>
    public int initial;

    /// <summary>Number of groups of rows that begin with a value of the model.</summary>
    public int ninitial;

    /// <summary>Joints with springs, (nspring).</summary>
    public int spring;

    /// <summary>Number of joints with springs.</summary>
    public int nspring;

    /// <summary>
    /// First row of each geom's position, (ngeom); the body frame's where they coincide.
    /// </summary>
    public int geom_xpos;

    /// <summary>
    /// First row of each geom's orientation matrix, (ngeom); the body frame's where they coincide.
    /// </summary>
    public int geom_xmat;

    /// <summary>First row of each site's position, (nsite), as of geoms.</summary>
    public int site_xpos;

    /// <summary>First row of each site's orientation matrix, (nsite), as of geoms.</summary>
    public int site_xmat;

    /// <summary>
    /// First row of the point that motion axes and inertias of the body's tree are about, (nbody): the center of mass
    /// of all links with the same root.
    /// </summary>
    public int subtree;

    /// <summary>Last dof of the body or of its nearest moving ancestor, -1: static, (nbody).</summary>
    public int body_lastdof;

    /// <summary>First row of the tree's block of the inertia matrix, relative to qM, (ntree).</summary>
    public int tree_Madr;

    /// <summary>1 where the tree's inertia matrix is constant and diagonal, (ntree).</summary>
    public int tree_diagonal;

    /// <summary>Translation axis of a free joint's dof (0, 1, 2), -1: any other dof, (nv).</summary>
    public int dof_axis;

    /// <summary>Geom pairs ordered by the trees they couple: pair, group, (npair, 2).</summary>
    public int group_pair;

    /// <summary>Number of ordered geom pairs.</summary>
    public int npair;

    /// <summary>
    /// Integers of the ordered pairs for the collision stage: function, rows and sizes of the geoms, (npair).
    /// </summary>
    public int collision_pair;

    /// <summary>
    /// Boxes around geoms along the world's axes, of fixed geoms, then of others (entries of WorldBoxes).
    /// </summary>
    public int collision_box;

    /// <summary>Number of such boxes of fixed geoms.</summary>
    public int ncollision_fixed;

    /// <summary>Number of such boxes of other geoms.</summary>
    public int ncollision_moving;

    /// <summary>Boxes around several of these, of fixed bodies, then of others (entries of WorldBoxes).</summary>
    public int collision_union;

    /// <summary>Number of boxes around several geoms of fixed bodies.</summary>
    public int ncollision_fixed_union;

    /// <summary>Number of boxes around several geoms.</summary>
    public int ncollision_union;

    /// <summary>Runs of ordered pairs between the same bodies, (ncollision_run entries of PairRuns).</summary>
    public int collision_run;

    /// <summary>Number of runs of pairs.</summary>
    public int ncollision_run;

    /// <summary>Trees a group couples and their dofs, (ngroup entries of <see cref="GroupTable"/>).</summary>
    public int group_tree;

    /// <summary>Sides of the columns of contact groups (<see cref="GroupTable.Side"/>).</summary>
    public int group_side;

    /// <summary>Place of each geom pair of the model among the ordered ones, -1: cannot move, (model.npair).</summary>
    public int pair_order;

    /// <summary>Limited joints: joint, group, (nlimit, 2).</summary>
    public int limit;

    /// <summary>Number of limited joints.</summary>
    public int nlimit;

    /// <summary>Welds: equality constraint, group, (nweld, 2).</summary>
    public int weld;

    /// <summary>Number of welds.</summary>
    public int nweld;

    /// <summary>
    /// Shapes of geoms for convex collision, (ngeom entries of <see cref="Collision.ConvexTables"/>).
    /// </summary>
    public int convex_geom;

    // tables of the layout, addresses in the table of real constants

    /// <summary>
    /// Constants of every ordered pair, then of every limited joint, then of every weld (<see cref="EfcConstants"/>).
    /// </summary>
    public int efc_constants;

    /// <summary>
    /// How the velocity of a contact goes with each column of its group, (npair, efc_columns): -1 backward, 0 not, 1
    /// forward.
    /// </summary>
    public int pair_side;

    /// <summary>Largest number of columns of a contact group.</summary>
    public int efc_columns;

    /// <summary>Constants of the ordered pairs for the collision stage: margins and bounds, (npair).</summary>
    public int collision_constants;

    /// <summary>1 / (M + h damping) of the dofs of diagonal trees, (nv).</summary>
    public int damped_inverse;

    /// <summary>1 where some dof is damped: the velocity is then integrated implicitly.</summary>
    public int damped;
}
