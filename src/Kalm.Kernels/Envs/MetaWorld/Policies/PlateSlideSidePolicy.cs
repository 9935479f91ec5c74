using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of plate-slide-side (sawyer_plate_slide_side_v3_policy.py).</summary>
internal readonly struct PlateSlideSidePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> plate = observation.Object + RewardTools.Constant<TLane>(0.07, 0, -0.005);

        // above the far side, down, along y = 0.6, in the end to the plate
        TLane away = RewardTools.LengthXY(hand - plate) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - plate.Z) > TLane.Const(0.04);
        Vec3<TLane> along = new(hand.X - TLane.Const(0.1), TLane.Const(0.6), hand.Z);
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, plate + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                apart, plate, Vec3<TLane>.Select(
                    hand.X > TLane.Const(-0.2), along, plate + RewardTools.Constant<TLane>(-0.1, 0, 0))));
        return new(TLane.Const(25) * (to - hand), TLane.Const(1));
    }
}
