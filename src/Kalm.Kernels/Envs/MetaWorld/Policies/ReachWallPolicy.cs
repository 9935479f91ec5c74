using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of reach-wall (sawyer_reach_wall_v3_policy.py).</summary>
internal readonly struct ReachWallPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        // up while the wall is in the way
        Vec3<TLane> hand = observation.Hand;
        TLane wall = RewardTools.Within(hand.X, -0.1, 0.3) & RewardTools.Within(hand.Y, 0.6, 0.8)
            & (hand.Z < TLane.Const(0.25));
        Vec3<TLane> to = Vec3<TLane>.Select(
            wall, observation.Goal + RewardTools.Constant<TLane>(0, 0, 1), observation.Goal);
        return new(TLane.Const(5) * (to - hand), TLane.Const(0));
    }
}
