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

    public double[] Inertia() => PlainAssembly.Inertia(Simulation, 0);

    public List<double[]> OurRows() => ConstraintRows.Read(Simulation, 0);

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

        return ConstraintRows.Sorted(result);
    }

    public void Dispose()
    {
        Simulation.Dispose();
        Oracle.Dispose();
        _oracleModel.Dispose();
    }
}
