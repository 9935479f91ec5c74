namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// A scripted player for relation goals: it looks one push ahead with a rule of thumb for how far balls roll, and makes
/// mistakes on purpose. Data for offline learning comes from it.
/// </summary>
/// <remarks>
/// The KALM paper does not say how its data was collected. Figures of the rule of thumb are medians of recorded steps.
/// </remarks>
public static class ClevrPusher
{
    /// <summary>Where the source ball is wanted: this far beside the destination ball, m.</summary>
    private const float WantedDistance = 0.31f;

    /// <summary>How far a push along an axis moves a ball, m.</summary>
    private const float AxisReach = 0.33f;

    /// <summary>How far a diagonal push moves a ball in x and in y, m.</summary>
    private const float DiagonalReach = 0.21f;

    /// <summary>Balls whose centers come nearer than this have hit each other, m.</summary>
    private const float HitDistance = 0.25f;

    /// <summary>Cost of moving the destination ball rather than the source ball, m.</summary>
    private const float DestinationCost = 0.06f;

    private const float WallX = 0.47f;
    private const float NearWall = -0.17f;
    private const float FarWall = 0.57f;

    /// <summary>The player's next action.</summary>
    /// <param name="observation">x and y of five balls, m.</param>
    /// <param name="relation">The goal.</param>
    /// <param name="mistakes">Share of actions drawn at random.</param>
    /// <param name="draws">Random numbers; three are used.</param>
    public static int Act(
        ReadOnlySpan<float> observation, ClevrRelation relation, float mistakes, ref DrawSequence draws)
    {
        bool mistake = draws.NextUnit() < mistakes;
        int random = draws.NextBelow(ClevrActions.Count);
        float doubt = draws.NextUnit();
        return mistake ? random : BestPush(observation, relation, doubt);
    }

    /// <summary>The push of one of the two balls after which they are nearest to the goal.</summary>
    private static int BestPush(ReadOnlySpan<float> observation, ClevrRelation relation, float doubt)
    {
        int best = 0;
        float least = float.MaxValue;
        for (int k = 0; k < 2 * ClevrActions.DirectionCount; k++)
        {
            bool ofSource = k < ClevrActions.DirectionCount;
            int ball = ofSource ? relation.Source : relation.Destination;
            int action = (ball * ClevrActions.DirectionCount) + (k % ClevrActions.DirectionCount);
            (float x, float y, float blocked) = Predict(observation, action);
            (float sourceX, float sourceY) = ofSource ? (x, y) : At(observation, relation.Source);
            (float aimX, float aimY) = ofSource ? At(observation, relation.Destination) : (x, y);
            float cost = Cost(sourceX - aimX, sourceY - aimY, relation.Direction) + blocked;
            if (!ofSource) cost += DestinationCost;

            // equal prospects are settled by chance, so that no position is a trap
            cost += 0.02f * ((doubt * (k + 3)) % 1);
            if (cost >= least) continue;
            least = cost;
            best = action;
        }

        return best;
    }

    private static (float X, float Y) At(ReadOnlySpan<float> observation, int ball) =>
        (observation[2 * ball], observation[(2 * ball) + 1]);

    /// <summary>Distance from where the source ball is wanted, less when the goal holds.</summary>
    private static float Cost(float dx, float dy, ClevrDirection direction)
    {
        // turn the goal so that the wanted place lies ahead
        (float ahead, float aside) = direction switch
        {
            ClevrDirection.Behind => (dy, dx),
            ClevrDirection.Left => (-dx, dy),
            ClevrDirection.Front => (-dy, dx),
            _ => (dx, dy),
        };
        float gap = ahead - WantedDistance;
        float cost = MathF.Sqrt((gap * gap) + (aside * aside));
        bool holds = ahead > MathF.Abs(aside) && (ahead * ahead) + (aside * aside) < 0.38f * 0.38f;
        return holds ? (0.3f * cost) - 0.3f : cost;
    }

    /// <summary>Where a push leaves its ball, and a penalty for what it hits on the way.</summary>
    private static (float X, float Y, float Blocked) Predict(ReadOnlySpan<float> observation, int action)
    {
        int ball = ClevrActions.Ball(action);
        (float directionX, float directionY) = ClevrActions.Direction(action);
        float reach = directionX * directionY == 0 ? AxisReach : DiagonalReach;
        float moveX = Math.Sign(directionX) * reach;
        float moveY = Math.Sign(directionY) * reach;
        (float x, float y) = At(observation, ball);

        // the first ball in the way takes over what is left of the movement
        float way = 1;
        for (int other = 0; other < ClevrGoal.BallCount; other++)
        {
            if (other == ball) continue;
            (float otherX, float otherY) = At(observation, other);
            way = Math.Min(way, WayUntilHit(otherX - x, otherY - y, moveX, moveY));
        }

        float endX = Math.Clamp(x + (way * moveX), -WallX, WallX);
        float endY = Math.Clamp(y + (way * moveY), NearWall, FarWall);
        return (endX, endY, 0.1f * (1 - way));
    }

    /// <summary>Share of a movement until two balls touch: the smaller root of |d - t m| = hit distance.</summary>
    private static float WayUntilHit(float dx, float dy, float moveX, float moveY)
    {
        float along = (dx * moveX) + (dy * moveY);
        float square = (moveX * moveX) + (moveY * moveY);
        float apart = (dx * dx) + (dy * dy) - (HitDistance * HitDistance);
        if (along <= 0) return 1;
        float root = (along * along) - (square * apart);
        if (root <= 0) return 1;
        return Math.Clamp((along - MathF.Sqrt(root)) / square, 0, 1);
    }
}
