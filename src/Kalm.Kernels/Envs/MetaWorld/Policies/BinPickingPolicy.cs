using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of bin-picking (sawyer_bin_picking_v3_policy.py).</summary>
internal readonly struct BinPickingPolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> bin = RewardTools.Constant<TLane>(0.12, 0.7, 0.02);

        // as if the cube were nearer to the middle of its bin, so that the fingers stay inside
        Vec3<TLane> cube = observation.Object + RewardTools.Constant<TLane>(0, 0, 0.03);
        cube = new(cube.X, RewardTools.Clip(cube.Y, 0.675, 0.725), cube.Z);

        // above the cube, down on it, up, over the other bin, down
        TLane away = RewardTools.LengthXY(hand - cube) > TLane.Const(0.02);
        TLane high = TLane.Abs(hand.Z - cube.Z) > TLane.Const(0.01);
        TLane far = RewardTools.LengthXY(hand - bin) > TLane.Const(0.02);
        Vec3<TLane> carry = Vec3<TLane>.Select(hand.Z < TLane.Const(0.15), hand
            + RewardTools.Constant<TLane>(0, 0, 0.1), new(bin.X, bin.Y, TLane.Const(0.18)));
        Vec3<TLane> to = Vec3<TLane>.Select(far, carry, bin);
        to = Vec3<TLane>.Select(high, cube, to);
        to = Vec3<TLane>.Select(away, cube + RewardTools.Constant<TLane>(0, 0, 0.15), to);
        TLane open = away | (TLane.Abs(hand.Z - cube.Z) > TLane.Const(0.02));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(-1), TLane.Const(0.6)));
    }
}
