using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

/// <summary>Random rollouts and network sizes small enough for naive oracles.</summary>
internal static class SmallData
{
    public static NetworkShape Shape { get; } =
        new() { StateSize = 5, GoalSize = 12, Hidden = [40, 33], OutputSize = 7 };

    public static Transitions Create(NetworkShape shape, int rollouts = 12, int imagined = 5, int seed = 1)
    {
        Random random = new(seed);
        Transitions data = new(shape.StateSize, shape.GoalSize);
        for (int goal = 0; goal < 9; goal++) data.AddGoal(Numbers(shape.GoalSize, random));
        for (int rollout = 0; rollout < rollouts + imagined; rollout++)
        {
            if (rollout == rollouts) data.BeginImagined();
            int steps = 1 + random.Next(6);
            int[] actions = new int[steps];
            for (int i = 0; i < steps; i++) actions[i] = random.Next(shape.OutputSize);
            data.AddRollout(
                Numbers((steps + 1) * shape.StateSize, random), actions, Numbers(steps, random, 3), rollout % 7, 3);
        }

        if (imagined == 0) data.BeginImagined();
        return data;
    }

    private static float[] Numbers(int count, Random random, float scale = 1)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = ((random.NextSingle() * 2) - 1) * scale;
        return numbers;
    }
}
