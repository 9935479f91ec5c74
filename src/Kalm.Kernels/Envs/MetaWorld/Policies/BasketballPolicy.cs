using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of basketball (sawyer_basketball_v3_policy.py).</summary>
internal readonly struct BasketballPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> ball = observation.Object;
        Vec3<TLane> grip = ball + RewardTools.Constant<TLane>(0, 0, 0.01);

        // the hoop's depth varies little and its height not at all
        Vec3<TLane> hoop = new(observation.Goal.X, TLane.Const(0.875), TLane.Const(0.35));

        // above the ball, down on it, up, to the hoop
        TLane away = RewardTools.LengthXY(hand - grip) > TLane.Const(0.04);
        TLane high = TLane.Abs(hand.Z - grip.Z) > TLane.Const(0.025);
        TLane low = TLane.Abs(grip.Z - hoop.Z) > TLane.Const(0.025);
        Vec3<TLane> to = Vec3<TLane>.Select(low, new(hand.X, hand.Y, hoop.Z), hoop);
        to = Vec3<TLane>.Select(high, grip, to);
        to = Vec3<TLane>.Select(away, grip + RewardTools.Constant<TLane>(0, 0, 0.3), to);
        TLane open = (RewardTools.LengthXY(hand - ball) > TLane.Const(0.04))
            | (TLane.Abs(hand.Z - ball.Z) > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.6)));
    }
}
