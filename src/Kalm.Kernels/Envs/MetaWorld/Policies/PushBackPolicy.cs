using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of push-back (sawyer_push_back_v3_policy.py).</summary>
internal readonly struct PushBackPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> block = observation.Object;

        // above the block, down on it, to the goal at a height above the hand's by the goal's
        TLane away = RewardTools.LengthXY(hand - block) > TLane.Const(0.04);
        TLane height = TLane.Abs(hand.Z - block.Z);
        Vec3<TLane> goal = observation.Goal + new Vec3<TLane>(TLane.Const(0), TLane.Const(0), hand.Z);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, block + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                height > TLane.Const(0.055), block, goal));
        TLane open = away | (height > TLane.Const(0.05));
        return new(TLane.Const(10) * (to - hand), TLane.Select(open, TLane.Const(0), TLane.Const(0.9)));
    }
}
