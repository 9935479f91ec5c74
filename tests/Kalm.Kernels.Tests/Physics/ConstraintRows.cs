using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>The constraint blocks of one world as MuJoCo's scalar constraints.</summary>
internal static class ConstraintRows
{
    /// <summary>
    /// All constraint rows as (J, D, aref) with pyramids expanded to edges and cones unscaled, sorted so that order
    /// does not matter.
    /// </summary>
    public static List<double[]> Read(Simulation simulation, int world)
    {
        DataRows data = simulation.Layout.DataRows;
        List<double[]> result = [];
        int blocks = (int)simulation.Worlds[world, data.efc_count];
        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(data, i);
            double d = simulation.Worlds[world, block + EfcBlock.D];
            if (d == 0) continue;
            int table = (int)simulation.Worlds[world, block + EfcBlock.Group];
            int kind = simulation.Layout.Integers[table + GroupTable.Kind];
            double[][] coordinates = Coordinates(simulation, world, block, table);
            if (kind == EfcKind.Pyramid) result.AddRange(Edges(coordinates, d));
            else if (kind < EfcKind.Pyramid) result.AddRange(coordinates.Select(row => With(row, 1, d)));
            else result.AddRange(Unscaled(coordinates, d, Scale(simulation, world, block)));
        }

        return Sorted(result);
    }

    /// <summary>
    /// Rows of tangents may have either sign, so each row's largest J is made positive; then they are sorted.
    /// </summary>
    public static List<double[]> Sorted(List<double[]> rows)
    {
        foreach (double[] row in rows)
        {
            double largest = row[..^2].MaxBy(Math.Abs);
            if (largest >= 0) continue;
            for (int i = 0; i < row.Length; i++) row[i] *= i == row.Length - 2 ? 1 : -1;
        }

        return [.. rows.OrderBy(r => Math.Round(r[^1], 6))
            .ThenBy(r => Math.Round(r[..^2].Select((x, i) => x * (i + 1.5)).Sum(), 7))];
    }

    /// <summary>What the coordinates of a cone are multiples of MuJoCo's rows by.</summary>
    public static double[] Scale(Simulation simulation, int world, int block)
    {
        DataRows data = simulation.Layout.DataRows;
        int pair = (int)simulation.Worlds[world, block + EfcBlock.Pair];
        ReadOnlySpan<double> constants =
            simulation.Layout.Constants[(data.efc_constants + (pair * EfcConstants.Stride))..];
        double friction = constants[EfcConstants.Friction];
        return [constants[EfcConstants.Mu], friction, friction, constants[EfcConstants.Spin]];
    }

    /// <summary>The block's coordinates as rows (J, 0, aref).</summary>
    private static double[][] Coordinates(Simulation simulation, int world, int block, int table)
    {
        ReadOnlySpan<int> integers = simulation.Layout.Integers;
        int nv = simulation.Model.nv;
        int rank = EfcKind.Rank(integers[table + GroupTable.Kind]);
        double[][] rows = [.. Enumerable.Range(0, rank).Select(_ => new double[nv + 2])];
        int column = block + EfcBlock.J;
        for (int side = 0; side < 2; side++)
        {
            int first = integers[table + (side == 0 ? GroupTable.Dof1 : GroupTable.Dof2)];
            int count = integers[table + (side == 0 ? GroupTable.Count1 : GroupTable.Count2)];
            for (int dof = first; dof < first + count; dof++)
            {
                for (int k = 0; k < rank; k++) rows[k][dof] = simulation.Worlds[world, column + k];
                column += rank;
            }
        }

        for (int k = 0; k < rank; k++) rows[k][^1] = simulation.Worlds[world, block + EfcBlock.Aref + k];
        return rows;
    }

    private static IEnumerable<double[]> Edges(double[][] rows, double d)
    {
        bool single = rows[1][..^2].All(x => x == 0);
        if (single) return [With(rows[0], 1, 4 * d)];
        return Enumerable.Range(0, 4).Select(edge =>
        {
            double sign = edge % 2 == 0 ? 1 : -1;
            return With([.. rows[0].Zip(rows[1 + (edge / 2)], (n, t) => n + (sign * t))], 1, d);
        });
    }

    private static IEnumerable<double[]> Unscaled(double[][] rows, double d, double[] scale) =>
        rows.Select((row, k) => With(row, scale[k], d)).Where((_, k) => scale[k] > 0);

    private static double[] With(double[] row, double scale, double d)
    {
        double[] result = [.. row.Select(x => x / scale)];
        result[^2] = d * scale * scale;
        return result;
    }
}
