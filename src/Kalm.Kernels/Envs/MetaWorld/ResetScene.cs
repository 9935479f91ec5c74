namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// One world during its reset, as a task sees it: the counterpart of self.model, self.data and the attributes of a
/// SawyerXYZEnv. Names are those of the scene.
/// </summary>
/// <remarks>
/// Positions are those of the last forward, as in MuJoCo: writing a body's position or a coordinate changes nothing
/// that is read here until <see cref="Forward"/> runs. What the original keeps as a live view of mjData (body(…).xpos
/// without copy) changes with every later step and must not be stored here but read in the kernel.
/// </remarks>
public abstract class ResetScene
{
    /// <summary>Goal position (_target_pos), m.</summary>
    public Point Target { get; set; }

    /// <summary>Initial position of the object (obj_init_pos), m.</summary>
    public Point ObjectInit { get; set; }

    /// <summary>
    /// Point between the finger tips after the hand's reset (init_tcp), m; tasks that take it again later set it.
    /// </summary>
    public Point TcpInit { get; set; }

    /// <summary>Point between the finger tips as of the last forward (tcp_center), m.</summary>
    public Point Tcp
    {
        get
        {
            Point sum = Position("site:rightEndEffector") + Position("site:leftEndEffector");
            return new(sum.X / 2, sum.Y / 2, sum.Z / 2);
        }
    }

    /// <summary>Number of coordinates.</summary>
    public abstract int CoordinateCount { get; }

    /// <summary>Number of velocities.</summary>
    public abstract int VelocityCount { get; }

    /// <summary>
    /// The random vector of the goal, or a newly drawn one where goals are not fixed (_get_state_rand_vec).
    /// </summary>
    public abstract IReadOnlyList<double> RandomVector();

    /// <summary>Position of "body:name", "geom:name" or "site:name", m.</summary>
    public abstract Point Position(string handle);

    /// <summary>Orientation of "body:name" or "geom:name", 9 numbers, row-major.</summary>
    public abstract IReadOnlyList<double> Matrix(string handle);

    /// <summary>One coordinate (data.qpos[index]).</summary>
    public abstract double GetCoordinate(int index);

    /// <summary>Sets one coordinate.</summary>
    public abstract void SetCoordinate(int index, double value);

    /// <summary>One velocity (data.qvel[index]).</summary>
    public abstract double GetVelocity(int index);

    /// <summary>Sets one velocity.</summary>
    public abstract void SetVelocity(int index, double value);

    /// <summary>First coordinate of a joint (jnt_qposadr).</summary>
    public abstract int CoordinateOf(string joint);

    /// <summary>First velocity of a joint (jnt_dofadr).</summary>
    public abstract int VelocityOf(string joint);

    /// <summary>Moves a body of <see cref="TaskSpec.MovedBodies"/> in its parent (model.body(name).pos), m.</summary>
    public abstract void SetBodyPosition(string body, Point position);

    /// <summary>Position of a body in its parent (model.body(name).pos), m.</summary>
    public abstract Point GetBodyPosition(string body);

    /// <summary>Moves a site of <see cref="TaskSpec.MovedSites"/> in its body (model.site(name).pos), m.</summary>
    public abstract void SetSitePosition(string site, Point position);

    /// <summary>Runs the simulation's forward: what set_state does after writing (mj_forward).</summary>
    public abstract void Forward();

    /// <summary>Runs whole steps of the simulation with the hand's target and effort as they are (mj_step).</summary>
    public abstract void Step(int count);

    /// <summary>Stores what the rewards remember.</summary>
    public abstract void SetMemory(int index, double value);

    /// <summary>Stores a point in three places of the memory.</summary>
    public void SetMemory(int index, Point value)
    {
        SetMemory(index, value.X);
        SetMemory(index + 1, value.Y);
        SetMemory(index + 2, value.Z);
    }

    /// <summary>The base class's _set_obj_xyz: qpos[9:12] := position, qvel[9:15] := 0, forward.</summary>
    public void SetObject(Point position)
    {
        SetCoordinate(9, position.X);
        SetCoordinate(10, position.Y);
        SetCoordinate(11, position.Z);
        for (int i = 9; i < Math.Min(15, VelocityCount); i++) SetVelocity(i, 0);
        Forward();
    }

    /// <summary>The one-joint form of _set_obj_xyz: qpos[9] := value, qvel[9] := 0, forward.</summary>
    public void SetObjectJoint(double value)
    {
        SetCoordinate(9, value);
        SetVelocity(9, 0);
        Forward();
    }
}
