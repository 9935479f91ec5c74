using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// One step of the environment: the pusher is put beside a ball and driven, the simulation runs, the goal is judged.
/// One launch does all of it, so that a bundle stays in the caches. Source: step_perfect_noi and do_simulation of
/// google-research/clevr_robot_env, env.py.
/// </summary>
/// <param name="model">Addresses of the model.</param>
/// <param name="data">Rows of the simulation.</param>
/// <param name="env">Rows of the environment.</param>
/// <param name="offset">Offset of the relation reward, m.</param>
internal readonly struct ClevrStep(ModelRows model, DataRows data, ClevrEnvRows env, double offset) : IKernel
{
    /// <summary>Simulation steps of an action.</summary>
    public const int Substeps = 40;

    /// <summary>Distance of the pusher behind the ball's center, in units of the direction, m.</summary>
    private const double StartDistance = 0.15;

    /// <inheritdoc/>
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane active = rows.Load(env.Active) > TLane.Const(0);
        if (!TLane.Any(active)) return;
        bool someRest = TLane.Any(~active);
        if (someRest) Save<TLane, TRows>(rows);

        Observe<TLane, TRows>(rows, env.Previous);
        PlacePusher<TLane, TRows>(rows);
        for (int i = 0; i < Substeps; i++) Forward.Step<TLane, TRows>(rows, model, data);
        if (someRest) Restore<TLane, TRows>(rows, active);
        Observe<TLane, TRows>(rows, env.Current);

        // judge and pay
        var at = new ClevrRows(env.Previous, env.Current, env.Goal, env.Action);
        TLane success = ClevrJudge.Success<TLane, TRows>(rows, at);
        rows.Store(env.Reward, ClevrReward.Step(rows, at, success, offset));
        rows.Store(env.Success, TLane.Select(success, TLane.Const(1), TLane.Const(0)));
    }

    /// <summary>Copies the x and y of the balls.</summary>
    private void Observe<TLane, TRows>(TRows rows, int target)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int ball = 0; ball < ClevrGoal.BallCount; ball++)
        {
            rows.Store(target + (2 * ball), rows.Load(data.qpos + (7 * ball)));
            rows.Store(target + (2 * ball) + 1, rows.Load(data.qpos + (7 * ball) + 1));
        }
    }

    /// <summary>
    /// Puts the pusher at rest behind the ball, driven in the direction; the balls keep their velocities.
    /// </summary>
    private void PlacePusher<TLane, TRows>(TRows rows)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane zero = TLane.Const(0);
        TLane action = rows.Load(env.Action);
        TLane ball = ClevrActions.BallLane(action);
        TLane direction = action - (ball * TLane.Const(ClevrActions.DirectionCount));
        TLane x = ClevrActions.DirectionXLane(direction);
        TLane y = ClevrActions.DirectionYLane(direction);
        TLane place = TLane.MulAdd(ball, TLane.Const(2), TLane.Const(env.Previous));
        TLane ballX = rows.Gather(place);
        TLane ballY = rows.Gather(place + TLane.Const(1));

        Forward.ResetInternal<TLane, TRows>(rows, model, data, TLane.Same(zero, zero));
        rows.Store(data.qpos + model.nq - 2, ballX - (x * TLane.Const(StartDistance)));
        rows.Store(data.qpos + model.nq - 1, ballY - (y * TLane.Const(StartDistance)));
        rows.Store(data.qvel + model.nv - 2, zero);
        rows.Store(data.qvel + model.nv - 1, zero);
        rows.Store(data.ctrl, x);
        rows.Store(data.ctrl + 1, y);
    }

    private void Save<TLane, TRows>(TRows rows)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < model.nq; i++) rows.Store(env.Saved + i, rows.Load(data.qpos + i));
        for (int i = 0; i < model.nv; i++) rows.Store(env.Saved + model.nq + i, rows.Load(data.qvel + i));
    }

    private void Restore<TLane, TRows>(TRows rows, TLane active)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        for (int i = 0; i < model.nq; i++)
            rows.Store(data.qpos + i, TLane.Select(active, rows.Load(data.qpos + i), rows.Load(env.Saved + i)));
        for (int i = 0; i < model.nv; i++)
        {
            TLane saved = rows.Load(env.Saved + model.nq + i);
            rows.Store(data.qvel + i, TLane.Select(active, rows.Load(data.qvel + i), saved));
        }
    }
}
