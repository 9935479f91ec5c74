using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of stick-push (sawyer_stick_push_v3_policy.py).</summary>
internal readonly struct StickPushPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> stick = observation.Object + RewardTools.Constant<TLane>(0.015, 0, 0.03);
        Vec3<TLane> goal = observation.Goal + RewardTools.Constant<TLane>(0, 0, 0.132);
        return StickScene.Act(hand, stick, observation.Object2, goal, 10);
    }
}
