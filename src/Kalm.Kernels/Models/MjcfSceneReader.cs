namespace Kalm.Kernels.Models;

/// <summary>Reads the world body and the actuators of a model file.</summary>
internal sealed class MjcfSceneReader
{
    // far beyond what is simulated fast; work of the compiler grows with their squares
    private const int MaxBodies = 1000;
    private const int MaxGeoms = 5000;
    private const int MaxDofs = 200;
    private const int MaxActuators = 1000;

    private readonly MjcfSettings _settings;
    private readonly MjcfDefaults _defaults;
    private readonly MjcfAssets _assets;
    private readonly Dictionary<string, HashSet<string>> _names = [];
    private int _geoms;
    private int _dofs;

    /// <summary>Reads nothing yet.</summary>
    public MjcfSceneReader(MjcfSettings settings, MjcfDefaults defaults, MjcfAssets assets, MjcfElement root)
    {
        _settings = settings;
        _defaults = defaults;
        _assets = assets;
        Bodies.Add(new(root, null, 0) { Name = "world" });
        _names["body"] = ["world"];
    }

    /// <summary>All bodies, parents before children, the world first.</summary>
    public List<SceneBody> Bodies { get; } = [];

    /// <summary>All actuators.</summary>
    public List<SceneActuator> Actuators { get; } = [];

    /// <summary>Reads a world body element.</summary>
    public void ReadWorld(MjcfElement element)
    {
        element.Allow();
        ReadContent(element, Bodies[0], null);
    }

    /// <summary>Reads an actuator element.</summary>
    public void ReadActuators(MjcfElement element)
    {
        element.Allow();
        element.AllowChildren("motor", "position");
        foreach (MjcfElement child in element.Children) Actuators.Add(ReadActuator(child));
    }

    private void ReadContent(MjcfElement element, SceneBody body, string? childClass)
    {
        element.AllowChildren("body", "inertial", "joint", "freejoint", "geom", "site", "camera", "light");
        List<MjcfElement> children = [];
        foreach (MjcfElement child in element.Children)
        {
            MjcfVocabulary.Check(child);
            bool moving = child.Name is "joint" or "freejoint" or "inertial";
            if (moving && body.Id == 0) throw child.Error("the world has neither joints nor inertia");
            switch (child.Name)
            {
                case "body": children.Add(child); break;
                case "inertial": body.Inertia = ReadInertial(child); break;
                case "joint": body.Joints.Add(ReadJoint(Properties(child, childClass))); break;
                case "freejoint": body.Joints.Add(new(child, Named(child, "joint"), JointType.Free)); break;
                case "geom": body.Geoms.Add(ReadGeom(Properties(child, childClass), body)); break;
                case "site": body.Sites.Add(ReadSite(Properties(child, childClass))); break;
            }
        }

        CheckJoints(body);
        foreach (MjcfElement child in children) ReadBody(child, body, childClass);
    }

    private void ReadBody(MjcfElement element, SceneBody parent, string? childClass)
    {
        if (element.Attributes.TryGetValue("childclass", out string? own))
        {
            childClass = own;
            _defaults.Check(own, element);
        }

        MjcfProperties p = new([], element);
        if (Bodies.Count >= MaxBodies) throw element.Error($"more than {MaxBodies} bodies");
        SceneBody body = new(element, parent, Bodies.Count)
        {
            Name = Named(element, "body"),
            Pos = p.Numbers("pos", [0, 0, 0]),
            Quat = p.Orientation(_settings),
            Mocap = p.Choice("mocap", false, ("true", true), ("false", false)),
        };
        Bodies.Add(body);
        ReadContent(element, body, childClass);
    }

    private void CheckJoints(SceneBody body)
    {
        _dofs += body.Joints.Sum(joint => joint.DofCount);
        if (_dofs > MaxDofs) throw body.Element.Error($"more than {MaxDofs} degrees of freedom");
        bool free = body.Joints.Exists(joint => joint.Type == JointType.Free);
        if (free && body.Joints.Count > 1) throw body.Element.Error("a free joint stands alone in its body");
        if (free && body.Parent!.Id != 0)
            throw body.Element.Error("a free joint is only possible in a child of the world");
        if (body.Joints.Count > 6) throw body.Element.Error("more than 6 degrees of freedom");
        if (body.Mocap && (body.Joints.Count > 0 || body.Parent!.Id != 0))
            throw body.Element.Error("a mocap body is a child of the world without joints");
    }

    private MassProperties ReadInertial(MjcfElement element)
    {
        foreach (string name in (string[])["pos", "mass"])
        {
            if (!element.Attributes.ContainsKey(name)) throw element.Error($"attribute '{name}' is missing");
        }

        MjcfProperties p = new([], element);
        double mass = p.Number("mass", 0);
        double[] pos = p.Numbers("pos", [0, 0, 0]);
        if (p.Holder("fullinertia") is null)
            return new(mass, pos, p.Orientation(_settings), p.Numbers("diaginertia", [0, 0, 0]));
        if (element.Attributes.Keys.Any(name => name is not ("pos" or "mass" or "fullinertia")))
            throw element.Error("fullinertia excludes diaginertia and any orientation");
        double[] m = p.Numbers("fullinertia", new double[6]);
        (double[] moments, double[] quat) =
            GeomInertia.PrincipalAxes([m[0], m[3], m[4], m[3], m[1], m[5], m[4], m[5], m[2]], _settings.Compat);
        if (moments.Min() < 1e-14) throw element.Error("fullinertia", "the matrix is not positive definite");
        return new(mass, pos, quat, moments);
    }

    private SceneJoint ReadJoint(MjcfProperties p)
    {
        JointType type = p.Choice(
            "type", JointType.Hinge, ("free", JointType.Free), ("slide", JointType.Slide), ("hinge", JointType.Hinge));
        double[] range = p.Numbers("range", [0, 0]);
        bool limited = type != JointType.Free && p.Limited("limited", "range", range, _settings.AutoLimits);
        if (limited && range[0] >= range[1])
            throw p.Element.Error("the first number of 'range' must be the smaller one");
        double[] axis = [.. p.Numbers("axis", [0, 0, 1])];
        if (type != JointType.Free && !Rotation.Normalize(axis)) throw p.Element.Error("axis", "the axis is too small");
        bool angular = type == JointType.Hinge;
        return new(p.Element, Named(p.Element, "joint"), type)
        {
            Pos = type == JointType.Free ? [0, 0, 0] : p.Numbers("pos", [0, 0, 0]),
            Axis = type == JointType.Free ? [0, 0, 1] : axis,
            Limited = limited && _settings.Limit,
            Range = limited && angular ? [_settings.Angle(range[0]), _settings.Angle(range[1])] : range,
            Margin = p.Number("margin", 0),
            SolRef = p.Leading("solreflimit", [0.02, 1]),
            SolImp = p.Leading("solimplimit", [0.9, 0.95, 0.001, 0.5, 2]),
            Stiffness = p.Number("stiffness", 0),
            SpringRef = angular ? _settings.Angle(p.Number("springref", 0)) : p.Number("springref", 0),
            Ref = angular ? _settings.Angle(p.Number("ref", 0)) : p.Number("ref", 0),
            Armature = p.Number("armature", 0),
            Damping = p.Number("damping", 0),
        };
    }

    private SceneGeom ReadGeom(MjcfProperties p, SceneBody body)
    {
        GeomType type = p.Choice(
            "type",
            GeomType.Sphere,
            ("plane", GeomType.Plane),
            ("sphere", GeomType.Sphere),
            ("capsule", GeomType.Capsule),
            ("cylinder", GeomType.Cylinder),
            ("box", GeomType.Box),
            ("mesh", GeomType.Mesh));
        if (++_geoms > MaxGeoms) throw p.Element.Error($"more than {MaxGeoms} geoms");
        if (type == GeomType.Plane && IsMoving(body))
            throw p.Element.Error("a plane is only possible in a static body");
        SceneMesh? mesh = type == GeomType.Mesh ? ReadMesh(p) : null;
        (double[] size, double[] pos, double[] quat) = ReadPlace(p, type, mesh?.Shape);
        int condim = p.Integer("condim", 3);
        if (condim is not (1 or 3 or 4 or 6)) throw p.Element.Error("condim", "1, 3, 4 or 6 is expected");
        double? mass = p.Holder("mass") is null ? null : p.Number("mass", 0);
        double density = p.Number("density", 1000);
        if (mass < 0 || density < 0) throw p.Element.Error("mass and density cannot be negative");
        (int conType, int conAffinity) = (p.Integer("contype", 1), p.Integer("conaffinity", 1));
        if (mesh is not null) mesh.NeedsHull |= conType != 0 || conAffinity != 0;
        return new(p.Element, Named(p.Element, "geom"), type)
        {
            Mesh = mesh,
            Size = size,
            Pos = pos,
            Quat = quat,
            Mass = mass,
            Density = density,
            ConType = conType,
            ConAffinity = conAffinity,
            ConDim = condim,
            Group = p.Integer("group", 0),
            Priority = p.Integer("priority", 0),
            Friction = p.Leading("friction", [1, 0.005, 0.0001]),
            SolMix = p.Number("solmix", 1),
            SolRef = p.Leading("solref", [0.02, 1]),
            SolImp = p.Leading("solimp", [0.9, 0.95, 0.001, 0.5, 2]),
            Margin = p.Number("margin", 0),
            Gap = p.Number("gap", 0),
            Rgba = p.Numbers("rgba", [0.5, 0.5, 0.5, 1]),
        };
    }

    private SceneMesh ReadMesh(MjcfProperties p)
    {
        string name = p.Text("mesh") ?? throw p.Element.Error("attribute 'mesh' is missing");
        if (p.Holder("fromto") is not null) throw p.Element.Error("fromto", "not possible for a mesh");
        return _assets.Find(name, p.Holder("mesh")!);
    }

    // size, position and orientation (MuJoCo: mjCGeom::Compile, user_objects.cc)
    private (double[] Size, double[] Pos, double[] Quat) ReadPlace(MjcfProperties p, GeomType type, MeshShape? mesh)
    {
        double[] size = p.Leading("size", [0, 0, 0]);
        double[] pos = p.Numbers("pos", [0, 0, 0]);
        double[] quat = p.Holder("fromto") is { } holder
            ? Stretch(holder.Numbers("fromto", 6, 6), type, size, ref pos, p.Element)
            : p.Orientation(_settings);
        if (mesh is not null)
        {
            // the geom moves with the mesh into the frame of its inertia
            double[] shift = Rotation.Apply(Rotation.ToMatrix(quat), mesh.Pos);
            double[] turn = Rotation.Multiply(quat, mesh.Quat);
            Rotation.Normalize(turn);
            return (mesh.Reach(), [.. pos.Zip(shift, (a, b) => a + b)], turn);
        }

        if (p.Element.Attributes.ContainsKey("mesh"))
            throw p.Element.Error("mesh", "fitting another shape to a mesh is not supported; type=\"mesh\" is");
        int used = type switch { GeomType.Plane => 3, GeomType.Sphere => 1, GeomType.Box => 3, _ => 2 };
        for (int i = type == GeomType.Plane ? 2 : 0; i < used; i++)
        {
            if (size[i] <= 0) throw p.Element.Error($"number {i + 1} of 'size' must be positive for this type of geom");
        }

        return (size, pos, quat);
    }

    // a shape between two points: sets its half-length and position, returns its orientation
    private static double[] Stretch(
        double[] points, GeomType type, double[] size, ref double[] pos, MjcfElement element)
    {
        if (type is GeomType.Plane or GeomType.Sphere)
            throw element.Error("fromto", "only possible for a capsule, a cylinder or a box");
        if (pos.Any(x => x != 0)) throw element.Error("fromto", "excludes 'pos'");
        double[] from = points[..3], to = points[3..];
        double[] axis = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
        double half = Math.Sqrt(Rotation.Dot(axis, axis)) / 2;
        if (!Rotation.Normalize(axis)) throw element.Error("fromto", "the points are too close");
        if (type == GeomType.Box) (size[1], size[2]) = (size[0], half);
        else size[1] = half;
        pos = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2];
        return Rotation.FromZ(axis);
    }

    private SceneSite ReadSite(MjcfProperties p) =>
        new(p.Element, Named(p.Element, "site"), p.Numbers("pos", [0, 0, 0]), p.Orientation(_settings));

    private SceneActuator ReadActuator(MjcfElement element)
    {
        if (Actuators.Count >= MaxActuators) throw element.Error($"more than {MaxActuators} actuators");
        MjcfVocabulary.Check(element);
        MjcfProperties p = Properties(element, null);
        double[] control = p.Numbers("ctrlrange", [0, 0]);
        double[] force = p.Numbers("forcerange", [0, 0]);
        bool controlLimited = p.Limited("ctrllimited", "ctrlrange", control, _settings.AutoLimits);
        bool forceLimited = p.Limited("forcelimited", "forcerange", force, _settings.AutoLimits);
        if (controlLimited && control[0] >= control[1])
            throw element.Error("the first number of 'ctrlrange' must be the smaller one");
        if (forceLimited && force[0] >= force[1])
            throw element.Error("the first number of 'forcerange' must be the smaller one");
        string joint = p.Text("joint") ?? throw element.Error("attribute 'joint' is missing");
        bool servo = element.Name == "position";
        double gain = servo ? p.Number("kp", 1) : 1;
        return new(element, Named(element, "actuator"), joint)
        {
            Gear = p.Leading("gear", [1, 0, 0, 0, 0, 0]),
            ControlLimited = controlLimited && _settings.ClampControl,
            ControlRange = control,
            ForceLimited = forceLimited,
            ForceRange = force,
            Gain = gain,
            Bias = servo ? [0, -gain, 0] : [0, 0, 0],
        };
    }

    private static bool IsMoving(SceneBody body)
    {
        for (SceneBody? b = body; b is not null; b = b.Parent)
        {
            if (b.Joints.Count > 0) return true;
        }

        return false;
    }

    private MjcfProperties Properties(MjcfElement element, string? childClass)
    {
        string? name = element.Attributes.GetValueOrDefault("class") ?? childClass;
        return new(_defaults.Layers(name, element.Name, element), element);
    }

    private string Named(MjcfElement element, string kind)
    {
        string name = element.Attributes.GetValueOrDefault("name", "");
        if (!_names.TryGetValue(kind, out HashSet<string>? taken)) _names[kind] = taken = [];
        if (name.Length > 0 && !taken.Add(name)) throw element.Error("name", $"another {kind} has this name");
        return name;
    }
}
