using System.Runtime.InteropServices;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Where everything of a batch of simulations lies: rows of a world, tables of the launch. Made from a model; an
/// environment appends rows and constants of its own before the memory is allocated.
/// </summary>
public sealed class SimulationLayout
{
    private readonly List<double> _constants = [];
    private readonly List<int> _integers = [];
    private DataRows _data;

    /// <summary>Lays out the data of a model.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="nconmax">
    /// Capacity for contacts, 0: the model's, or one contact per geom pair if the model names none. A bundle of
    /// worlds shares it: a contact takes a place in all of them.
    /// </param>
    /// <exception cref="KalmException">The model needs something the engine does not have.</exception>
    public SimulationLayout(Model model, int nconmax = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        SimulationSupport.Check(model);
        ModelTables tables = new(model);
        ModelRows = tables.Rows;
        _constants.AddRange(tables.Constants);
        _integers.AddRange(tables.Integers);
        ContactGroups groups = new(model);
        _data.ncontact = nconmax > 0 ? nconmax : model.nconmax > 0 ? model.nconmax : Math.Max(model.npair, 1);
        _data.nblock = _data.ncontact + (2 * groups.LimitCount);
        AddState(model);
        AddPosition(model);
        AddDynamics(model);
        AddConstraint(model);
        AddBodyTables(model);
        AddDofTables(model);
        AddGroupTables(groups);
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

    private void AddState(Model model)
    {
        _data.qpos = AddRows(model.nq);
        _data.qvel = AddRows(model.nv);
        _data.ctrl = AddRows(model.nu);
        _data.qacc_warmstart = AddRows(model.nv);
        _data.time = AddRows(1);
        _data.ncon = AddRows(1);
        _data.nefc = AddRows(1);
        _data.solver_niter = AddRows(1);
        _data.overflow = AddRows(1);
        _data.nreset = AddRows(1);
    }

    private void AddPosition(Model model)
    {
        _data.xpos = AddRows(3 * model.nbody);
        _data.xquat = AddRows(4 * model.nbody);
        _data.xmat = AddRows(9 * model.nbody);
        _data.xanchor = AddRows(3 * model.njnt);
        _data.xaxis = AddRows(3 * model.njnt);
        _data.subtree_com = AddRows(3 * model.nbody);
        _data.cdof = AddRows(6 * model.nv);
        _data.cinert = AddRows(10 * model.nbody);
        _data.crb = AddRows(10 * model.nbody);
        _data.cvel = AddRows(6 * model.nbody);
        _data.cdof_dot = AddRows(6 * model.nv);
        _data.cacc = AddRows(6 * model.nbody);
        _data.cfrc_body = AddRows(6 * model.nbody);
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

    private void AddConstraint(Model model)
    {
        int dofs = model.ntree == 0 ? 0 : model.tree_dofnum.Max();
        _data.efc_stride = EfcBlock.J + (3 * 2 * dofs);
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
        _data.coupled = AddRows(model.ntree * model.ntree);

        // one block more: the candidate that is merged into earlier ones and dropped
        _data.efc = AddRows((_data.nblock + 1) * _data.efc_stride);
    }

    private void AddBodyTables(Model model)
    {
        List<int> moving = [];
        List<int> still = [];
        int[] lastDof = new int[model.nbody];
        int[] leaf = new int[model.nbody];
        int[] xipos = new int[model.nbody];
        int[] ximat = new int[model.nbody];
        int[] subtree = new int[model.nbody];
        Array.Fill(leaf, 1);
        lastDof[0] = -1;
        for (int body = 1; body < model.nbody; body++)
        {
            int parent = model.body_parentid[body];
            leaf[parent] = 0;
            lastDof[body] = model.body_dofnum[body] > 0
                ? model.body_dofadr[body] + model.body_dofnum[body] - 1
                : lastDof[parent];
            (lastDof[body] < 0 ? still : moving).Add(body);
        }

        for (int body = 0; body < model.nbody; body++)
        {
            bool samePlace = AllZero(model.body_ipos.AsSpan(3 * body, 3));
            bool sameFrame = samePlace && IsIdentity(model.body_iquat.AsSpan(4 * body, 4));
            xipos[body] = samePlace ? _data.xpos + (3 * body) : AddRows(3);
            ximat[body] = sameFrame ? _data.xmat + (9 * body) : AddRows(9);
            subtree[body] = leaf[body] == 1 ? xipos[body] : _data.subtree_com + (3 * body);
        }

        _data.moving = AddIntegers(CollectionsMarshal.AsSpan(moving));
        _data.nmoving = moving.Count;
        _data.fixedBodies = AddIntegers(CollectionsMarshal.AsSpan(still));
        _data.nfixed = still.Count;
        _data.xipos = AddIntegers(xipos);
        _data.ximat = AddIntegers(ximat);
        _data.subtree = AddIntegers(subtree);
        _data.body_lastdof = AddIntegers(lastDof);
        _data.body_leaf = AddIntegers(leaf);
        AddGeomTables(model);
    }

    private void AddGeomTables(Model model)
    {
        int[] xpos = new int[model.ngeom];
        int[] xmat = new int[model.ngeom];
        for (int geom = 0; geom < model.ngeom; geom++)
        {
            int body = model.geom_bodyid[geom];
            bool samePlace = AllZero(model.geom_pos.AsSpan(3 * geom, 3));
            bool sameFrame = samePlace && IsIdentity(model.geom_quat.AsSpan(4 * geom, 4));
            xpos[geom] = samePlace ? _data.xpos + (3 * body) : AddRows(3);
            xmat[geom] = sameFrame ? _data.xmat + (9 * body) : AddRows(9);
        }

        _data.geom_xpos = AddIntegers(xpos);
        _data.geom_xmat = AddIntegers(xmat);
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
        _data.efc_power = AddIntegers(CollectionsMarshal.AsSpan(groups.Powers));
        _data.efc_constants = AddConstants(CollectionsMarshal.AsSpan(groups.Constants));
    }

    private static bool AllZero(ReadOnlySpan<double> values) => !values.ContainsAnyExcept(0.0);

    private static bool IsIdentity(ReadOnlySpan<double> quat) => quat[0] == 1 && AllZero(quat[1..]);
}
