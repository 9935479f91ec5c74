using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Appends the tables and the scratch of the collision driver to a layout.</summary>
internal static class CollisionTables
{
    /// <summary>Appends them; frames and contact groups are laid out.</summary>
    public static void Add(SimulationLayout layout, Model model, ContactGroups groups, ref DataRows data)
    {
        int[] boxes = AddBoxes(layout, model, groups, ref data);
        List<int> integers = [];
        List<double> constants = [];
        for (int i = 0; i < groups.Pairs.Count; i += 2)
        {
            int pair = groups.Pairs[i];
            int geom1 = model.pair_geom1[pair];
            int geom2 = model.pair_geom2[pair];
            PairFunction function = Function(model, pair);
            integers.Add((int)function);
            integers.Add((int)PairTable.Filter(function));
            AddGeom(layout, data, integers, geom1);
            AddGeom(layout, data, integers, geom2);
            integers.AddRange([boxes[geom1], boxes[geom2]]);
            constants.AddRange([model.pair_margin[pair], model.geom_rbound[geom2] + model.pair_margin[pair]]);
            constants.AddRange(model.geom_aabb.AsSpan(6 * geom1, 6));
            constants.AddRange(model.geom_aabb.AsSpan(6 * geom2, 6));
        }

        data.collision_pair = layout.AddIntegers([.. integers]);
        data.collision_constants = layout.AddConstants([.. constants]);
        data.collision = layout.AddRows(CollisionScratch.Rows);
        AddRuns(layout, model, groups, boxes, ref data);
    }

    // pairs between the same bodies that are filtered by boxes, as they follow each other; others in runs without boxes
    private static void AddRuns(
        SimulationLayout layout, Model model, ContactGroups groups, int[] boxes, ref DataRows data)
    {
        int[] unions = AddUnions(layout, model, boxes, ref data);
        List<int> runs = [];
        int count = groups.Pairs.Count / 2;
        for (int first = 0; first < count;)
        {
            (int Body1, int Body2) bodies = Bodies(model, groups, first);
            double margin = 0;
            int end = first;
            for (; end < count && Bodies(model, groups, end) == bodies; end++)
                margin = Math.Max(margin, model.pair_margin[groups.Pairs[2 * end]]);
            bool boxed = bodies.Body1 >= 0;
            runs.AddRange([end, boxed ? unions[bodies.Body1] : -1, boxed ? unions[bodies.Body2] : -1]);
            runs.Add(layout.AddConstants([margin]));
            first = end;
        }

        data.collision_run = layout.AddIntegers([.. runs]);
        data.ncollision_run = runs.Count / PairRuns.Stride;
    }

    // bodies of a pair in ascending order, -1: the pair is not filtered by boxes
    private static (int Body1, int Body2) Bodies(Model model, ContactGroups groups, int i)
    {
        int pair = groups.Pairs[2 * i];
        if (PairTable.Filter(Function(model, pair)) < PairFilter.Boxes) return (-1, -1);
        int body1 = model.geom_bodyid[model.pair_geom1[pair]];
        int body2 = model.geom_bodyid[model.pair_geom2[pair]];
        return (Math.Min(body1, body2), Math.Max(body1, body2));
    }

    // rows for the box around all boxed geoms of each body: the geom's where it is the only one, -1: none
    private static int[] AddUnions(SimulationLayout layout, Model model, int[] boxes, ref DataRows data)
    {
        int[] unions = new int[model.nbody];
        List<int> still = [];
        List<int> moving = [];
        for (int body = 0; body < model.nbody; body++)
        {
            int[] geoms = [.. Enumerable.Range(0, model.ngeom)
                .Where(geom => model.geom_bodyid[geom] == body && boxes[geom] >= 0)];
            unions[body] = geoms.Length switch
            {
                0 => -1,
                1 => boxes[geoms[0]],
                _ => layout.AddRows(WorldBoxes.Rows),
            };
            if (geoms.Length < 2) continue;
            int members = layout.AddIntegers([.. geoms.Select(geom => boxes[geom])]);
            (IsFixed(model, geoms[0]) ? still : moving).AddRange([unions[body], members, geoms.Length]);
        }

        data.collision_union = layout.AddIntegers([.. still, .. moving]);
        data.ncollision_fixed_union = still.Count / WorldBoxes.UnionStride;
        data.ncollision_union = (still.Count + moving.Count) / WorldBoxes.UnionStride;
        return unions;
    }

    // rows for the boxes of geoms that are filtered by them, fixed geoms first; -1: no box
    private static int[] AddBoxes(SimulationLayout layout, Model model, ContactGroups groups, ref DataRows data)
    {
        bool[] wanted = new bool[model.ngeom];
        for (int i = 0; i < groups.Pairs.Count; i += 2)
        {
            int pair = groups.Pairs[i];
            if (PairTable.Filter(Function(model, pair)) < PairFilter.Boxes) continue;
            wanted[model.pair_geom1[pair]] = wanted[model.pair_geom2[pair]] = true;
        }

        int[] boxes = new int[model.ngeom];
        Array.Fill(boxes, -1);
        int[] geoms = [.. Enumerable.Range(0, model.ngeom).Where(geom => wanted[geom])];
        int[] still = [.. geoms.Where(geom => IsFixed(model, geom))];
        List<int> entries = [];
        int address = layout.AddConstants(model.geom_aabb);
        foreach (int geom in still.Concat(geoms.Except(still)))
        {
            boxes[geom] = layout.AddRows(WorldBoxes.Rows);
            int shape = Type(model, geom) switch { GeomType.Sphere => 0, GeomType.Capsule => 1, _ => 2 };
            entries.AddRange(
                [shape, Position(layout, data, geom), Matrix(layout, data, geom), address + (6 * geom), boxes[geom]]);
        }

        data.collision_box = layout.AddIntegers([.. entries]);
        data.ncollision_fixed = still.Length;
        data.ncollision_moving = geoms.Length - still.Length;
        return boxes;
    }

    // neither a joint nor a mocap body above it
    private static bool IsFixed(Model model, int geom)
    {
        int body = model.geom_bodyid[geom];
        while (body > 0 && model.body_dofnum[body] == 0 && model.body_mocapid[body] < 0)
            body = model.body_parentid[body];
        return body == 0;
    }

    private static void AddGeom(SimulationLayout layout, in DataRows data, List<int> integers, int geom) =>
        integers.AddRange(
            [geom, Position(layout, data, geom), Matrix(layout, data, geom), layout.ModelRows.geom_size + (3 * geom)]);

    private static int Position(SimulationLayout layout, in DataRows data, int geom) =>
        layout.Integers[data.geom_xpos + geom];

    private static int Matrix(SimulationLayout layout, in DataRows data, int geom) =>
        layout.Integers[data.geom_xmat + geom];

    private static PairFunction Function(Model model, int pair) =>
        PairTable.Function(Type(model, model.pair_geom1[pair]), Type(model, model.pair_geom2[pair]));

    private static GeomType Type(Model model, int geom) => (GeomType)model.geom_type[geom];
}
