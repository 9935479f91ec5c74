using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Tests.Envs.Clevr;

public sealed class ClevrRulesTests
{
    private const int GoalRow = 20;
    private const int ActionRow = 30;
    private const int RewardRow = 31;
    private const int SuccessRow = 32;

    public static TheoryData<LaneKind> Kinds => new(Enum.GetValues<LaneKind>());

    [Fact]
    public void Judges_agree_with_angles_and_distances_written_out()
    {
        int successes = 0;
        for (int i = 0; i < 20000; i++)
        {
            (int[] goal, float[] before, float[] after, int action) = Sample(i);
            bool? expected = Reference.Success(goal, after, action);
            if (expected == null) continue;
            Assert.Equal(expected, ClevrRules.Success(goal, after, action));
            successes += expected.Value ? 1 : 0;
            if (Reference.Reward(goal, before, after, expected.Value, 0.195) is not { } reward) continue;

            // float distances of at most 1.5 m, times ten
            Assert.Equal(reward, ClevrRules.Reward(goal, before, after, action, ClevrRewardForm.Offset), 1e-5);
            double plain = Reference.Reward(goal, before, after, expected.Value, 0)!.Value;
            Assert.Equal(plain, ClevrRules.Reward(goal, before, after, action, ClevrRewardForm.Plain), 1e-5);
        }

        Assert.InRange(successes, 500, 19500);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lanes_of_every_width_judge_alike(LaneKind kind)
    {
        const int Count = 203;
        using var worlds = new WorldBlock(kind, Count, 33);
        for (int w = 0; w < Count; w++)
        {
            (int[] goal, float[] before, float[] after, int action) = Sample(w);
            for (int k = 0; k < 10; k++)
            {
                worlds[w, k] = before[k];
                worlds[w, 10 + k] = after[k];
                worlds[w, GoalRow + k] = goal[k];
            }

            worlds[w, ActionRow] = action;
        }

        new CpuLauncher().Launch(worlds, default(JudgeKernel));
        for (int w = 0; w < Count; w++)
        {
            (int[] goal, float[] before, float[] after, int action) = Sample(w);
            if (Reference.Success(goal, after, action) is not { } success) continue;
            Assert.Equal(success ? 1 : 0, worlds[w, SuccessRow]);
            float reward = ClevrRules.Reward(goal, before, after, action, ClevrRewardForm.Offset);

            // float lanes are the host form bit for bit; double lanes differ by float rounding
            Assert.Equal(reward, worlds[w, RewardRow], kind.Precision() == Precision.Float ? 0 : 1e-5);
        }
    }

    [Theory]
    [InlineData(0, ClevrDirection.Right, true)]
    [InlineData(1, ClevrDirection.Behind, true)]
    [InlineData(5, ClevrDirection.Behind, true)]
    [InlineData(5, ClevrDirection.Left, true)]
    [InlineData(7, ClevrDirection.Front, true)]
    [InlineData(6, ClevrDirection.Left, false)]
    [InlineData(8, ClevrDirection.Right, false)]
    public void A_push_counts_by_ball_and_component(int action, ClevrDirection direction, bool expected) =>
        Assert.Equal(expected, ClevrRules.Success(ClevrGoal.Step(0, direction).ToCode(), new float[10], action));

    [Theory]
    [InlineData(0, 9, 0, 1)]
    [InlineData(6, 1, 2, 0)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(0, 1, 2, 4)]
    public void A_goal_code_out_of_range_is_refused(int kind, int source, int destination, int direction)
    {
        int[] code = [kind, source, destination, direction, 0, 0, 0, 0, 0, 0];
        Assert.Throws<KalmException>(() => ClevrGoal.Decode(code));
    }

    /// <summary>A random goal on random positions, close enough that every judge says yes now and then.</summary>
    private static (int[] Goal, float[] Before, float[] After, int Action) Sample(int i)
    {
        var draws = new DrawSequence(17, (ulong)i);
        ClevrLevel level = (ClevrLevel)(i % 4);
        int[] goal = ClevrGoals.Sample(level, ref draws).ToCode();
        var before = new float[10];
        var after = new float[10];
        float spread = i % 3 == 0 ? 0.3f : 0.9f;
        for (int k = 0; k < 10; k++)
        {
            // every other line-up begins in a row
            float inRow = i % 8 == 3 && k % 2 == 0 ? 0.2f * k : 0;
            before[k] = inRow + (spread * (draws.NextUnit() - 0.5f));
            after[k] = before[k] + (0.1f * (draws.NextUnit() - 0.5f));
        }

        return (goal, before, after, draws.NextBelow(ClevrActions.Count));
    }

    private readonly struct JudgeKernel : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            var at = new ClevrRows(0, 10, GoalRow, ActionRow);
            TLane success = ClevrJudge.Success<TLane, TRows>(rows, at);
            rows.Store(RewardRow, ClevrReward.Step(rows, at, success, ClevrReward.Offset(ClevrRewardForm.Offset)));
            rows.Store(SuccessRow, TLane.Select(success, TLane.Const(1), TLane.Const(0)));
        }
    }

    /// <summary>
    /// The rules as the data's authors word them: degrees and distances in double, one case at a time.
    /// </summary>
    private static class Reference
    {
        private const double Unclear = 1e-6;

        /// <summary>Null where a threshold is so near that rounding decides.</summary>
        public static bool? Success(int[] goal, float[] x, int action)
        {
            if (goal[0] == 1)
            {
                int[][] allowed = [[1, 4, 5], [2, 5, 7], [3, 6, 7], [0, 4, 6]];
                return action / 8 == goal[1] && allowed[goal[3]].Contains(action % 8);
            }

            return Count(goal, x) is { } count ? count == Wanted(goal) : null;
        }

        public static double? Reward(int[] goal, float[] before, float[] after, bool success, double offset)
        {
            if (goal[0] == 1) return success ? 1 : 0;
            if (success) return 100;
            if (goal[0] == 0) return 10 * (Distance(goal, before, offset) - Distance(goal, after, offset));
            return Count(goal, after) is { } now && Count(goal, before) is { } then ? 10 * (now - then) : null;
        }

        private static int Wanted(int[] goal) => goal[0] switch { 0 => 1, 2 => 2, 3 => 3, _ => 4 };

        private static int? Count(int[] goal, float[] x)
        {
            bool?[] holds = goal[0] switch
            {
                4 => [.. Enumerable.Range(0, 4).Select(i => InRow(x, i))],
                5 => [.. new[] { 0, 1, 3, 4 }.Select(i => Below(Math.Sqrt(Square(x, 2, i)), 0.325))],
                _ => [.. Enumerable.Range(0, Wanted(goal)).Select(k => Related(x, goal.AsSpan(1 + (3 * k), 3)))],
            };
            return holds.Contains(null) ? null : holds.Count(value => value == true);
        }

        private static bool? Related(float[] x, ReadOnlySpan<int> relation)
        {
            (int s, int d) = (relation[0], relation[1]);
            double dx = x[2 * s] - x[2 * d];
            double dy = x[(2 * s) + 1] - x[(2 * d) + 1];
            if (Math.Abs(Math.Abs(dx) - 1e-3) < Unclear || Math.Abs(Math.Abs(dy) - 1e-3) < Unclear) return null;
            dx = Math.Abs(dx) >= 1e-3 ? dx : 0;
            dy = Math.Abs(dy) >= 1e-3 ? dy : 0;
            double angle = Math.Acos(dx / (Math.Sqrt((dx * dx) + (dy * dy)) + 1e-6)) * 180 / Math.PI;
            if (dy < 0) angle = 360 - angle;
            double turned = ((angle - 45 - (90 * relation[2])) % 360 + 360) % 360;
            if (Math.Abs(turned) < 1e-3 || Math.Abs(turned - 90) < 1e-3 || turned > 360 - 1e-3) return null;
            bool? near = Below(Math.Sqrt(Square(x, s, d)), 0.391);
            return near == null ? null : near.Value && turned < 90;
        }

        private static bool? InRow(float[] x, int i)
        {
            double cosine = (x[(2 * i) + 2] - x[2 * i]) / Math.Sqrt(Square(x, i, i + 1));
            return Math.Abs(cosine - Math.Cos(Math.PI / 6)) < Unclear ? null : cosine > Math.Cos(Math.PI / 6);
        }

        private static bool? Below(double value, double bound) =>
            Math.Abs(value - bound) < Unclear ? null : value < bound;

        private static double Square(float[] x, int a, int b)
        {
            double dx = x[2 * a] - (double)x[2 * b];
            double dy = x[(2 * a) + 1] - (double)x[(2 * b) + 1];
            return (dx * dx) + (dy * dy);
        }

        private static double Distance(int[] goal, float[] x, double offset)
        {
            double[][] axis = [[0, 1], [-1, 0], [0, -1], [1, 0]];
            double dx = x[2 * goal[1]] - (double)x[2 * goal[2]] - (offset * axis[goal[3]][0]);
            double dy = x[(2 * goal[1]) + 1] - (double)x[(2 * goal[2]) + 1] - (offset * axis[goal[3]][1]);
            return Math.Sqrt((dx * dx) + (dy * dy));
        }
    }
}
