using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// The 40 actions: <c>ball * 8 + direction</c>, directions +x, +y, -x, -y and the diagonals of
/// components 0.8.
/// Source: "DIRECTIONS" and "perfect" actions of google-research/clevr_robot_env, clevr_robot_env/env.py.
/// </summary>
public static class ClevrActions
{
    /// <summary>Number of actions.</summary>
    public const int Count = ClevrGoal.BallCount * DirectionCount;

    /// <summary>Push directions per ball.</summary>
    public const int DirectionCount = 8;

    private static readonly float[] DirectionX = [1, 0, -1, 0, 0.8f, -0.8f, 0.8f, -0.8f];
    private static readonly float[] DirectionY = [0, 1, 0, -1, 0.8f, 0.8f, -0.8f, -0.8f];

    /// <summary>The ball an action pushes.</summary>
    public static int Ball(int action) => action / DirectionCount;

    /// <summary>The direction an action pushes in, not normalized.</summary>
    public static (float X, float Y) Direction(int action) =>
        (DirectionX[action % DirectionCount], DirectionY[action % DirectionCount]);

    /// <summary>The ball number each world's action pushes.</summary>
    /// <param name="action">Action numbers.</param>
    internal static TLane BallLane<TLane>(TLane action)
        where TLane : unmanaged, ILane<TLane> => TLane.Truncate(action * TLane.Const(1.0 / DirectionCount));

    /// <summary>x component of each world's push direction.</summary>
    /// <param name="direction">Direction numbers, 0 to 7.</param>
    internal static TLane DirectionXLane<TLane>(TLane direction)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane x = TLane.Select(TLane.Same(direction, TLane.Const(0)), TLane.Const(1), TLane.Const(0));
        x = TLane.Select(TLane.Same(direction, TLane.Const(2)), TLane.Const(-1), x);
        TLane plus = TLane.Same(direction, TLane.Const(4)) | TLane.Same(direction, TLane.Const(6));
        TLane diagonal = TLane.Select(plus, TLane.Const(0.8), TLane.Const(-0.8));
        return TLane.Select(direction > TLane.Const(3), diagonal, x);
    }

    /// <summary>y component of each world's push direction.</summary>
    /// <param name="direction">Direction numbers, 0 to 7.</param>
    internal static TLane DirectionYLane<TLane>(TLane direction)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane y = TLane.Select(TLane.Same(direction, TLane.Const(1)), TLane.Const(1), TLane.Const(0));
        y = TLane.Select(TLane.Same(direction, TLane.Const(3)), TLane.Const(-1), y);
        TLane diagonal = TLane.Select(direction > TLane.Const(5), TLane.Const(-0.8), TLane.Const(0.8));
        return TLane.Select(direction > TLane.Const(3), diagonal, y);
    }
}
