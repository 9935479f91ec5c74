using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Policies;

/// <summary>Scripted expert of box-close (sawyer_box_close_v3_policy.py).</summary>
internal readonly struct BoxClosePolicy : IPolicy
{
    /// <inheritdoc/>
    public static PolicyAction<TLane> Act<TLane, TRows>(in ObservationView<TLane, TRows> observation)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> hand = observation.Hand;
        Vec3<TLane> lid = observation.Object + RewardTools.Constant<TLane>(0, 0, 0.02);
        Vec3<TLane> box = new(observation.Goal.X, observation.Goal.Y, TLane.Const(0.15));

        // above the lid, down on it, up, to the box
        TLane away = RewardTools.LengthXY(hand - lid) > TLane.Const(0.01);
        TLane high = TLane.Abs(hand.Z - lid.Z) > TLane.Const(0.05);
        TLane low = TLane.Abs(hand.Z - box.Z) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(low, new(hand.X, hand.Y, box.Z), box);
        to = Vec3<TLane>.Select(high, lid, to);
        to = Vec3<TLane>.Select(away, new(lid.X, lid.Y, TLane.Const(0.2)), to);
        TLane open = away | (TLane.Abs(hand.Z - lid.Z) > TLane.Const(0.13));
        return new(TLane.Const(25) * (to - hand), TLane.Select(open, TLane.Const(0.5), TLane.Const(1)));
    }
}
