using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>What the two tasks with a stick and a thermos have in common; the stick is their first handle.</summary>
internal static class StickScene
{
    private const int Stick = 0;

    /// <summary>_set_stick_xyz and _set_obj_xyz: the stick at a point, the thermos at its two slides' places.</summary>
    /// <remarks>
    /// Quirk: qvel[16:18] of 17 velocities is set to 0, which is that of the second slide alone; the first keeps what
    /// it has from the time of the hand's reset.
    /// </remarks>
    public static void Place(ResetScene scene, Point stick, double x, double y)
    {
        scene.SetObject(stick);
        scene.SetCoordinate(16, x);
        scene.SetCoordinate(17, y);
        scene.SetVelocity(16, 0);
        scene.Forward();
    }

    /// <summary>The stick with its orientation, then a point of the thermos without one.</summary>
    public static void Observe<TLane, TRows>(in TaskView<TLane, TRows> view, Vec3<TLane> thermos)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        RewardTools.SciPyQuaternion(view.Matrix(Stick), out TLane x, out TLane y, out TLane z, out TLane w);
        view.SetObject(0, view.Position(Stick), x, y, z, w);
        TLane zero = TLane.Const(0);
        view.SetObject(1, thermos, zero, zero, zero, zero);
    }

    /// <summary>
    /// What version 1 takes for the thermos. Quirk: obs[6:9], which are the stick's height and two numbers of its
    /// orientation.
    /// </summary>
    public static Vec3<TLane> FirstObject<TLane, TRows>(in TaskView<TLane, TRows> view)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane> => view.Observation.Point(6);

    /// <summary>Both scripted experts, which differ in offsets and gain.</summary>
    /// <param name="hand">The hand, m.</param>
    /// <param name="stick">Where the hand holds the stick, m.</param>
    /// <param name="thermos">Where the stick meets the thermos, m.</param>
    /// <param name="goal">Where to go from there, m.</param>
    /// <param name="gain">Displacement in units of 1 cm for each m.</param>
    public static PolicyAction<TLane> Act<TLane>(
        Vec3<TLane> hand, Vec3<TLane> stick, Vec3<TLane> thermos, Vec3<TLane> goal, double gain)
        where TLane : unmanaged, ILane<TLane>
    {
        // above the stick, down on it, to the thermos' y, to its height, to the thermos
        TLane away = RewardTools.LengthXY(hand - stick) > TLane.Const(0.02);
        TLane height = TLane.Abs(hand.Z - stick.Z);
        TLane besideY = TLane.Abs(stick.Y - thermos.Y) > TLane.Const(0.02);
        TLane besideZ = TLane.Abs(stick.Z - thermos.Z) > TLane.Const(0.02);
        Vec3<TLane> carry = Vec3<TLane>.Select(
            besideY, new(stick.X, thermos.Y, stick.Z), Vec3<TLane>.Select(
                besideZ, new(stick.X, thermos.Y, thermos.Z), thermos));
        Vec3<TLane> fetch = Vec3<TLane>.Select(
            away, stick + RewardTools.Constant<TLane>(0, 0, 0.1), Vec3<TLane>.Select(
                height > TLane.Const(0.02), stick, carry));

        // with the thermos to the goal
        TLane far = TLane.Abs(stick.X - thermos.X) > TLane.Const(0.04);
        Vec3<TLane> to = Vec3<TLane>.Select(far, fetch, goal);
        TLane open = away | (height > TLane.Const(0.1));
        TLane grip = TLane.Select(open, TLane.Const(-1), TLane.Const(0.7));
        return new(TLane.Const(gain) * (to - hand), grip);
    }
}
