using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>What the rewards of tools with a long handle have in common: wrench and hammer.</summary>
internal static class LongHandle
{
    /// <summary>
    /// The point the hand should close on: caging takes the object for a sphere, so along the handle (x) the point
    /// follows the hand where that is within the handle.
    /// </summary>
    /// <param name="position">Position of the tool, m.</param>
    /// <param name="hand">Position of the hand, m.</param>
    /// <param name="half">Half the length of the handle, m.</param>
    public static Vec3<TLane> Nearest<TLane>(Vec3<TLane> position, Vec3<TLane> hand, double half)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane within = TLane.Abs(position.X - hand.X) < TLane.Const(half);
        return new(TLane.Select(within, hand.X, position.X), position.Y, position.Z);
    }

    /// <summary>
    /// How well the first object is oriented: 1 at the ideal quaternion, 0 where the difference of the four numbers is
    /// longer than <paramref name="scale"/> (_reward_quat).
    /// </summary>
    /// <param name="observation">The observation.</param>
    /// <param name="q0">First and last number of the ideal: w of the quaternion.</param>
    /// <param name="q3">Its z; x and y are 0.</param>
    /// <param name="scale">Difference at which nothing is left.</param>
    public static TLane Oriented<TLane, TRows>(
        in ObservationView<TLane, TRows> observation, double q0, double q3, double scale)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane d0 = observation.Number(7) - TLane.Const(q0);
        TLane d1 = observation.Number(8);
        TLane d2 = observation.Number(9);
        TLane d3 = observation.Number(10) - TLane.Const(q3);
        TLane error = TLane.Sqrt((d0 * d0) + (d1 * d1) + (d2 * d2) + (d3 * d3));
        return TLane.Max(TLane.Const(1) - (error / TLane.Const(scale)), TLane.Const(0));
    }
}
