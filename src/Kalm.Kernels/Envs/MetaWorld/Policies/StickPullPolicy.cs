using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of stick-pull (sawyer_stick_pull_v3_policy.py).</summary>
internal readonly struct StickPullPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> offset = RewardTools.Constant<TLane>(-0.015, 0, 0.03);
        Vec3<TLane> stick = observation.Object + offset;
        Vec3<TLane> thermos = observation.Object2 + offset;
        Vec3<TLane> goal = observation.Goal + RewardTools.Constant<TLane>(-0.05, 0, 0);
        return StickScene.Act(hand, stick, thermos, goal, 25);
    }
}
