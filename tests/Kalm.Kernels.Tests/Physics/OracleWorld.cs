using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;
using Kalm.Testing;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>One scene in libmujoco 2.2.2 and in one world of ours, field by field.</summary>
internal sealed class OracleWorld : IDisposable
{
    private readonly MujocoModel _oracleModel;

    public OracleWorld(string xml, LaneKind kind = LaneKind.Lane1d)
    {
        Model = MjcfCompiler.CompileText(xml, "test.xml");
        _oracleModel = MujocoModel.FromXml(xml);
        Oracle = new(_oracleModel);
        Simulation = new(Model, 1, kind, new CpuLauncher(1));
    }

    public Model Model { get; }

    public MujocoData Oracle { get; }

    public Simulation Simulation { get; }

    private DataRows Data => Simulation.Layout.DataRows;

    public void SetState(double[] qpos, double[] qvel, double[] ctrl)
    {
        Oracle.Reset();
        qpos.CopyTo(Oracle.Reals("qpos"));
        qvel.CopyTo(Oracle.Reals("qvel"));
        ctrl.CopyTo(Oracle.Reals("ctrl"));
        Simulation.Reset(0);
        Simulation.SetQpos(0, qpos);
        Simulation.SetQvel(0, qvel);
        Simulation.SetCtrl(0, ctrl);
    }

    public double[] Ours(int row, int count)
    {
        double[] values = new double[count];
        Simulation.Read(0, row, values);
        return values;
    }

    /// <summary>
    /// Compares rows with a field of the oracle; the bound is relative to the field's largest number.
    /// </summary>
    public void Same(string field, int row, double bound, int skip = 0)
    {
        double[] theirs = Oracle.Reals(field).ToArray();
        Compare(field, theirs.AsSpan(skip), Ours(row + skip, theirs.Length - skip), bound);
    }

    public void Compare(string field, ReadOnlySpan<double> theirs, ReadOnlySpan<double> ours, double bound)
    {
        double scale = 1;
        foreach (double value in theirs) scale = Math.Max(scale, Math.Abs(value));
        Tolerance.Absolute(theirs, ours, bound * scale, field);
    }

    /// <summary>Rows whose first row differs from body to body or geom to geom.</summary>
    public double[] Scattered(int table, int count, int size)
    {
        double[] values = new double[count * size];
        for (int i = 0; i < count; i++)
            Simulation.Read(0, Simulation.Layout.Integers[table + i], values.AsSpan(i * size, size));
        return values;
    }

    public double[] Inertia()
    {
        int nv = Model.nv;
        double[] full = new double[nv * nv];
        for (int tree = 0; tree < Model.ntree; tree++)
        {
            int first = Model.tree_dofadr[tree];
            int count = Model.tree_dofnum[tree];
            double[] block = Ours(Data.qM + Simulation.Layout.Integers[Data.tree_Madr + tree], count * count);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                    full[((first + i) * nv) + first + j] =
                        full[((first + j) * nv) + first + i] = block[(i * count) + j];
            }
        }

        return full;
    }

    /// <summary>
    /// All constraint rows as (J, D, aref) with pyramids expanded to edges and cones unscaled, sorted so that order
    /// does not matter. Rows of tangents may have either sign, so each row's largest J is made positive.
    /// </summary>
    public List<double[]> OurRows()
    {
        List<double[]> result = [];
        int blocks = (int)Simulation.Worlds[0, Data.efc_count];
        for (int i = 0; i < blocks; i++)
        {
            int block = Constraint.Block(Data, i);
            double d = Simulation.Worlds[0, block + EfcBlock.D];
            if (d == 0) continue;
            int table = (int)Simulation.Worlds[0, block + EfcBlock.Group];
            int kind = Simulation.Layout.Integers[table + GroupTable.Kind];
            double[][] coordinates = Coordinates(block, table, EfcKind.Rank(kind));
            if (kind == EfcKind.Pyramid) result.AddRange(Edges(coordinates, d));
            else if (kind < EfcKind.Pyramid) result.AddRange(coordinates.Select(row => With(row, 1, d)));
            else result.AddRange(Unscaled(coordinates, d, block));
        }

        return Sorted(result);
    }

    /// <summary>The block's coordinates as rows (J, 0, aref).</summary>
    private double[][] Coordinates(int block, int table, int rank)
    {
        double[][] rows = [.. Enumerable.Range(0, rank).Select(_ => new double[Model.nv + 2])];
        int column = block + EfcBlock.J;
        for (int side = 0; side < 2; side++)
        {
            int first = Simulation.Layout.Integers[table + (side == 0 ? GroupTable.Dof1 : GroupTable.Dof2)];
            int count = Simulation.Layout.Integers[table + (side == 0 ? GroupTable.Count1 : GroupTable.Count2)];
            for (int dof = first; dof < first + count; dof++)
            {
                for (int k = 0; k < rank; k++) rows[k][dof] = Simulation.Worlds[0, column + k];
                column += rank;
            }
        }

        for (int k = 0; k < rank; k++) rows[k][^1] = Simulation.Worlds[0, block + EfcBlock.Aref + k];
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

    private IEnumerable<double[]> Unscaled(double[][] rows, double d, int block)
    {
        int pair = (int)Simulation.Worlds[0, block + EfcBlock.Pair];
        ReadOnlySpan<double> constants =
            Simulation.Layout.Constants[(Data.efc_constants + (pair * EfcConstants.Stride))..];
        double friction = constants[EfcConstants.Friction];
        double[] scale = [constants[EfcConstants.Mu], friction, friction, constants[EfcConstants.Spin]];
        return rows.Select((row, k) => With(row, scale[k], d)).Where((_, k) => scale[k] > 0);
    }

    private static double[] With(double[] row, double scale, double d)
    {
        double[] result = [.. row.Select(x => x / scale)];
        result[^2] = d * scale * scale;
        return result;
    }

    public List<double[]> TheirRows()
    {
        List<double[]> result = [];
        int nv = Model.nv;
        for (int i = 0; i < Oracle.Count("nefc"); i++)
        {
            double[] row = new double[nv + 2];
            Oracle.Reals("efc_J").Slice(i * nv, nv).CopyTo(row);
            row[nv] = Oracle.Reals("efc_D")[i];
            row[nv + 1] = Oracle.Reals("efc_aref")[i];
            result.Add(row);
        }

        return Sorted(result);
    }

    public void Dispose()
    {
        Simulation.Dispose();
        Oracle.Dispose();
        _oracleModel.Dispose();
    }

    private static List<double[]> Sorted(List<double[]> rows)
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
}
