using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of hammer (sawyer_hammer_v3_policy.py).</summary>
internal readonly struct HammerPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> hammer = observation.Object + RewardTools.Constant<TLane>(-0.04, 0, -0.01);
        Vec3<TLane> goal = RewardTools.Constant<TLane>(0.24 - 0.19, 0.71, 0.11 + 0.05);

        // above the hammer, down on it while it lies, in line with the nail, onto it
        TLane away = RewardTools.LengthXY(hand - hammer) > TLane.Const(0.04);
        TLane high = (TLane.Abs(hand.Z - hammer.Z) > TLane.Const(0.05)) & (hammer.Z < TLane.Const(0.03));
        TLane aside = RewardTools.LengthXZ(hand - goal) > TLane.Const(0.02);
        Vec3<TLane> to = Vec3<TLane>.Select(aside, new(goal.X, hand.Y, goal.Z), goal);
        to = Vec3<TLane>.Select(high, hammer + RewardTools.Constant<TLane>(0, 0, 0.03), to);
        to = Vec3<TLane>.Select(away, hammer + RewardTools.Constant<TLane>(0, 0, 0.1), to);
        TLane open = away | (TLane.Abs(hand.Z - hammer.Z) > TLane.Const(0.1));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.8)));
    }
}
