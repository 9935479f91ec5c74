using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of plate-slide-back-side (sawyer_plate_slide_back_side_v3_policy.py).</summary>
internal readonly struct PlateSlideBackSidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> plate = observation.Object + RewardTools.Constant<TLane>(0.023, 0, 0.025);

        // above the plate, down into it, to the right
        TLane away = RewardTools.LengthXY(hand - plate) > TLane.Const(0.01);
        TLane apart = TLane.Abs(hand.Z - plate.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, plate + RewardTools.Constant<TLane>(0, 0, 0.07), Vec3<TLane>.Select(
                apart, plate, new(hand.X + TLane.Const(0.1), TLane.Const(0.6), hand.Z)));
        return new(TLane.Const(10) * (to - hand), TLane.Const(1));
    }
}
