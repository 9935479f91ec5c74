using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics.Collision;

namespace Kalm.Kernels.Physics;

/// <summary>One time step, stage by stage (mj_step, mj_forward in engine_forward.c): the file to read first.</summary>
/// <remarks>
/// A world whose state is not finite or above 1e10 goes back to the reference pose at rest and is counted; where
/// MuJoCo goes on with that step, the world here ends the step in the reference pose.
/// </remarks>
public static class Forward
{
    private const double MaxValue = 1e10;

    /// <summary>Advances every world by one time step (mj_step).</summary>
    public static void Step<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Step<TLane, TRows, NoStageClock>(rows, model, data);

    /// <summary>The same with a clock that is told of every <see cref="StepStage"/>.</summary>
    public static void Step<TLane, TRows, TClock>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TClock : struct, IStageClock
    {
        TClock.Start();
        CheckState<TLane, TRows>(rows, model, data);
        Positional<TLane, TRows, TClock>(rows, model, data);
        Control<TLane, TRows, TClock>(rows, model, data);
        Advance<TLane, TRows, TClock>(rows, model, data);
    }

    /// <summary>
    /// Advances every world by one time step whose positional part is up to date, and brings it up to date again: steps
    /// of this kind, then <c>Control</c>, are mj_steps followed by mj_forward without a stage done twice.
    /// </summary>
    public static void StepAhead<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => StepAhead<TLane, TRows, NoStageClock>(rows, model, data);

    /// <summary>The same with a clock that is told of every <see cref="StepStage"/>.</summary>
    public static void StepAhead<TLane, TRows, TClock>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TClock : struct, IStageClock
    {
        TClock.Start();
        Control<TLane, TRows, TClock>(rows, model, data);
        Advance<TLane, TRows, TClock>(rows, model, data);
        CheckState<TLane, TRows>(rows, model, data);
        Positional<TLane, TRows, TClock>(rows, model, data);
    }

    /// <summary>Computes accelerations from state and controls (mj_forward).</summary>
    public static void Run<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Positional<TLane, TRows>(rows, model, data);
        Control<TLane, TRows>(rows, model, data);
    }

    /// <summary>
    /// Everything that does not depend on controls and mocap bodies: frames, inertia, contacts, their constraints,
    /// velocities and the forces that follow.
    /// </summary>
    /// <remarks>
    /// A pure function of qpos, qvel and what the world has of the model: where those are unchanged, so are the bits it
    /// writes, whatever it wrote before and whatever happens to other worlds. Where mocap bodies collide, contacts are
    /// those of their place at this time.
    /// </remarks>
    public static void Positional<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Positional<TLane, TRows, NoStageClock>(rows, model, data);

    private static void Positional<TLane, TRows, TClock>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TClock : struct, IStageClock
    {
        Kinematics.Guide<TLane, TRows>(rows, model, data);
        Position<TLane, TRows>(rows, model, data);
        TClock.Mark((int)StepStage.Position);

        // overflow is counted by the stages that use what was found, so that finding it again changes nothing
        TLane overflow = rows.Load(data.overflow);
        Narrow.Run<TLane, TRows>(rows, model, data);
        TClock.Mark((int)StepStage.Collision);
        Constraint.Run<TLane, TRows>(rows, model, data);
        rows.Store(data.overflowing, rows.Load(data.overflow) - overflow);
        rows.Store(data.overflow, overflow);
        TClock.Mark((int)StepStage.Constraint);
        Velocity<TLane, TRows>(rows, model, data);
        TClock.Mark((int)StepStage.Velocity);
    }

    /// <summary>
    /// The rest of mj_forward, after <c>Positional</c>: mocap bodies, actuators, accelerations. May be repeated
    /// with other controls.
    /// </summary>
    public static void Control<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => Control<TLane, TRows, NoStageClock>(rows, model, data);

    /// <summary>The same with a clock that is told of every <see cref="StepStage"/>.</summary>
    public static void Control<TLane, TRows, TClock>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TClock : struct, IStageClock
    {
        rows.Store(data.overflow, rows.Load(data.overflow) + rows.Load(data.overflowing));
        Kinematics.Guide<TLane, TRows>(rows, model, data);
        Weld.Run<TLane, TRows>(rows, model, data);
        Acceleration<TLane, TRows>(rows, model, data);
        TClock.Mark((int)StepStage.Acceleration);
        Solver.Run<TLane, TRows>(rows, model, data);
        TClock.Mark((int)StepStage.Solver);
    }

    /// <summary>Integrates, after <c>Control</c>; worlds with a bad acceleration are reset (mj_checkAcc).</summary>
    private static void Advance<TLane, TRows, TClock>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
        where TClock : struct, IStageClock
    {
        TLane bad = Bad<TLane, TRows>(rows, data.qacc, model.nv);
        Integrator.Euler<TLane, TRows>(rows, model, data);
        ResetBad<TLane, TRows>(rows, model, data, bad);
        TClock.Mark((int)StepStage.Integrator);
    }

    /// <summary>Where everything is, and its inertia (mj_fwdPosition without collision).</summary>
    public static void Position<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Kinematics.Run<TLane, TRows>(rows, model, data);
        Com.Run<TLane, TRows>(rows, model, data);
        Inertia.Crb<TLane, TRows>(rows, model, data);
        Inertia.Factor<TLane, TRows>(rows, model, data);
    }

    /// <summary>Velocities and the forces that follow from them (mj_fwdVelocity).</summary>
    public static void Velocity<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Rne.ComVel<TLane, TRows>(rows, model, data);
        Passive.Run<TLane, TRows>(rows, model, data);
        Rne.Run<TLane, TRows>(rows, model, data);
    }

    /// <summary>Actuation and the acceleration without constraints (mj_fwdActuation, mj_fwdAcceleration).</summary>
    public static void Acceleration<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Actuation.Run<TLane, TRows>(rows, model, data);
        for (int dof = 0; dof < model.nv; dof++)
        {
            TLane passive = rows.Load(data.qfrc_passive + dof) - rows.Load(data.qfrc_bias + dof);
            rows.Store(data.qfrc_smooth + dof, passive + rows.Load(data.qfrc_actuator + dof));
        }

        Inertia.Solve<TLane, TRows>(rows, model, data, data.qacc_smooth, data.qfrc_smooth);
    }

    /// <summary>
    /// Once per bundle, before anything else: what worlds have of the model begins with its values, what never changes
    /// is written, all worlds are reset.
    /// </summary>
    public static void Initialize<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < data.ninitial; i++)
        {
            int first = rows.Integer(data.initial + (3 * i));
            int value = rows.Integer(data.initial + (3 * i) + 1);
            int count = rows.Integer(data.initial + (3 * i) + 2);
            for (int k = 0; k < count; k++) rows.Store(first + k, rows.Constant(value + k));
        }

        Place<TLane, TRows>(rows, model, data);
        Reset<TLane, TRows>(rows, model, data, TLane.Same(TLane.Const(0), TLane.Const(0)));
    }

    /// <summary>
    /// What does not change from step to step. Pure, to be run again for a bundle where a world got another place for a
    /// body or a site that does not move.
    /// </summary>
    public static void Place<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Kinematics.Place<TLane, TRows>(rows, model, data);
        Inertia.Place<TLane, TRows>(rows, model, data);
        Narrow.Place<TLane, TRows>(rows, data);
    }

    /// <summary>Puts worlds into the reference pose at rest, time 0, no control (mj_resetData).</summary>
    public static void Reset<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Set<TLane, TRows>(rows, data.qpos, model.qpos0, model.nq, worlds);
        Clear<TLane, TRows>(rows, data.qvel, model.nv, worlds);
        ResetInternal<TLane, TRows>(rows, model, data, worlds);
    }

    /// <summary>
    /// Everything a reset clears besides qpos and qvel: controls, warm start, time; mocap bodies return to their place
    /// in the model.
    /// </summary>
    public static void ResetInternal<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < model.nmocap; i++)
        {
            int offset = rows.Integer(data.mocap_offset + i);
            Set<TLane, TRows>(rows, data.mocap_pos + (3 * i), offset, 3, worlds);
            Set<TLane, TRows>(rows, data.mocap_quat + (4 * i), offset + 3, 4, worlds);
        }

        Clear<TLane, TRows>(rows, data.ctrl, model.nu, worlds);
        Clear<TLane, TRows>(rows, data.qacc_warmstart, model.nv, worlds);
        Clear<TLane, TRows>(rows, data.time, 1, worlds);
    }

    /// <summary>Resets the worlds with a bad state (mj_checkPos, mj_checkVel).</summary>
    public static void CheckState<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane bad = Bad<TLane, TRows>(rows, data.qpos, model.nq) | Bad<TLane, TRows>(rows, data.qvel, model.nv);
        ResetBad<TLane, TRows>(rows, model, data, bad);
    }

    private static void ResetBad<TLane, TRows>(TRows rows, in ModelRows model, in DataRows data, TLane bad)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (!TLane.Any(bad)) return;
        Reset<TLane, TRows>(rows, model, data, bad);
        TLane count = rows.Load(data.nreset);
        rows.Store(data.nreset, TLane.Select(bad, count + TLane.Const(1), count));
    }

    private static void Set<TLane, TRows>(TRows rows, int first, int constants, int count, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < count; i++)
            rows.Store(first + i, TLane.Select(worlds, rows.Constant(constants + i), rows.Load(first + i)));
    }

    private static void Clear<TLane, TRows>(TRows rows, int first, int count, TLane worlds)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = first; i < first + count; i++)
            rows.Store(i, TLane.Select(worlds, TLane.Const(0), rows.Load(i)));
    }

    /// <summary>Worlds with a value that is not a number or above 1e10 (mju_isBad).</summary>
    private static TLane Bad<TLane, TRows>(TRows rows, int first, int count)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // a comparison with NaN is false
        TLane bad = TLane.Const(0);
        for (int i = first; i < first + count; i++) bad |= ~(TLane.Abs(rows.Load(i)) <= TLane.Const(MaxValue));
        return bad;
    }
}
