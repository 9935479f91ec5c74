namespace Kalm.Kernels.Models;

/// <summary>A model file as read.</summary>
/// <param name="Bodies">All bodies, parents before children, the world first.</param>
/// <param name="Actuators">All actuators.</param>
/// <param name="Meshes">All meshes.</param>
/// <param name="Equalities">All equality constraints.</param>
internal sealed record Scene(
    IReadOnlyList<SceneBody> Bodies,
    IReadOnlyList<SceneActuator> Actuators,
    IReadOnlyList<SceneMesh> Meshes,
    IReadOnlyList<SceneEquality> Equalities);

/// <summary>A body as read, with its parts compiled into numbers.</summary>
internal sealed class SceneBody(MjcfElement element, SceneBody? parent, int id)
{
    /// <summary>Where it was read.</summary>
    public MjcfElement Element { get; } = element;

    /// <summary>Parent, null: this is the world.</summary>
    public SceneBody? Parent { get; } = parent;

    /// <summary>Number of the body.</summary>
    public int Id { get; } = id;

    /// <summary>Name, empty: none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is moved by the caller.</summary>
    public bool Mocap { get; init; }

    /// <summary>Position in the parent, (3).</summary>
    public double[] Pos { get; init; } = [0, 0, 0];

    /// <summary>Orientation in the parent, (4).</summary>
    public double[] Quat { get; init; } = [1, 0, 0, 0];

    /// <summary>Mass, center, axes and moments of inertia; null until known.</summary>
    public MassProperties? Inertia { get; set; }

    /// <summary>Joints in order.</summary>
    public List<SceneJoint> Joints { get; } = [];

    /// <summary>Geoms in order.</summary>
    public List<SceneGeom> Geoms { get; } = [];

    /// <summary>Sites in order.</summary>
    public List<SceneSite> Sites { get; } = [];
}

/// <summary>A joint as read.</summary>
internal sealed record SceneJoint(MjcfElement Element, string Name, JointType Type)
{
    /// <summary>Coordinates in qpos.</summary>
    public int PositionCount => Type == JointType.Free ? 7 : 1;

    /// <summary>Degrees of freedom.</summary>
    public int DofCount => Type == JointType.Free ? 6 : 1;

    /// <summary>Anchor, (3).</summary>
    public double[] Pos { get; init; } = [0, 0, 0];

    /// <summary>Unit axis, (3).</summary>
    public double[] Axis { get; init; } = [0, 0, 1];

    /// <summary>Whether the range is a limit.</summary>
    public bool Limited { get; init; }

    /// <summary>Limits, (2).</summary>
    public double[] Range { get; init; } = [0, 0];

    /// <summary>Margin of the limit.</summary>
    public double Margin { get; init; }

    /// <summary>Constraint reference of the limit, (2).</summary>
    public double[] SolRef { get; init; } = [0.02, 1];

    /// <summary>Constraint impedance of the limit, (5).</summary>
    public double[] SolImp { get; init; } = [0.9, 0.95, 0.001, 0.5, 2];

    /// <summary>Spring stiffness.</summary>
    public double Stiffness { get; init; }

    /// <summary>Coordinate at which the spring rests.</summary>
    public double SpringRef { get; init; }

    /// <summary>Coordinate of the reference pose.</summary>
    public double Ref { get; init; }

    /// <summary>Added inertia.</summary>
    public double Armature { get; init; }

    /// <summary>Damping.</summary>
    public double Damping { get; init; }
}

/// <summary>A geom as read.</summary>
internal sealed record SceneGeom(MjcfElement Element, string Name, GeomType Type)
{
    /// <summary>Mesh, of a mesh geom.</summary>
    public SceneMesh? Mesh { get; init; }

    /// <summary>Size parameters, (3).</summary>
    public double[] Size { get; init; } = [0, 0, 0];

    /// <summary>Position in the body, (3).</summary>
    public double[] Pos { get; init; } = [0, 0, 0];

    /// <summary>Orientation in the body, (4).</summary>
    public double[] Quat { get; init; } = [1, 0, 0, 0];

    /// <summary>Mass where it is given.</summary>
    public double? Mass { get; init; }

    /// <summary>Density, used where no mass is given.</summary>
    public double Density { get; init; }

    /// <summary>Collision type bits.</summary>
    public int ConType { get; init; }

    /// <summary>Collision affinity bits.</summary>
    public int ConAffinity { get; init; }

    /// <summary>Contact dimensionality.</summary>
    public int ConDim { get; init; }

    /// <summary>Group.</summary>
    public int Group { get; init; }

    /// <summary>Contact priority.</summary>
    public int Priority { get; init; }

    /// <summary>Friction, (3).</summary>
    public double[] Friction { get; init; } = [];

    /// <summary>Mixing weight.</summary>
    public double SolMix { get; init; }

    /// <summary>Constraint reference, (2).</summary>
    public double[] SolRef { get; init; } = [];

    /// <summary>Constraint impedance, (5).</summary>
    public double[] SolImp { get; init; } = [];

    /// <summary>Margin.</summary>
    public double Margin { get; init; }

    /// <summary>Gap.</summary>
    public double Gap { get; init; }

    /// <summary>Color, (4).</summary>
    public double[] Rgba { get; init; } = [];
}

/// <summary>A site as read.</summary>
/// <param name="Element">Where it was read.</param>
/// <param name="Name">Name, empty: none.</param>
/// <param name="Pos">Position in the body, (3).</param>
/// <param name="Quat">Orientation in the body, (4).</param>
internal sealed record SceneSite(MjcfElement Element, string Name, double[] Pos, double[] Quat);

/// <summary>A weld as read.</summary>
internal sealed record SceneEquality(MjcfElement Element, string Name)
{
    /// <summary>Name of the first body.</summary>
    public string Body1 { get; init; } = "";

    /// <summary>Name of the second body.</summary>
    public string Body2 { get; init; } = "";

    /// <summary>Whether it starts active.</summary>
    public bool Active { get; init; }

    /// <summary>Constraint reference, (2).</summary>
    public double[] SolRef { get; init; } = [];

    /// <summary>Constraint impedance, (5).</summary>
    public double[] SolImp { get; init; } = [];

    /// <summary>Anchor, position, orientation (zero: as in the reference pose), torque scale, (11).</summary>
    public double[] Data { get; init; } = [];
}

/// <summary>An actuator as read.</summary>
internal sealed record SceneActuator(MjcfElement Element, string Name, string Joint)
{
    /// <summary>Gear, (6).</summary>
    public double[] Gear { get; init; } = [];

    /// <summary>Whether the control is clamped.</summary>
    public bool ControlLimited { get; init; }

    /// <summary>Range of the control, (2).</summary>
    public double[] ControlRange { get; init; } = [];

    /// <summary>Whether the force is clamped.</summary>
    public bool ForceLimited { get; init; }

    /// <summary>Range of the force, (2).</summary>
    public double[] ForceRange { get; init; } = [];

    /// <summary>Force per unit of control.</summary>
    public double Gain { get; init; }

    /// <summary>Constant, length and velocity part of the bias force, (3).</summary>
    public double[] Bias { get; init; } = [];
}
