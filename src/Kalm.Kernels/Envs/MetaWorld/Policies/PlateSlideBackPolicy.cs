using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of plate-slide-back (sawyer_plate_slide_back_v3_policy.py).</summary>
internal readonly struct PlateSlideBackPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> plate = observation.Object + RewardTools.Constant<TLane>(0, -0.065, 0.025);

        // into the plate, back to y = 0.7, to the right up to y = 0.6, then to the left
        TLane away = RewardTools.LengthXY(hand - plate) > TLane.Const(0.01);
        TLane apart = TLane.Abs(hand.Z - plate.Z) > TLane.Const(0.04);
        Vec3<TLane> right = new(TLane.Const(0.15), TLane.Const(0.55), hand.Z);
        Vec3<TLane> left = new(hand.X - TLane.Const(0.1), TLane.Const(0.55), hand.Z);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, plate + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                apart, plate, Vec3<TLane>.Select(
                    hand.Y > TLane.Const(0.7), hand + RewardTools.Constant<TLane>(0, -0.1, 0), Vec3<TLane>.Select(
                        hand.Y > TLane.Const(0.6), right, left))));
        return new(TLane.Const(10) * (to - hand), TLane.Const(-1));
    }
}
