using System.Diagnostics;
using Kalm.Kernels.Learning;
using Kalm.Kernels.Memory;

namespace Kalm.Benchmarks.Learning;

/// <summary>
/// Updates per second of offline RL: Kalm's kernels and the same update in libtorch tensors, in one process, on the
/// same data, sizes and threads, taking turns. Both draw their batches inside the update.
/// </summary>
internal static class LearnBench
{
    // KALM's offline set: 6,400 rollouts of about 11 steps, 80 configurations in 54 sentences each
    private const int Rollouts = 6400;
    private const int Steps = 11;
    private const int Configurations = 80;
    private const int Sentences = 54;

    /// <summary>Measures one algorithm.</summary>
    /// <exception cref="KalmException">An option is out of range.</exception>
    public static LearnBenchResult Run(LearnBenchOptions options)
    {
        int critics = options.Critics > 0 ? options.Critics : options.Batch >= 128 ? 2 : 1;
        if (options.Batch < 1) throw new KalmException($"--batch: found {options.Batch}, expected 1 or more");
        if (options.Threads < 1) throw new KalmException($"--threads: found {options.Threads}, expected 1 or more");
        NetworkShape shape = new();
        set_num_threads(options.Threads);
        using Transitions data = Synthetic(shape, out TorchTransitions torchData);
        using WorkTeam team = new(options.Threads);
        (Action kalm, Action torchUpdate, Action dispose) = options.Algorithm switch
        {
            "cql-discrete" => Cql(options.Batch, critics, shape, data, torchData, team),
            "bc-discrete" => Bc(options.Batch, shape, data, torchData, team),
            _ => throw new KalmException(
                $"learn: found '{options.Algorithm}', expected cql-discrete or bc-discrete"),
        };
        (double kalmRate, double torchRate) = Measure(kalm, torchUpdate, options);
        dispose();
        return new(
            options.Algorithm, options.Batch, options.Algorithm == "bc-discrete" ? 1 : critics, options.Threads,
            kalmRate, torchRate, kalmRate / torchRate);
    }

    private static (Action Kalm, Action Torch, Action Dispose) Cql(
        int batch, int critics, NetworkShape shape, Transitions data, TorchTransitions torchData, WorkTeam team)
    {
        DiscreteCqlOptions options = new() { BatchSize = batch, Critics = critics };
        DiscreteCql kalm = new(options, shape, data, team);
        TorchDiscreteCql other = new(options, kalm.Policy);
        Action<Action<Tensor, Tensor>> draw = Drawer(batch, torchData);
        return (kalm.Update, () => draw((index, goals) => other.Update(torchData, index, goals)), () =>
        {
            kalm.Dispose();
            other.Dispose();
        }
        );
    }

    private static (Action Kalm, Action Torch, Action Dispose) Bc(
        int batch, NetworkShape shape, Transitions data, TorchTransitions torchData, WorkTeam team)
    {
        DiscreteBcOptions options = new() { BatchSize = batch };
        DiscreteBc kalm = new(options, shape, data, team);
        TorchDiscreteBc other = new(options, kalm.Policy[0]);
        Action<Action<Tensor, Tensor>> draw = Drawer(batch, torchData);
        return (kalm.Update, () => draw((index, goals) => other.Update(torchData, index, goals)), () =>
        {
            kalm.Dispose();
            other.Dispose();
        }
        );
    }

    // draws the libtorch side's batches: transitions, and for each one sentence of its configuration
    private static Action<Action<Tensor, Tensor>> Drawer(int batch, TorchTransitions data)
    {
        long[] index = new long[batch], goals = new long[batch];
        int count = (int)data.States.shape[0];
        ulong step = 0;
        return use =>
        {
            step++;
            for (int row = 0; row < batch; row++)
            {
                PhiloxWords words = Philox.Draw(1, step, (ulong)row);
                index[row] = Philox.Below(words.X0, count);
                goals[row] = (index[row] / Steps % Configurations * Sentences) + Philox.Below(words.X1, Sentences);
            }

            using Tensor indexTensor = tensor(index), goalTensor = tensor(goals);
            use(indexTensor, goalTensor);
        };
    }

    private static (double Kalm, double Torch) Measure(Action kalm, Action torchUpdate, LearnBenchOptions options)
    {
        double[] kalmRates = new double[options.Rounds], torchRates = new double[options.Rounds];
        Rate(kalm, options.RoundSeconds);
        Rate(torchUpdate, options.RoundSeconds);
        for (int round = 0; round < options.Rounds; round++)
        {
            kalmRates[round] = Rate(kalm, options.RoundSeconds);
            torchRates[round] = Rate(torchUpdate, options.RoundSeconds);
        }

        Array.Sort(kalmRates);
        Array.Sort(torchRates);
        return (kalmRates[options.Rounds / 2], torchRates[options.Rounds / 2]);
    }

    private static double Rate(Action update, double seconds)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int updates = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            update();
            updates++;
        }

        return updates / clock.Elapsed.TotalSeconds;
    }

    private static Transitions Synthetic(NetworkShape shape, out TorchTransitions torchData)
    {
        Random random = new(1);
        Transitions data = new(shape.StateSize, shape.GoalSize);
        int count = Rollouts * Steps;
        float[] codes = Numbers(Configurations * Sentences * shape.GoalSize, random);
        for (int goal = 0; goal < Configurations * Sentences; goal++)
            data.AddGoal(codes.AsSpan(goal * shape.GoalSize, shape.GoalSize));
        float[] states = new float[count * shape.StateSize], next = new float[states.Length];
        float[] rewards = new float[count], continues = new float[count];
        long[] actions = new long[count];
        for (int rollout = 0; rollout < Rollouts; rollout++)
        {
            float[] observations = Numbers((Steps + 1) * shape.StateSize, random), reward = Numbers(Steps, random);
            int[] action = new int[Steps];
            for (int step = 0; step < Steps; step++)
            {
                int at = (rollout * Steps) + step;
                action[step] = random.Next(shape.OutputSize);
                (actions[at], rewards[at]) = (action[step], reward[step]);
                continues[at] = step < Steps - 1 ? 1 : 0;
            }

            int numbers = Steps * shape.StateSize;
            observations.AsSpan(0, numbers).CopyTo(states.AsSpan(rollout * numbers));
            observations.AsSpan(shape.StateSize, numbers).CopyTo(next.AsSpan(rollout * numbers));
            data.AddRollout(observations, action, reward, rollout % Configurations * Sentences, Sentences);
        }

        data.BeginImagined();
        torchData = new()
        {
            States = tensor(states, [count, shape.StateSize]),
            NextStates = tensor(next, [count, shape.StateSize]),
            Codes = tensor(codes, [Configurations * Sentences, shape.GoalSize]),
            Actions = tensor(actions, [count, 1]),
            Rewards = tensor(rewards, [count, 1]),
            Continues = tensor(continues, [count, 1]),
        };
        return data;
    }

    private static float[] Numbers(int count, Random random)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (random.NextSingle() * 2) - 1;
        return numbers;
    }
}
