namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// The official distribution of initial positions. Source: add_random_objects of google-research/clevr_robot_env,
/// generate_scene.py: balls one after the other, ten tries each, then all over again.
/// </summary>
public static class ClevrReset
{
    private const int Tries = 10;
    private const double LeastDistance = 0.36;
    private const double LeastMargin = 0.01;

    /// <summary>Draws positions; some lie so near to a wall that the first step pushes the ball off it.</summary>
    /// <param name="positions">Room for x and y of five balls, m.</param>
    /// <param name="draws">Random numbers.</param>
    public static void Sample(Span<float> positions, ref DrawSequence draws)
    {
        int placed = 0;
        int tries = 0;
        while (placed < ClevrGoal.BallCount)
        {
            float x = draws.NextUnit() - 0.5f;
            float y = (0.8f * draws.NextUnit()) - 0.3f;
            if (Fits(positions[..(2 * placed)], x, y))
            {
                positions[2 * placed] = x;
                positions[(2 * placed) + 1] = y;
                placed++;
                tries = 0;
            }
            else if (++tries == Tries)
            {
                placed = 0;
                tries = 0;
            }
        }
    }

    private static bool Fits(ReadOnlySpan<float> others, double x, double y)
    {
        for (int i = 0; i < others.Length; i += 2)
        {
            double dx = Math.Abs(x - others[i]);
            double dy = Math.Abs(y - others[i + 1]);
            if (dx < LeastMargin || dy < LeastMargin) return false;
            if ((dx * dx) + (dy * dy) < LeastDistance * LeastDistance) return false;
        }

        return true;
    }
}
