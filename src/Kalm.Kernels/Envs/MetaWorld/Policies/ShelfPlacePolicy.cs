using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of shelf-place (sawyer_shelf_place_v3_policy.py).</summary>
internal readonly struct ShelfPlacePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> block = observation.Object;
        Vec3<TLane> grip = block + RewardTools.Constant<TLane>(-0.005, 0, 0.015);
        TLane shelf = observation.Goal.X;

        // over the block, down, in front of the shelf, up, forward
        TLane away = RewardTools.LengthXY(hand - grip) > TLane.Const(0.04);
        TLane apart = TLane.Abs(hand.Z - grip.Z) > TLane.Const(0.04);
        TLane aside = TLane.Abs(hand.X - shelf) > TLane.Const(0.02);
        Vec3<TLane> carry = Vec3<TLane>.Select(
            hand.Z < TLane.Const(0.3),
            hand + RewardTools.Constant<TLane>(0, 0, 0.3),
            hand + RewardTools.Constant<TLane>(0, 0.05, 0));
        Vec3<TLane> to = Vec3<TLane>.Select(
            away, grip + RewardTools.Constant<TLane>(0, 0, 0.3), Vec3<TLane>.Select(
                apart, grip, Vec3<TLane>.Select(
                    aside, new(shelf, hand.Y, TLane.Const(0.3)), carry)));
        TLane open = (RewardTools.LengthXY(hand - block) > TLane.Const(0.04))
            | (TLane.Abs(hand.Z - block.Z) > TLane.Const(0.15));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.7)));
    }
}
