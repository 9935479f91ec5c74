using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of plate-slide (sawyer_plate_slide_v3_policy.py).</summary>
internal readonly struct PlateSlidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> plate = observation.Object + RewardTools.Constant<TLane>(0, -0.055, 0.03);

        // above the near edge, down, into the net
        TLane aligned = RewardTools.LengthXY(hand - plate) <= TLane.Const(0.03);
        TLane apart = TLane.Abs(hand.Z - plate.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            ~aligned, plate + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                apart, plate, new(observation.Goal.X, TLane.Const(0.9), plate.Z)));
        return new(TLane.Const(10) * (to - hand), TLane.Const(-1));
    }
}
