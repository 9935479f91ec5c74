using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of soccer (sawyer_soccer_v3_policy.py).</summary>
internal readonly struct SoccerPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> ball = observation.Object + RewardTools.Constant<TLane>(0, 0, 0.03);

        // to the side of the ball that is away from the goal, high while over the ball, then to the ball
        TLane over = RewardTools.LengthXY(hand - ball) < TLane.Const(0.02);
        TLane z = TLane.Select(over, TLane.Const(0.1), TLane.Const(0.03));
        TLane side = ball.X - observation.Goal.X;
        TLane left = side < TLane.Const(-0.05);
        TLane right = side > TLane.Const(0.05);
        TLane x = TLane.Select(
            left, ball.X - TLane.Const(0.03), TLane.Select(right, ball.X + TLane.Const(0.03), ball.X));
        TLane y = TLane.Select(left | right, ball.Y, ball.Y - TLane.Const(0.03));
        Vec3<TLane> start = new(x, y, z);
        Vec3<TLane> to = Vec3<TLane>.Select(Vec3<TLane>.Length(hand - start) > TLane.Const(0.01), start, ball);
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}
