using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Launch;

namespace Kalm.App.Grounding;

/// <summary>How much of imagined rollouts cannot be (KALM, arXiv 2404.09248, tables 4 and 5).</summary>
/// <param name="LeftTable">Share of the steps after which a ball is beyond the walls.</param>
/// <param name="Overlapping">Share of the steps after which two balls overlap.</param>
/// <param name="ExceedsDynamics">Share of the steps that the simulator contradicts.</param>
/// <param name="MeanError">Mean distance of a ball from where the simulator puts it, m.</param>
/// <param name="Valid">For each rollout, whether none of its steps is impossible.</param>
public sealed record HallucinationReport(
    double LeftTable, double Overlapping, double ExceedsDynamics, double MeanError, IReadOnlyList<bool> Valid);

/// <summary>Judges imagined rollouts by the table, by the balls' size, and by doing every step again.</summary>
/// <remarks>
/// The paper gives no thresholds. Here: centers beyond the walls' planes; centers nearer than 0.2 m, where balls of
/// 0.26 m diameter overlap by a quarter of it; after a step, a ball more than 0.2 m from where the simulator, started
/// at rest in the state before,
/// puts it. An imagined state has no velocities, and a ball that still rolls goes on by less than that.
/// </remarks>
public static class Hallucination
{
    /// <summary>Largest distance of a ball from the simulated one, m.</summary>
    public const double DistanceLimit = 0.2;

    /// <summary>Least distance of two centers, m.</summary>
    public const double OverlapLimit = 0.2;

    private const int Size = ClevrRules.ObservationSize;
    private const int Worlds = 1024;

    /// <summary>Judges all steps.</summary>
    /// <param name="set">Imagined rollouts.</param>
    /// <param name="threads">Threads of the simulator.</param>
    public static HallucinationReport Judge(RolloutSet set, int threads)
    {
        (int Rollout, int Step)[] steps = [.. Enumerable.Range(0, set.Count)
            .SelectMany(rollout => Enumerable.Range(0, set.Lengths[rollout]).Select(step => (rollout, step)))];
        bool[] valid = new bool[set.Count];
        Array.Fill(valid, true);
        if (steps.Length == 0)
            return new HallucinationReport(0, 0, 0, 0, valid);

        using var launcher = new CpuLauncher(threads);
        using var env = new ClevrEnv(Math.Min(Worlds, steps.Length), 0, new EnvOptions { Launcher = launcher });
        int left = 0, overlapping = 0, exceeding = 0;
        double error = 0;
        foreach ((int Rollout, int Step)[] part in steps.Chunk(env.Count))
        {
            Simulate(env, set, part);
            for (int world = 0; world < part.Length; world++)
            {
                (int rollout, int step) = part[world];
                ReadOnlySpan<float> said = set.Observation(rollout, step + 1);
                (double sum, double largest) = Distance(said, env.FinalObservations.Slice(world * Size, Size));
                bool isOut = IsOut(said), overlaps = Overlaps(said), exceeds = largest > DistanceLimit;
                left += isOut ? 1 : 0;
                overlapping += overlaps ? 1 : 0;
                exceeding += exceeds ? 1 : 0;
                error += sum / ClevrGoal.BallCount;
                valid[rollout] &= !(isOut || overlaps || exceeds);
            }
        }

        double all = steps.Length;
        return new HallucinationReport(left / all, overlapping / all, exceeding / all, error / all, valid);
    }

    private static void Simulate(ClevrEnv env, RolloutSet set, (int Rollout, int Step)[] part)
    {
        int[] actions = new int[env.Count];
        for (int world = 0; world < env.Count; world++)
        {
            bool used = world < part.Length;
            if (used)
            {
                (int rollout, int step) = part[world];
                env.Begin(world, ClevrGoal.Decode(set.Goal(rollout)), set.Observation(rollout, step));
                actions[world] = set.ActionsOf(rollout)[step];
            }

            env.SetActive(world, used);
        }

        env.Step(actions);
    }

    private static (double Sum, double Largest) Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0, largest = 0;
        for (int i = 0; i < Size; i += 2)
        {
            double distance = Math.Sqrt(Square(a[i] - b[i]) + Square(a[i + 1] - b[i + 1]));
            sum += distance;
            largest = Math.Max(largest, distance);
        }

        return (sum, largest);
    }

    // walls of the scene: x = ±0.6, y = -0.3 and 0.7
    private static bool IsOut(ReadOnlySpan<float> positions)
    {
        for (int i = 0; i < Size; i += 2)
        {
            if (positions[i] is < -0.6f or > 0.6f || positions[i + 1] is < -0.3f or > 0.7f)
                return true;
        }

        return false;
    }

    private static bool Overlaps(ReadOnlySpan<float> positions)
    {
        for (int i = 0; i < Size; i += 2)
        {
            for (int k = 0; k < i; k += 2)
            {
                double squared = Square(positions[i] - positions[k]) + Square(positions[i + 1] - positions[k + 1]);
                if (squared < OverlapLimit * OverlapLimit)
                    return true;
            }
        }

        return false;
    }

    private static double Square(double x) => x * x;
}
