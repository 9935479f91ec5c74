using System.Runtime.InteropServices;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Where everything of a batch of simulations lies: rows of a world, tables of the launch. Made from a model; an
/// environment appends rows and constants of its own before the memory is allocated.
/// </summary>
public sealed class SimulationLayout
{
    private readonly List<double> _constants = [];
    private readonly List<int> _integers = [];
    private readonly LinkLayout _links;
    private DataRows _data;

    /// <summary>Lays out the data of a model.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="options">Room, frames, and what differs from world to world.</param>
    /// <exception cref="KalmException">The model needs something the engine does not have.</exception>
    public SimulationLayout(Model model, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Model = model;
        SimulationSupport.Check(model);
        ModelTables tables = new(model);
        ModelRows = tables.Rows;
        _constants.AddRange(tables.Constants);
        _integers.AddRange(tables.Integers);
        ContactGroups groups = new(model);
        int nconmax = options.ContactCapacity > 0 ? options.ContactCapacity : model.nconmax;
        _data.ncontact = nconmax > 0 ? nconmax : Math.Max(model.npair, 1);
        _data.nblock = _data.ncontact + (2 * groups.LimitCount) + (Weld.Blocks * groups.WeldCount);
        AddState(model);
        AddPosition(model);
        AddDynamics(model);
        AddConstraint(model, groups);
        AddBodyTables(model);
        AddDofTables(model);
        _links = new(this, options);
        _links.Add(ref _data);
        AddGroupTables(groups);
        CollisionTables.Add(this, model, groups, ref _data);
        ConvexTables.Add(this, model, ref _data);
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>Addresses of the model's arrays in the tables.</summary>
    public ModelRows ModelRows { get; }

    /// <summary>First rows of the data's arrays, and the number of rows so far.</summary>
    public DataRows DataRows => _data;

    /// <summary>Real constants of the launch.</summary>
    public ReadOnlySpan<double> Constants => CollectionsMarshal.AsSpan(_constants);

    /// <summary>Integer constants of the launch.</summary>
    public ReadOnlySpan<int> Integers => CollectionsMarshal.AsSpan(_integers);

    /// <summary>First row of a body's own position in its parent.</summary>
    /// <param name="body">One of <see cref="SimulationOptions.WorldBodies"/>.</param>
    public int BodyPosRow(int body) => Own(_links.PositionRows, body, "body");

    /// <summary>First row of a body's own orientation in its parent.</summary>
    /// <param name="body">One of <see cref="SimulationOptions.WorldBodies"/>.</param>
    public int BodyQuatRow(int body) => Own(_links.OrientationRows, body, "body");

    /// <summary>First row of a site's own position in its body.</summary>
    /// <param name="site">One of <see cref="SimulationOptions.WorldSites"/>.</param>
    public int SitePosRow(int site) => Own(_links.SiteRows, site, "site");

    /// <summary>
    /// Rows that decide about a world's future, first and number: its state, what it has of the model.
    /// </summary>
    internal IReadOnlyList<(int First, int Count)> StateRows =>
    [
        (_data.qpos, _data.time + 1 - _data.qpos),
        .. Enumerable.Range(0, _data.ninitial).Select(i => (_links.Initial[3 * i], _links.Initial[(3 * i) + 2])),
    ];

    /// <summary>Appends rows to every world.</summary>
    /// <returns>The first of the new rows.</returns>
    public int AddRows(int count)
    {
        int first = _data.nrow;
        _data.nrow += count;
        return first;
    }

    /// <summary>Appends real constants to the launch.</summary>
    /// <returns>The address of the first.</returns>
    public int AddConstants(ReadOnlySpan<double> values)
    {
        int first = _constants.Count;
        _constants.AddRange(values);
        return first;
    }

    /// <summary>Appends integer constants to the launch.</summary>
    /// <returns>The address of the first.</returns>
    public int AddIntegers(ReadOnlySpan<int> values)
    {
        int first = _integers.Count;
        _integers.AddRange(values);
        return first;
    }

    /// <summary>Number of the pair of two geoms in the model, in any order, -1: they never collide.</summary>
    public int FindPair(int geom1, int geom2)
    {
        for (int pair = 0; pair < Model.npair; pair++)
        {
            (int First, int Second) found = (Model.pair_geom1[pair], Model.pair_geom2[pair]);
            if (found == (geom1, geom2) || found == (geom2, geom1)) return pair;
        }

        return -1;
    }

    private void AddState(Model model)
    {
        _data.qpos = AddRows(model.nq);
        _data.qvel = AddRows(model.nv);
        _data.ctrl = AddRows(model.nu);
        _data.mocap_pos = AddRows(3 * model.nmocap);
        _data.mocap_quat = AddRows(4 * model.nmocap);
        _data.qacc_warmstart = AddRows(model.nv);
        _data.time = AddRows(1);
        _data.ncon = AddRows(1);
        _data.nefc = AddRows(1);
        _data.solver_niter = AddRows(1);
        _data.overflow = AddRows(1);
        _data.overflowing = AddRows(1);
        _data.nreset = AddRows(1);
    }

    private void AddPosition(Model model)
    {
        int nlink = model.body_dofnum.Count(dofs => dofs > 0);
        _data.xpos = AddRows(3 * model.nbody);
        _data.xquat = AddRows(4 * model.nbody);
        _data.xmat = AddRows(9 * model.nbody);
        _data.xanchor = AddRows(3 * model.njnt);
        _data.xaxis = AddRows(3 * model.njnt);
        _data.cdof = AddRows(6 * model.nv);
        _data.cinert = AddRows(10 * nlink);
        _data.crb = AddRows(10 * nlink);
        _data.cvel = AddRows(6 * nlink);
        _data.cdof_dot = AddRows(6 * model.nv);
        _data.cacc = AddRows(6 * nlink);
        _data.cfrc_body = AddRows(6 * nlink);
    }

    private void AddDynamics(Model model)
    {
        int[] madr = new int[model.ntree];
        int size = 0;
        for (int tree = 0; tree < model.ntree; tree++)
        {
            madr[tree] = size;
            size += model.tree_dofnum[tree] * model.tree_dofnum[tree];
        }

        _data.tree_Madr = AddIntegers(madr);
        _data.qM = AddRows(size);
        _data.qLD = AddRows(size);
        _data.qLDiagInv = AddRows(model.nv);
        _data.qfrc_bias = AddRows(model.nv);
        _data.qfrc_passive = AddRows(model.nv);
        _data.qfrc_actuator = AddRows(model.nv);
        _data.qfrc_smooth = AddRows(model.nv);
        _data.qacc_smooth = AddRows(model.nv);
        _data.qfrc_constraint = AddRows(model.nv);
        _data.qacc = AddRows(model.nv);
    }

    private void AddConstraint(Model model, ContactGroups groups)
    {
        _data.efc_stride = EfcBlock.J + groups.JacobianSize;
        _data.contact_count = AddRows(1);
        _data.contact = AddRows(_data.ncontact * ContactList.Stride);
        _data.efc_count = AddRows(1);
        _data.Ma = AddRows(model.nv);
        _data.Mv = AddRows(model.nv);
        _data.grad = AddRows(model.nv);
        _data.search = AddRows(model.nv);
        _data.H = AddRows(model.nv * model.nv);
        _data.HDiagInv = AddRows(model.nv);
        _data.live = AddRows(_data.nblock + 1);
        _data.live_end = AddRows(EfcKind.Count);
        _data.coupled = AddRows(model.ntree * model.ntree);
        _data.efc = AddRows(_data.nblock * _data.efc_stride);
    }

    private void AddBodyTables(Model model)
    {
        int[] lastDof = new int[model.nbody];
        lastDof[0] = -1;
        for (int body = 1; body < model.nbody; body++)
        {
            lastDof[body] = model.body_dofnum[body] > 0
                ? model.body_dofadr[body] + model.body_dofnum[body] - 1
                : lastDof[model.body_parentid[body]];
        }

        _data.body_lastdof = AddIntegers(lastDof);
        int[] springs = [.. Enumerable.Range(0, model.njnt).Where(joint => model.jnt_stiffness[joint] != 0)];
        _data.spring = AddIntegers(springs);
        _data.nspring = springs.Length;
    }

    private void AddDofTables(Model model)
    {
        int[] axis = new int[model.nv];
        int[] diagonal = new int[model.ntree];
        double[] inverse = new double[model.nv];
        Array.Fill(diagonal, 1);
        bool damped = false;
        for (int dof = 0; dof < model.nv; dof++)
        {
            int joint = model.dof_jntid[dof];
            int index = dof - model.jnt_dofadr[joint];
            axis[dof] = model.jnt_type[joint] == (int)JointType.Free && index < 3 ? index : -1;
            if (model.dof_simplenum[dof] == 0) diagonal[model.dof_treeid[dof]] = 0;
            inverse[dof] = 1 / (model.dof_M0[dof] + (model.timestep * model.dof_damping[dof]));
            damped |= model.dof_damping[dof] > 0;
        }

        _data.dof_axis = AddIntegers(axis);
        _data.tree_diagonal = AddIntegers(diagonal);
        _data.damped_inverse = AddConstants(inverse);
        _data.damped = damped ? 1 : 0;
    }

    private void AddGroupTables(ContactGroups groups)
    {
        _data.group_tree = AddIntegers(CollectionsMarshal.AsSpan(groups.Trees));
        _data.group_pair = AddIntegers(CollectionsMarshal.AsSpan(groups.Pairs));
        _data.npair = groups.Pairs.Count / 2;
        _data.limit = AddIntegers(CollectionsMarshal.AsSpan(groups.Limits));
        _data.nlimit = groups.LimitCount;
        _data.weld = AddIntegers(CollectionsMarshal.AsSpan(groups.Welds));
        _data.nweld = groups.WeldCount;
        _data.group_side = AddIntegers(CollectionsMarshal.AsSpan(groups.Sides));
        _data.efc_columns = groups.Columns;
        _data.efc_constants = AddConstants(groups.Constants);
        _data.pair_side = AddConstants(CollectionsMarshal.AsSpan(groups.PairSides));
        int[] order = new int[Model.npair];
        Array.Fill(order, -1);
        for (int i = 0; i < _data.npair; i++) order[groups.Pairs[2 * i]] = i;
        _data.pair_order = AddIntegers(order);
    }

    private int Own(ReadOnlySpan<int> table, int index, string what)
    {
        if ((uint)index < (uint)table.Length && table[index] >= 0) return table[index];
        throw new KalmException($"model '{Model.name}': {what} {index} has no rows of its own in every world");
    }
}
