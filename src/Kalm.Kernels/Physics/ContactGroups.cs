using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Geom pairs and joint limits sorted by the kinematic trees they couple, with their constants. Contacts of one group
/// share the columns of the Jacobian, so the k-th contact of a group may be another pair in every world.
/// </summary>
internal sealed class ContactGroups
{
    private const double MinValue = 1e-15;
    private const double MinImpedance = 1e-4;
    private const double MaxImpedance = 0.9999;
    private const double MinFriction = 1e-5;
    private const int MaxWholePower = 8;

    /// <summary>Sorts the pairs and limits of a model.</summary>
    public ContactGroups(Model model)
    {
        Dictionary<(int First, int Second), int> groups = [];
        List<(int Group, int Pair)> order = [];
        for (int pair = 0; pair < model.npair; pair++)
        {
            int tree1 = model.body_treeid[model.geom_bodyid[model.pair_geom1[pair]]];
            int tree2 = model.body_treeid[model.geom_bodyid[model.pair_geom2[pair]]];
            if (tree1 < 0 && tree2 < 0) continue;
            order.Add((Group(model, groups, tree1, tree2), pair));
        }

        // the trees of a group in ascending order, groups in the order of their trees, pairs in the model's order
        int[] rank = Rank(groups);
        order = [.. order.OrderBy(entry => rank[entry.Group]).ThenBy(entry => entry.Pair)];
        foreach ((int group, int pair) in order)
        {
            Pairs.Add(pair);
            Pairs.Add(group);
            AddPair(model, pair);
        }

        for (int joint = 0; joint < model.njnt; joint++)
        {
            if (model.jnt_limited[joint] == 0) continue;
            int tree = model.dof_treeid[model.jnt_dofadr[joint]];
            Limits.Add(joint);
            Limits.Add(Group(model, groups, tree, -1));
            AddLimit(model, joint);
        }
    }

    /// <summary>Pair and group of every pair, in order.</summary>
    public List<int> Pairs { get; } = [];

    /// <summary>Joint and group of every limited joint.</summary>
    public List<int> Limits { get; } = [];

    /// <summary>Trees and dofs of every group (<see cref="GroupTable"/>).</summary>
    public List<int> Trees { get; } = [];

    /// <summary>Power of the impedance curve of pairs, then limits; 0: flat, -1: not a small whole number.</summary>
    public List<int> Powers { get; } = [];

    /// <summary>Constants of pairs, then limits (<see cref="EfcConstants"/>).</summary>
    public List<double> Constants { get; } = [];

    /// <summary>Number of limited joints.</summary>
    public int LimitCount => Limits.Count / 2;

    private static int[] Rank(Dictionary<(int First, int Second), int> groups)
    {
        int[] rank = new int[groups.Count];
        int[] order = [.. groups.OrderBy(g => (g.Key.Second >= 0, g.Key)).Select(g => g.Value)];
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;
        return rank;
    }

    private int Group(Model model, Dictionary<(int First, int Second), int> groups, int tree1, int tree2)
    {
        // a static side couples nothing; two bodies of one tree share its columns
        (int First, int Second) key = (Math.Min(tree1, tree2), Math.Max(tree1, tree2));
        if (key.First < 0 || key.First == key.Second) key = (key.Second, -1);
        if (!groups.TryGetValue(key, out int group))
        {
            group = groups.Count;
            groups.Add(key, group);
            Trees.AddRange([key.First, key.Second, model.tree_dofadr[key.First], model.tree_dofnum[key.First]]);
            Trees.AddRange(key.Second < 0 ? [0, 0] : [model.tree_dofadr[key.Second], model.tree_dofnum[key.Second]]);
        }

        return group;
    }

    private void AddPair(Model model, int pair)
    {
        int geom1 = model.pair_geom1[pair];
        int geom2 = model.pair_geom2[pair];
        bool frictionless = model.pair_dim[pair] == 1;
        double friction = frictionless ? 0 : Math.Max(MinFriction, model.pair_friction[5 * pair]);
        double translation = model.body_invweight0[2 * model.geom_bodyid[geom1]]
            + model.body_invweight0[2 * model.geom_bodyid[geom2]];
        double edge = frictionless ? 4 : 2 * friction * friction / Math.Max(MinValue, model.impratio);
        AddConstants(
            model, model.pair_solref.AsSpan(2 * pair, 2), model.pair_solimp.AsSpan(5 * pair, 5),
            model.pair_margin[pair] - model.pair_gap[pair], translation * (1 + (friction * friction)), edge, friction);
        Constants.Add(model.geom_size[3 * geom1]);
        Constants.Add(model.geom_size[3 * geom2]);
        Constants.Add(Math.Max(1, model.pair_solimp[(5 * pair) + 4]));
    }

    private void AddLimit(Model model, int joint)
    {
        AddConstants(
            model, model.jnt_solref.AsSpan(2 * joint, 2), model.jnt_solimp.AsSpan(5 * joint, 5),
            model.jnt_margin[joint], model.dof_invweight0[model.jnt_dofadr[joint]], 4, 0);
        Constants.Add(model.jnt_range[2 * joint]);
        Constants.Add(model.jnt_range[(2 * joint) + 1]);
        Constants.Add(Math.Max(1, model.jnt_solimp[(5 * joint) + 4]));
    }

    /// <summary>getsolparam, makeImpedance (engine_core_constraint.c): what does not depend on the state.</summary>
    private void AddConstants(
        Model model, ReadOnlySpan<double> solref, ReadOnlySpan<double> solimp, double margin, double diagApprox,
        double edge, double friction)
    {
        // positive reference: time constant (at least two steps) and damping ratio; else stiffness and damping
        double time = solref[0];
        double ratio = solref[1];
        if (time > 0 != ratio > 0) (time, ratio) = (0.02, 1);
        if (time > 0) time = Math.Max(time, 2 * model.timestep);
        double low = Math.Clamp(solimp[0], MinImpedance, MaxImpedance);
        double high = Math.Clamp(solimp[1], MinImpedance, MaxImpedance);
        double width = Math.Max(0, solimp[2]);
        double midpoint = Math.Clamp(solimp[3], MinImpedance, MaxImpedance);
        double power = Math.Max(1, solimp[4]);
        bool flat = low == high || width <= MinValue;
        Powers.Add(flat ? 0 : power == Math.Floor(power) && power <= MaxWholePower ? (int)power : -1);
        Constants.Add(time > 0
            ? 1 / Math.Max(MinValue, high * high * time * time * ratio * ratio)
            : -time / Math.Max(MinValue, high * high));
        Constants.Add(ratio > 0 ? 2 / Math.Max(MinValue, high * time) : -ratio / Math.Max(MinValue, high));
        Constants.Add(flat ? 0.5 * (low + high) : low);
        Constants.Add(flat ? 0 : high - low);
        Constants.Add(flat ? 0 : 1 / width);
        Constants.Add(midpoint);
        Constants.Add(1 / Math.Pow(midpoint, power - 1));
        Constants.Add(1 / Math.Pow(1 - midpoint, power - 1));
        Constants.Add(margin);
        Constants.Add(diagApprox);
        Constants.Add(edge);
        Constants.Add(friction);
    }
}
