using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>Appends the tables and the scratch of the collision driver to a layout.</summary>
internal static class CollisionTables
{
    /// <summary>Appends them; frames and contact groups are laid out.</summary>
    public static void Add(SimulationLayout layout, Model model, ContactGroups groups, ref DataRows data)
    {
        List<int> integers = [];
        List<double> constants = [];
        for (int i = 0; i < groups.Pairs.Count; i += 2)
        {
            int pair = groups.Pairs[i];
            int geom1 = model.pair_geom1[pair];
            int geom2 = model.pair_geom2[pair];
            PairFunction function = PairTable.Function(Type(model, geom1), Type(model, geom2));
            integers.Add((int)function);
            integers.Add((int)PairTable.Filter(function));
            AddGeom(layout, data, integers, geom1);
            AddGeom(layout, data, integers, geom2);

            double margin = model.pair_margin[pair];
            double bound = model.geom_rbound[geom1] + model.geom_rbound[geom2] + margin;
            constants.AddRange([margin, Type(model, geom1) == GeomType.Plane ? bound : bound * bound]);
            constants.AddRange(model.geom_aabb.AsSpan(6 * geom1, 6));
            constants.AddRange(model.geom_aabb.AsSpan(6 * geom2, 6));
        }

        data.collision_pair = layout.AddIntegers([.. integers]);
        data.collision_constants = layout.AddConstants([.. constants]);
        data.collision = layout.AddRows(CollisionScratch.Rows);
    }

    private static void AddGeom(SimulationLayout layout, in DataRows data, List<int> integers, int geom)
    {
        int position = layout.Integers[data.geom_xpos + geom];
        int matrix = layout.Integers[data.geom_xmat + geom];
        integers.AddRange([geom, position, matrix, layout.ModelRows.geom_size + (3 * geom)]);
    }

    private static GeomType Type(Model model, int geom) => (GeomType)model.geom_type[geom];
}
