using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld.Tasks;

/// <summary>What the button tasks have in common: where the button is, and its version 1 reward.</summary>
internal static class Buttons
{
    /// <summary>Handle of the body of the button in all of them.</summary>
    public const int Button = 0;

    /// <summary>Their handles.</summary>
    public static IReadOnlyList<string> Handles { get; } = ["body:button"];

    /// <summary>Reward of a press: near the button, and 1000 times its way.</summary>
    /// <param name="finger">What presses, m.</param>
    /// <param name="button">Where it presses, m.</param>
    /// <param name="farthest">The greatest way that is left, m.</param>
    /// <param name="distance">The way that is left, m.</param>
    public static TLane FirstReward<TLane>(Vec3<TLane> finger, Vec3<TLane> button, TLane farthest, TLane distance)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane reach = Vec3<TLane>.Length(button - finger);
        return -reach
            + FirstRewards.PositiveWhere(reach < TLane.Const(0.05), FirstRewards.Approach(farthest, distance));
    }
}
