namespace Kalm.Kernels.Models;

/// <summary>What compiler, option, size and statistic say, with MuJoCo's defaults.</summary>
internal sealed class MjcfSettings
{
    private const int MaxCapacity = 100_000;
    private bool _degree = true;

    /// <summary>Settings before any element was read.</summary>
    public MjcfSettings(ModelCompat compat)
    {
        Compat = compat;

        // ranges imply limits since MuJoCo 3
        AutoLimits = compat == ModelCompat.Mj3;
    }

    /// <summary>MuJoCo generation.</summary>
    public ModelCompat Compat { get; }

    /// <summary>Folder of mesh files, seen from the model's.</summary>
    public string MeshFolder { get; private set; } = "";

    /// <summary>Order and kind of the axes of euler angles.</summary>
    public string EulerSequence { get; private set; } = "xyz";

    /// <summary>Whether a range alone makes a limit.</summary>
    public bool AutoLimits { get; private set; }

    /// <summary>True: always; null: where there is no inertial; false: never.</summary>
    public bool? InertiaFromGeom { get; private set; }

    /// <summary>Groups of geoms that make inertia, lowest and highest.</summary>
    public (int Lowest, int Highest) InertiaGroups { get; private set; } = (0, 5);

    /// <summary>Time step, s.</summary>
    public double TimeStep { get; private set; } = 0.002;

    /// <summary>Gravity, m/s^2.</summary>
    public double[] Gravity { get; private set; } = [0, 0, -9.81];

    /// <summary>Impedance ratio of elliptic cones.</summary>
    public double ImpRatio { get; private set; } = 1;

    /// <summary>Solver tolerance.</summary>
    public double Tolerance { get; private set; } = 1e-8;

    /// <summary>Line-search tolerance.</summary>
    public double LineSearchTolerance { get; private set; } = 0.01;

    /// <summary>Solver iterations.</summary>
    public int Iterations { get; private set; } = 100;

    /// <summary>Line-search iterations.</summary>
    public int LineSearchIterations { get; private set; } = 50;

    /// <summary>Friction cone.</summary>
    public ConeType Cone { get; private set; }

    /// <summary>Contact parameters that replace those of all geoms, if switched on.</summary>
    public (double Margin, double[] SolRef, double[] SolImp)? Override { get; private set; }

    /// <summary>Contacts exist.</summary>
    public bool Contact { get; private set; } = true;

    /// <summary>Joint limits exist.</summary>
    public bool Limit { get; private set; } = true;

    /// <summary>Equality constraints exist.</summary>
    public bool Equality { get; private set; } = true;

    /// <summary>Controls are clamped.</summary>
    public bool ClampControl { get; private set; } = true;

    /// <summary>Bodies do not collide with their parents.</summary>
    public bool FilterParent { get; private set; } = true;

    /// <summary>Contact capacity, -1: from the model.</summary>
    public int ContactCapacity { get; private set; } = -1;

    /// <summary>Constraint capacity, -1: from the model.</summary>
    public int ConstraintCapacity { get; private set; } = -1;

    /// <summary>Mean inertia given by the model, instead of the computed one.</summary>
    public double? MeanInertia { get; private set; }

    /// <summary>An angle of the file in radians.</summary>
    public double Angle(double angle) => _degree ? angle / 180.0 * Math.PI : angle;

    /// <summary>Reads a compiler element.</summary>
    public void ReadCompiler(MjcfElement element)
    {
        element.Allow(
            "angle", "coordinate", "inertiafromgeom", "inertiagrouprange", "autolimits", "eulerseq", "meshdir",
            "assetdir", "texturedir");
        element.AllowChildren();
        MjcfProperties p = new([], element);
        _degree = p.Choice("angle", _degree, ("degree", true), ("radian", false));
        p.Choice("coordinate", true, ("local", true));
        AutoLimits = p.Choice("autolimits", AutoLimits, ("true", true), ("false", false));
        InertiaFromGeom = p.Choice(
            "inertiafromgeom", InertiaFromGeom, ("true", true), ("false", false), ("auto", null));
        MeshFolder = p.Text("meshdir") ?? p.Text("assetdir") ?? MeshFolder;
        if (p.Holder("inertiagrouprange") is not null)
        {
            double[] range = p.Numbers("inertiagrouprange", [0, 5]);
            InertiaGroups = ((int)range[0], (int)range[1]);
        }

        EulerSequence = p.Text("eulerseq") ?? EulerSequence;
        if (EulerSequence.Length != 3 || EulerSequence.Any(axis => !"xyzXYZ".Contains(axis, StringComparison.Ordinal)))
            throw element.Error("eulerseq", "three letters of x, y, z, X, Y, Z are expected");
    }

    /// <summary>Reads an option element.</summary>
    public void ReadOption(MjcfElement element)
    {
        element.Allow(
            "timestep", "gravity", "impratio", "tolerance", "ls_tolerance", "iterations", "ls_iterations", "cone",
            "integrator", "solver", "jacobian", "o_margin", "o_solref", "o_solimp");
        element.AllowChildren("flag");
        MjcfProperties p = new([], element);
        TimeStep = p.Number("timestep", TimeStep);
        if (TimeStep <= 0) throw element.Error("timestep", "a positive number is expected");
        Gravity = p.Numbers("gravity", Gravity);
        ImpRatio = p.Number("impratio", ImpRatio);
        if (ImpRatio <= 0) throw element.Error("impratio", "a positive number is expected");
        Tolerance = p.Number("tolerance", Tolerance);
        LineSearchTolerance = p.Number("ls_tolerance", LineSearchTolerance);
        Iterations = p.Integer("iterations", Iterations, 0);
        LineSearchIterations = p.Integer("ls_iterations", LineSearchIterations, 0);
        Cone = p.Choice("cone", Cone, ("pyramidal", ConeType.Pyramidal), ("elliptic", ConeType.Elliptic));
        p.Choice("integrator", true, ("Euler", true));
        p.Choice("solver", true, ("Newton", true));
        p.Choice("jacobian", true, ("auto", true), ("dense", true), ("sparse", true));
        foreach (MjcfElement flag in element.Children) ReadFlag(flag, p);
    }

    /// <summary>Reads a size element.</summary>
    public void ReadSize(MjcfElement element)
    {
        element.Allow("njmax", "nconmax", "nstack");
        element.AllowChildren();
        MjcfProperties p = new([], element);
        ConstraintCapacity = p.Integer("njmax", ConstraintCapacity, -1, MaxCapacity);
        ContactCapacity = p.Integer("nconmax", ContactCapacity, -1, MaxCapacity);
    }

    /// <summary>Reads a statistic element; what only a viewer needs is ignored.</summary>
    public void ReadStatistic(MjcfElement element)
    {
        element.Allow("meaninertia", "meanmass", "meansize", "extent", "center");
        element.AllowChildren();
        if (!element.Attributes.ContainsKey("meaninertia")) return;
        MeanInertia = element.Numbers("meaninertia", 1, 1)[0];
        if (MeanInertia <= 0) throw element.Error("meaninertia", "a positive number is expected");
    }

    private void ReadFlag(MjcfElement element, MjcfProperties option)
    {
        // the last four have no effect on motion
        element.Allow(
            "contact", "limit", "equality", "constraint", "gravity", "clampctrl", "filterparent", "override", "energy",
            "fwdinv", "sensor", "sensornoise");
        element.AllowChildren();
        MjcfProperties p = new([], element);
        bool Enabled(string name, bool value) => p.Choice(name, value, ("enable", true), ("disable", false));
        bool constraint = Enabled("constraint", true);
        Contact = Enabled("contact", Contact) && constraint;
        Limit = Enabled("limit", Limit) && constraint;
        Equality = Enabled("equality", Equality) && constraint;
        ClampControl = Enabled("clampctrl", ClampControl);
        FilterParent = Enabled("filterparent", FilterParent);
        if (!Enabled("gravity", true)) Gravity = [0, 0, 0];
        if (Enabled("override", false))
        {
            Override = (
                option.Number("o_margin", 0),
                option.Leading("o_solref", [0.02, 1]),
                option.Leading("o_solimp", [0.9, 0.95, 0.001, 0.5, 2]));
        }
    }
}
