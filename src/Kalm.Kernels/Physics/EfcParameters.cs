using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Constants of geom pairs, joint limits and welds that do not depend on the state (getsolparam, mj_diagApprox,
/// mj_makeImpedance in engine_core_constraint.c).
/// </summary>
/// <param name="model">The compiled model.</param>
internal sealed class EfcParameters(Model model)
{
    private const double MinValue = 1e-15;
    private const double MinImpedance = 1e-4;
    private const double MaxImpedance = 0.9999;
    private const double MinFriction = 1e-5;
    private const int MaxWholePower = 8;

    /// <summary>Power of the impedance curve of each; 0: flat, -1: not a small whole number.</summary>
    public List<int> Powers { get; } = [];

    /// <summary>Constants of each (<see cref="EfcConstants"/>).</summary>
    public List<double> Constants { get; } = [];

    /// <summary>Appends a geom pair.</summary>
    public void AddPair(int pair, int facing)
    {
        int geom1 = model.pair_geom1[pair];
        int geom2 = model.pair_geom2[pair];
        int dim = model.pair_dim[pair];
        bool pyramid = model.cone == ConeType.Pyramidal;
        double friction = dim == 1 ? 0 : Math.Max(MinFriction, model.pair_friction[5 * pair]);
        double scaled = friction / Math.Sqrt(Math.Max(MinValue, model.impratio));
        double mu = pyramid || dim == 1 ? 1 : scaled;
        double translation = Weight(geom1) + Weight(geom2);
        double[] constants = Make(
            model.pair_solref.AsSpan(2 * pair, 2), model.pair_solimp.AsSpan(5 * pair, 5),
            model.pair_margin[pair] - model.pair_gap[pair]);
        constants[EfcConstants.DiagApprox] = translation * (pyramid ? 1 + (friction * friction) : 1);
        constants[EfcConstants.EdgeScale] = !pyramid ? mu * mu : dim == 1 ? 4 : 2 * scaled * scaled;
        constants[EfcConstants.Friction] = friction;
        constants[EfcConstants.Spin] = dim <= 3 ? 0 : Math.Max(MinFriction, model.pair_friction[(5 * pair) + 2]);
        constants[EfcConstants.Mu] = mu;
        constants[EfcConstants.Slant] = 1 / (1 + (mu * mu));
        constants[EfcConstants.Count] = pyramid && dim > 1 ? 2 * (dim - 1) : dim;
        constants[EfcConstants.Facing] = facing;
        Constants.AddRange(constants);
    }

    /// <summary>Appends the limits of a joint.</summary>
    public void AddLimit(int joint)
    {
        double[] constants = Make(
            model.jnt_solref.AsSpan(2 * joint, 2), model.jnt_solimp.AsSpan(5 * joint, 5), model.jnt_margin[joint]);
        constants[EfcConstants.DiagApprox] = model.dof_invweight0[model.jnt_dofadr[joint]];
        constants[EfcConstants.Range] = model.jnt_range[2 * joint];
        constants[EfcConstants.Range + 1] = model.jnt_range[(2 * joint) + 1];
        Constants.AddRange(constants);
    }

    /// <summary>Appends a weld.</summary>
    public void AddWeld(int weld)
    {
        int body1 = model.eq_obj1id[weld];
        int body2 = model.eq_obj2id[weld];
        double[] weight = model.body_invweight0;
        double[] constants = Make(
            model.eq_solref.AsSpan(2 * weld, 2), model.eq_solimp.AsSpan(5 * weld, 5), margin: 0);
        constants[EfcConstants.DiagApprox] = weight[2 * body1] + weight[2 * body2];
        constants[EfcConstants.Range] = weight[(2 * body1) + 1] + weight[(2 * body2) + 1];
        Constants.AddRange(constants);
    }

    private double Weight(int geom) => model.body_invweight0[2 * model.geom_bodyid[geom]];

    /// <summary>Reference and impedance; everything else as for a scalar constraint.</summary>
    private double[] Make(ReadOnlySpan<double> solref, ReadOnlySpan<double> solimp, double margin)
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

        double[] constants = new double[EfcConstants.Stride];
        constants[EfcConstants.K] = time > 0
            ? 1 / Math.Max(MinValue, high * high * time * time * ratio * ratio)
            : -time / Math.Max(MinValue, high * high);
        constants[EfcConstants.B] = ratio > 0
            ? 2 / Math.Max(MinValue, high * time)
            : -ratio / Math.Max(MinValue, high);
        constants[EfcConstants.Impedance0] = flat ? 0.5 * (low + high) : low;
        constants[EfcConstants.ImpedanceRise] = flat ? 0 : high - low;
        constants[EfcConstants.InverseWidth] = flat ? 0 : 1 / width;
        constants[EfcConstants.Midpoint] = midpoint;
        constants[EfcConstants.LowScale] = 1 / Math.Pow(midpoint, power - 1);
        constants[EfcConstants.HighScale] = 1 / Math.Pow(1 - midpoint, power - 1);
        constants[EfcConstants.Margin] = margin;
        constants[EfcConstants.Power] = power;
        constants[EfcConstants.EdgeScale] = 1;
        constants[EfcConstants.Mu] = 1;
        constants[EfcConstants.Slant] = 0.5;
        constants[EfcConstants.Count] = 1;
        constants[EfcConstants.Facing] = 1;
        return constants;
    }
}
