using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics.Collision;

/// <summary>
/// Tables and scratch of convex collision. Integers per geom: kind, addresses of sizes and hull, number of hull
/// vertices. A hull vertex is five real constants: position, address of its neighbors, number of neighbors; a
/// neighbor is the number of a vertex. After the vertices follows, for directions that cover a cube cell by cell, the
/// vertex farthest along each.
/// </summary>
internal static class ConvexTables
{
    /// <summary>Integer of a geom: its <see cref="ConvexKind"/>.</summary>
    public const int Kind = 0;

    /// <summary>Integer of a geom: address of its sizes.</summary>
    public const int Size = 1;

    /// <summary>Integer of a geom: address of its hull.</summary>
    public const int Hull = 2;

    /// <summary>Integer of a geom: number of its hull vertices.</summary>
    public const int Count = 3;

    /// <summary>Integers of a geom.</summary>
    public const int Stride = 4;

    /// <summary>Real constants of a hull vertex.</summary>
    public const int VertexStride = 5;

    /// <summary>Real constant of a hull vertex: address of its neighbors.</summary>
    public const int Neighbor = 3;

    /// <summary>Real constant of a hull vertex: number of its neighbors.</summary>
    public const int NeighborCount = 4;

    /// <summary>Cells along an edge of the cube of directions.</summary>
    public const int Cells = 8;

    // below this many vertices all are compared (mjMESH_HILLCLIMB_MIN)
    private const int MinClimb = 10;

    /// <summary>Whether the pair of types collides here: one that has no analytic function.</summary>
    public static bool Has(GeomType type1, GeomType type2) =>
        (type1 is (GeomType.Capsule or GeomType.Cylinder) && type2 == GeomType.Cylinder)
        || (type1 == GeomType.Cylinder && type2 == GeomType.Box)
        || (type1 is (>= GeomType.Sphere and not GeomType.Ellipsoid) && type2 == GeomType.Mesh);

    /// <summary>Appends tables and scratch, where a pair of the model needs them.</summary>
    public static void Add(SimulationLayout layout, Model model, ref DataRows data)
    {
        bool needed = false;
        for (int pair = 0; pair < model.npair && !needed; pair++)
        {
            GeomType type2 = Type(model, model.pair_geom2[pair]);
            needed = type2 == GeomType.Mesh || Has(Type(model, model.pair_geom1[pair]), type2);
        }

        if (!needed) return;

        int sizes = layout.AddConstants(model.geom_size);
        int[] hulls = new int[model.mesh_vertadr.Length];
        for (int mesh = 0; mesh < hulls.Length; mesh++) hulls[mesh] = AddHull(layout, model, mesh);
        int[] geoms = new int[Stride * model.ngeom];
        for (int geom = 0; geom < model.ngeom; geom++)
        {
            int mesh = Type(model, geom) == GeomType.Mesh ? model.geom_dataid[geom] : -1;
            Span<int> table = geoms.AsSpan(Stride * geom, Stride);
            table[Kind] = (int)KindOf(model, geom, mesh);
            table[Size] = sizes + (3 * geom);
            table[Hull] = mesh < 0 ? 0 : hulls[mesh];
            table[Count] = mesh < 0 ? 0 : model.mesh_vertnum[mesh];
        }

        data.convex_geom = layout.AddIntegers(geoms);

        // contacts are found before constraint blocks are built, so the scratch can lie where these will be
        bool room = data.nblock * data.efc_stride >= ConvexRows.Size;
        data.convex = room ? data.efc : layout.AddRows(ConvexRows.Size);
    }

    private static GeomType Type(Model model, int geom) => (GeomType)model.geom_type[geom];

    private static ConvexKind KindOf(Model model, int geom, int mesh) => Type(model, geom) switch
    {
        GeomType.Sphere => ConvexKind.Sphere,
        GeomType.Capsule => ConvexKind.Capsule,
        GeomType.Cylinder => ConvexKind.Cylinder,
        GeomType.Box => ConvexKind.Box,
        GeomType.Mesh => model.mesh_vertnum[mesh] < MinClimb ? ConvexKind.SmallHull : ConvexKind.Hull,
        _ => ConvexKind.None,
    };

    private static int AddHull(SimulationLayout layout, Model model, int mesh)
    {
        int first = model.mesh_vertadr[mesh];
        int count = model.mesh_vertnum[mesh];
        double[] vertices = new double[VertexStride * count];
        for (int i = 0; i < count; i++)
        {
            int vertex = first + i;
            int neighbors = layout.AddConstants(
                [.. model.mesh_edge.AsSpan(model.mesh_edgeadr[vertex], model.mesh_edgenum[vertex])]);
            model.mesh_vert.AsSpan(3 * vertex, 3).CopyTo(vertices.AsSpan(VertexStride * i));
            vertices[(VertexStride * i) + Neighbor] = neighbors;
            vertices[(VertexStride * i) + NeighborCount] = model.mesh_edgenum[vertex];
        }

        int hull = layout.AddConstants(vertices);
        layout.AddConstants(Farthest(model.mesh_vert.AsSpan(3 * first, 3 * count)));
        return hull;
    }

    /// <summary>
    /// The vertex farthest along the middle of each cell of a cube: sides +x, -x, +y, -y, +z, -z, on each the cells
    /// along the next axis, then along the one after it.
    /// </summary>
    private static double[] Farthest(ReadOnlySpan<double> vertices)
    {
        double[] farthest = new double[6 * Cells * Cells];
        double[] direction = new double[3];
        for (int cell = 0; cell < farthest.Length; cell++)
        {
            int axis = cell / (2 * Cells * Cells);
            direction[axis] = cell / (Cells * Cells) % 2 == 0 ? 1 : -1;
            direction[(axis + 1) % 3] = (((cell / Cells % Cells) + 0.5) * 2 / Cells) - 1;
            direction[(axis + 2) % 3] = (((cell % Cells) + 0.5) * 2 / Cells) - 1;
            double max = double.NegativeInfinity;
            for (int i = 0; i < vertices.Length / 3; i++)
            {
                double dot = (direction[0] * vertices[3 * i]) + (direction[1] * vertices[(3 * i) + 1])
                    + (direction[2] * vertices[(3 * i) + 2]);
                if (dot <= max) continue;
                max = dot;
                farthest[cell] = i;
            }
        }

        return farthest;
    }
}
