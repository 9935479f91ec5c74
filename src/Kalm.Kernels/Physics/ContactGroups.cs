using System.Runtime.InteropServices;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Geom pairs, joint limits and welds sorted by the kinematic trees they couple. Contacts of one group share the
/// columns of the Jacobian, so the k-th contact of a group may be another pair in every world.
/// </summary>
internal sealed class ContactGroups
{
    private readonly Model _model;
    private readonly EfcParameters _parameters;
    private readonly Dictionary<(int First, int Second), int> _groups = [];
    private readonly Dictionary<int, int[]> _columns = [];

    /// <summary>Sorts the pairs, limits and welds of a model.</summary>
    public ContactGroups(Model model)
    {
        _model = model;
        _parameters = new(model);
        List<(int Group, int Pair)> order = [];
        for (int pair = 0; pair < model.npair; pair++)
        {
            int tree1 = Tree(model.pair_geom1[pair]);
            int tree2 = Tree(model.pair_geom2[pair]);
            if (tree1 >= 0 || tree2 >= 0) order.Add((Group(tree1, tree2), pair));
        }

        // the trees of a group in ascending order, groups in the order of kinds, then of trees, pairs as in the model
        int[] rank = Rank(order);
        order = [.. order.OrderBy(entry => rank[entry.Group]).ThenBy(entry => entry.Pair)];
        foreach ((int group, int pair) in order)
        {
            Pairs.Add(pair);
            Pairs.Add(group);
            _parameters.AddPair(pair, Facing(pair));
        }

        foreach ((int First, int Second) key in _groups.Keys) AddContactGroup(key, order);
        Columns = Trees.Count == 0 ? 1 : Groups().Max(group => group[GroupTable.Count1] + group[GroupTable.Count2]);
        foreach ((int group, int pair) in order) AddPairSides(group, pair);
        for (int joint = 0; joint < model.njnt; joint++)
        {
            if (model.jnt_limited[joint] == 1) AddLimit(joint);
        }

        for (int weld = 0; weld < model.neq; weld++) AddWeld(weld);
    }

    /// <summary>Pair and group of every pair, in order.</summary>
    public List<int> Pairs { get; } = [];

    /// <summary>Joint and group of every limited joint.</summary>
    public List<int> Limits { get; } = [];

    /// <summary>Equality constraint and group of every weld that is active and moves something.</summary>
    public List<int> Welds { get; } = [];

    /// <summary>Trees, dofs and kind of every group (<see cref="GroupTable"/>).</summary>
    public List<int> Trees { get; } = [];

    /// <summary>Sides of the columns of every contact group (<see cref="GroupTable.Side"/>).</summary>
    public List<int> Sides { get; } = [];

    /// <summary>Whether a pair moves each column of its group: -1, 0, 1, (npair, <see cref="Columns"/>).</summary>
    public List<double> PairSides { get; } = [];

    /// <summary>Constants of pairs, then limits, then welds (<see cref="EfcConstants"/>).</summary>
    public ReadOnlySpan<double> Constants => CollectionsMarshal.AsSpan(_parameters.Constants);

    /// <summary>Largest number of dofs of a contact group.</summary>
    public int Columns { get; } = 1;

    /// <summary>Number of ordered pairs.</summary>
    public int PairCount => Pairs.Count / 2;

    /// <summary>Number of limited joints.</summary>
    public int LimitCount => Limits.Count / 2;

    /// <summary>Number of welds.</summary>
    public int WeldCount => Welds.Count / 2;

    /// <summary>Largest number of Jacobian rows times columns of a block.</summary>
    public int JacobianSize => Trees.Count == 0 ? 1 : Groups().Max(group =>
        EfcKind.Rank(group[GroupTable.Kind]) * (group[GroupTable.Count1] + group[GroupTable.Count2]));

    private IEnumerable<int[]> Groups() => CollectionsMarshal.AsSpan(Trees).ToArray().Chunk(GroupTable.Stride);

    private int Tree(int geom) => _model.body_treeid[_model.geom_bodyid[geom]];

    private int Group(int tree1, int tree2)
    {
        // a static side couples nothing; two bodies of one tree share its columns, but hardly move them alike
        (int First, int Second) key = (Math.Min(tree1, tree2), Math.Max(tree1, tree2));
        if (key.First < 0) key = (key.Second, -1);
        if (!_groups.TryGetValue(key, out int group)) _groups.Add(key, group = _groups.Count);
        return group;
    }

    private int[] Rank(List<(int Group, int Pair)> pairs)
    {
        int[] rank = new int[_groups.Count];
        int[] kind = [.. rank.Select((_, group) => Kind(pairs.Where(entry => entry.Group == group)))];
        int[] order = [.. _groups.OrderBy(g => (kind[g.Value], g.Key.Second >= 0, g.Key)).Select(g => g.Value)];
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;
        return rank;
    }

    private int Kind(IEnumerable<(int Group, int Pair)> members)
    {
        if (_model.cone == ConeType.Pyramidal) return EfcKind.Pyramid;
        return members.Any(entry => _model.pair_dim[entry.Pair] > 3) ? EfcKind.Cone4 : EfcKind.Cone3;
    }

    /// <summary>-1 where the first geom is the one on the second tree, or the only one that moves.</summary>
    private int Facing(int pair)
    {
        int tree1 = Tree(_model.pair_geom1[pair]);
        int tree2 = Tree(_model.pair_geom2[pair]);
        return tree2 < 0 || (tree1 >= 0 && tree1 > tree2) ? -1 : 1;
    }

    private void AddContactGroup((int First, int Second) key, List<(int Group, int Pair)> order)
    {
        int group = _groups[key];
        int[] members = [.. Enumerable.Range(0, order.Count).Where(i => order[i].Group == group)];
        int second = key.Second == key.First ? -1 : key.Second;
        int[] powers = [.. members.Select(i => _parameters.Powers[i])];
        AddGroup(key.First, second, Kind(members.Select(i => order[i])), powers);

        // columns from the first to the last that some pair moves
        double[][] sides = [.. members.Select(i => PairSide(order[i].Pair, key))];
        int[] columns = Trim(column => sides.Any(side => side[column] != 0));
        _columns.Add(group, columns);

        // what all pairs have in common needs no look at the pair
        int columns1 = _model.tree_dofnum[key.First];
        foreach (int column in columns)
        {
            double whole = second >= 0 && column < columns1 ? -1 : 1;
            Sides.Add(sides.All(side => side[column] == 0) ? 0 : sides.All(side => side[column] == whole) ? 1 : 2);
        }
    }

    /// <summary>
    /// Shortens the last group to the dofs of each tree from the first to the last that its blocks move.
    /// </summary>
    /// <param name="moves">Whether they move a column: the dofs of the first tree, then of the second.</param>
    /// <returns>The columns that are left.</returns>
    private int[] Trim(Func<int, bool> moves)
    {
        int group = Trees.Count - GroupTable.Stride;
        int[] both = [GroupTable.Dof1, GroupTable.Dof2];
        List<int> left = [];
        int before = 0;
        foreach (int dof in both)
        {
            int count = Trees[group + dof + 1];
            int[] moved = [.. Enumerable.Range(before, count).Where(moves)];
            before += count;
            if (moved.Length == 0) continue;
            Trees[group + dof] += moved[0] - (before - count);
            Trees[group + dof + 1] = moved[^1] - moved[0] + 1;
            left.AddRange(Enumerable.Range(moved[0], moved[^1] - moved[0] + 1));
        }

        return [.. left];
    }

    private void AddGroup(int tree1, int tree2, int kind, int[] powers)
    {
        int[] curved = [.. powers.Where(power => power != 0).Distinct()];
        int[] group = new int[GroupTable.Stride];
        group[GroupTable.Tree1] = tree1;
        group[GroupTable.Tree2] = tree2;
        group[GroupTable.Dof1] = _model.tree_dofadr[tree1];
        group[GroupTable.Count1] = _model.tree_dofnum[tree1];
        group[GroupTable.Kind] = kind;
        group[GroupTable.Power] = curved.Length == 0 ? 0 : curved.Length == 1 ? curved[0] : -1;
        group[GroupTable.Side] = Sides.Count;
        group[GroupTable.Body1] = Body(tree1);
        if (tree2 >= 0)
        {
            group[GroupTable.Dof2] = _model.tree_dofadr[tree2];
            group[GroupTable.Count2] = _model.tree_dofnum[tree2];
            group[GroupTable.Body2] = Body(tree2);
        }

        Trees.AddRange(group);
    }

    private int Body(int tree) => _model.dof_bodyid[_model.tree_dofadr[tree]];

    private void AddPairSides(int group, int pair)
    {
        double[] side = PairSide(pair, _groups.First(entry => entry.Value == group).Key);
        foreach (int column in _columns[group]) PairSides.Add(side[column]);
        for (int column = _columns[group].Length; column < Columns; column++) PairSides.Add(0);
    }

    /// <summary>How the contact's velocity goes with each dof of the pair's trees: -1, 0, 1.</summary>
    private double[] PairSide(int pair, (int First, int Second) key)
    {
        int body1 = _model.geom_bodyid[_model.pair_geom1[pair]];
        int body2 = _model.geom_bodyid[_model.pair_geom2[pair]];
        if (Facing(pair) < 0) (body1, body2) = (body2, body1);
        return [.. Dofs(key).Select(dof => (Moves(dof, body2) ? 1.0 : 0) - (Moves(dof, body1) ? 1 : 0))];
    }

    private IEnumerable<int> Dofs((int First, int Second) trees)
    {
        IEnumerable<int> dofs = Enumerable.Range(_model.tree_dofadr[trees.First], _model.tree_dofnum[trees.First]);
        if (trees.Second < 0 || trees.Second == trees.First) return dofs;
        return dofs.Concat(Enumerable.Range(_model.tree_dofadr[trees.Second], _model.tree_dofnum[trees.Second]));
    }

    private bool Moves(int dof, int body)
    {
        for (; body > 0; body = _model.body_parentid[body])
        {
            if (body == _model.dof_bodyid[dof]) return true;
        }

        return false;
    }

    private void AddLimit(int joint)
    {
        int dof = _model.jnt_dofadr[joint];
        _parameters.AddLimit(joint);
        Limits.AddRange([joint, Trees.Count / GroupTable.Stride]);
        int group = Trees.Count;
        AddGroup(_model.dof_treeid[dof], -1, EfcKind.Limit, [_parameters.Powers[^1]]);
        Trees[group + GroupTable.Dof1] = dof;
        Trees[group + GroupTable.Count1] = 1;
    }

    private void AddWeld(int weld)
    {
        int tree1 = _model.body_treeid[_model.eq_obj1id[weld]];
        int tree2 = _model.body_treeid[_model.eq_obj2id[weld]];
        if (_model.eq_active0[weld] == 0 || (tree1 < 0 && tree2 < 0)) return;
        _parameters.AddWeld(weld);
        Welds.AddRange([weld, Trees.Count / GroupTable.Stride]);
        int first = tree1 < 0 || tree2 < 0 ? Math.Max(tree1, tree2) : Math.Min(tree1, tree2);
        int second = tree1 < 0 || tree2 < 0 || tree1 == tree2 ? -1 : Math.Max(tree1, tree2);
        AddGroup(first, second, EfcKind.Equality, [_parameters.Powers[^1]]);
        int[] dofs = [.. Dofs((first, second))];
        Trim(column => Moves(dofs[column], _model.eq_obj1id[weld]) || Moves(dofs[column], _model.eq_obj2id[weld]));
    }
}
