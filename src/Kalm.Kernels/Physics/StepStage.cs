namespace Kalm.Kernels.Physics;

/// <summary>The stages of a time step, as <see cref="Forward"/> tells them to a clock.</summary>
public enum StepStage
{
    /// <summary>Kinematics, centers of mass, inertia matrix and its factor.</summary>
    Position,

    /// <summary>Contacts.</summary>
    Collision,

    /// <summary>Constraint rows of contacts and limits.</summary>
    Constraint,

    /// <summary>Velocities, damping, bias forces.</summary>
    Velocity,

    /// <summary>Actuators and the acceleration without constraints.</summary>
    Acceleration,

    /// <summary>Newton's method for the constraint forces.</summary>
    Solver,

    /// <summary>State checks and integration.</summary>
    Integrator,
}
