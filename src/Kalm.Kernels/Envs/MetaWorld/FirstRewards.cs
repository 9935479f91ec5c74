using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>What the version 1 rewards have in common.</summary>
internal static class FirstRewards
{
    /// <summary>
    /// 1000 times the way made, and up to 2000 more close to the goal: 1000 (farthest - distance) +
    /// 1000 (exp(-distance^2 / 0.01) + exp(-distance^2 / 0.001)).
    /// </summary>
    public static TLane Approach<TLane>(TLane farthest, TLane distance)
        where TLane : unmanaged, ILane<TLane> => Approach(farthest, distance, 1000, 0.01, 0.001);

    /// <summary>The same with the height of the near part and the squares of its two widths.</summary>
    public static TLane Approach<TLane>(TLane farthest, TLane distance, double height, double wide, double narrow)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane square = -(distance * distance);
        TLane near = LaneMath.Exp(square / TLane.Const(wide)) + LaneMath.Exp(square / TLane.Const(narrow));
        return (TLane.Const(1000) * (farthest - distance)) + (TLane.Const(height) * near);
    }

    /// <summary>max(value, 0) where the mask is true, 0 elsewhere.</summary>
    public static TLane PositiveWhere<TLane>(TLane mask, TLane value)
        where TLane : unmanaged, ILane<TLane> => mask & TLane.Max(value, TLane.Const(0));

    /// <summary>-reach, and something for closing the fingers near the object.</summary>
    /// <param name="view">The task's view.</param>
    /// <param name="reach">Distance of the fingers from the object, m.</param>
    /// <param name="far">The reward where they are not near, where that is something else than -reach.</param>
    /// <param name="near">Distance that counts as near, m.</param>
    public static TLane Closing<TLane, TRows>(
        in TaskView<TLane, TRows> view, TLane reach, TLane far, double near = 0.05)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        TLane effort = TLane.Max(view.Action(3), TLane.Const(0)) / TLane.Const(50);
        return TLane.Select(reach < TLane.Const(near), -reach + effort, far);
    }

    /// <summary>
    /// Reach reward of the tasks that pick something up: over the object first, held at the height the hand began at.
    /// </summary>
    /// <param name="view">The task's view.</param>
    /// <param name="position">Position of the object, m.</param>
    /// <param name="startZ">The height the hand began at, m.</param>
    /// <param name="weight">Weight of the height while the fingers are not yet over the object.</param>
    /// <param name="over">Distance across that counts as over the object, m.</param>
    /// <param name="near">Distance that counts as near it, m.</param>
    public static TLane ReachFromAbove<TLane, TRows>(
        in TaskView<TLane, TRows> view, Vec3<TLane> position, TLane startZ, double weight, double over = 0.05,
        double near = 0.05)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        Vec3<TLane> way = position - view.Tcp;
        TLane reach = Vec3<TLane>.Length(way);
        TLane across = RewardTools.LengthXY(way);
        TLane height = TLane.Abs(view.Tcp.Z - startZ);
        TLane far = -across - (TLane.Const(weight) * height);
        return Closing(view, reach, TLane.Select(across < TLane.Const(over), -reach, far), near);
    }

    /// <summary>Mask: the object is up at the height to carry it at, and was not dropped.</summary>
    /// <param name="z">Height of the object, m.</param>
    /// <param name="rest">Height at which it rests, m.</param>
    /// <param name="carry">Height at which it is carried, m.</param>
    /// <param name="distance">Distance from the goal, m.</param>
    /// <param name="reach">Distance of the fingers, m.</param>
    public static TLane Picked<TLane>(TLane z, TLane rest, TLane carry, TLane distance, TLane reach)
        where TLane : unmanaged, ILane<TLane>
    {
        return (z >= carry - TLane.Const(0.01)) & ~Dropped(z, rest, distance, reach);
    }

    /// <summary>Mask: the object lies where it rests, neither at the goal nor between the fingers.</summary>
    /// <param name="z">Height of the object, m.</param>
    /// <param name="rest">Height at which it rests, m.</param>
    /// <param name="distance">Distance from the goal, m.</param>
    /// <param name="reach">Distance of the fingers, m.</param>
    public static TLane Dropped<TLane>(TLane z, TLane rest, TLane distance, TLane reach)
        where TLane : unmanaged, ILane<TLane> =>
        (z < rest + TLane.Const(0.005)) & (distance > TLane.Const(0.02)) & (reach > TLane.Const(0.02));

    /// <summary>100 times the height the object is held at, up to <paramref name="carry"/>; else 0.</summary>
    /// <param name="z">Height of the object, m.</param>
    /// <param name="rest">Height at which it rests, m.</param>
    /// <param name="carry">Height at which it is carried, m.</param>
    /// <param name="picked">Mask: it is up there.</param>
    /// <param name="reach">Distance of the fingers, m.</param>
    /// <param name="near">Distance of fingers that can hold it, m.</param>
    public static TLane Lift<TLane>(TLane z, TLane rest, TLane carry, TLane picked, TLane reach, double near = 0.1)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane held = (reach < TLane.Const(near)) & (z > rest + TLane.Const(0.005));
        TLane height = TLane.Select(picked, carry, TLane.Min(carry, z));
        return (picked | held) & (TLane.Const(100) * height);
    }
}
