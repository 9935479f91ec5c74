using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Kalm.App.Formats;
using Kalm.Kernels.Learning;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>
/// Trains the policies of a run: every method without imagined rollouts (level offline) and, per level, with that
/// level's, each for several seeds. Policies are independent of each other, so each takes one thread.
/// </summary>
public static class Train
{
    private const string Offline = "offline";
    private const double SecondsBetweenCheckpoints = 10;
    private static readonly string[] KnownMethods = ["cql", "bc"];
    private static readonly string[] KnownLevels = [Offline, "rephrase", "easy", "hard"];

    /// <summary>Trains what is not trained yet; interrupted policies continue from their checkpoints.</summary>
    /// <param name="options">Methods, levels, seeds and hyperparameters.</param>
    /// <param name="context">The run.</param>
    /// <exception cref="KalmException">
    /// An input is missing or broken, or an option is none of the known words.
    /// </exception>
    public static TrainResult Run(TrainOptions options, StageContext context)
    {
        CheckWords("methods", options.Methods, KnownMethods);
        CheckWords("levels", options.Levels, KnownLevels);
        string[] inputs = options.Levels.Any(level => level != Offline) ? ["collect", "imagine"] : ["collect"];
        return StageRunner.Run("train", inputs, options, context, TrainAll);
    }

    private static TrainResult TrainAll(TrainOptions options, StageContext context)
    {
        RolloutSet real = CollectedRollouts.Load(context);
        IGoalEncoder encoder = GoalCodes.Create(options.Goals, context);
        Dictionary<string, Transitions> data = [];
        try
        {
            foreach (string level in options.Levels)
            {
                RolloutSet? imagined = level == Offline ? null : RolloutSet.Load(context.Folder.Imagine(level));
                data[level] = TrainingSet.Create(real, imagined, encoder);
            }

            List<Job> jobs = List(options, data);
            long total = jobs.Sum(job => (long)job.Updates);
            context.Progress.Begin("train", total, "updates");
            TrainedPolicy[] policies = RunAll(options, context, jobs);
            return new(policies, data.Values.First().RealCount, total);
        }
        finally
        {
            foreach (Transitions set in data.Values) set.Dispose();
        }
    }

    // the slower method first, so that the threads end together
    private static List<Job> List(TrainOptions options, Dictionary<string, Transitions> data)
    {
        List<Job> jobs = [];
        foreach (string method in KnownMethods.Intersect(options.Methods))
        {
            foreach (string level in data.Keys)
            {
                for (int seed = 0; seed < options.Seeds; seed++)
                {
                    int updates = method == "cql" ? options.CqlUpdates : options.BcUpdates;
                    jobs.Add(new(level, method, seed, updates, data[level]));
                }
            }
        }

        return jobs;
    }

    private static TrainedPolicy[] RunAll(TrainOptions options, StageContext context, List<Job> jobs)
    {
        TrainedPolicy[] policies = new TrainedPolicy[jobs.Count];
        ConcurrentQueue<int> waiting = new(Enumerable.Range(0, jobs.Count));
        ConcurrentQueue<Exception> failures = new();
        long done = 0;
        int workers = Math.Clamp(context.Threads, 1, jobs.Count), team = Math.Max(1, context.Threads / workers);
        void Work()
        {
            while (failures.IsEmpty && waiting.TryDequeue(out int index))
            {
                try
                {
                    policies[index] = TrainOne(options, context, jobs[index], team, Progressed);
                }
                catch (Exception e)
                {
                    failures.Enqueue(e);
                }
            }
        }

        void Progressed(long updates, string text) => context.Progress.Report(Interlocked.Add(ref done, updates), text);
        Thread[] threads = new Thread[workers - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"kalm train {i + 1}" };
            threads[i].Start();
        }

        Work();
        foreach (Thread thread in threads) thread.Join();
        if (failures.TryDequeue(out Exception? failure)) ExceptionDispatchInfo.Throw(failure);
        return policies;
    }

    private static TrainedPolicy TrainOne(
        TrainOptions options, StageContext context, Job job, int threads, Action<long, string> progressed)
    {
        string folder = context.Folder.Train(job.Level, job.Method, job.Seed);
        string scope = $"train/{job.Level}/{job.Method}-{job.Seed}";
        using WorkTeam team = new(threads);
        using ILearner learner = Create(options, context.Seed, job, team);
        if (File.Exists(Path.Combine(folder, PolicyFile.PolicyName)))
        {
            progressed(job.Updates, "");
            return new(job.Level, job.Method, job.Seed, job.Data.Count, LastLoss(context, scope));
        }

        bool resumed = PolicyFile.LoadCheckpoint(folder, learner);
        context.Metrics.Rewind(scope, resumed ? learner.Steps + 1 : 0);
        progressed(learner.Steps, "");
        Stopwatch sinceCheckpoint = Stopwatch.StartNew();
        float[] sums = new float[learner.LossNames.Count];
        long interval = Math.Max(1, job.Updates / options.CurvePoints);
        double loss = 0;
        while (learner.Steps < job.Updates)
        {
            long end = Math.Min(job.Updates, ((learner.Steps / interval) + 1) * interval), begin = learner.Steps;
            Array.Clear(sums);
            while (learner.Steps < end)
            {
                learner.Update();
                for (int i = 0; i < sums.Length; i++) sums[i] += learner.Losses[i];
            }

            loss = sums[0] / (end - begin);
            (string Name, double Value)[] values = new (string, double)[sums.Length];
            for (int i = 0; i < sums.Length; i++) values[i] = (learner.LossNames[i], sums[i] / (end - begin));
            context.Metrics.Write(scope, end, values);
            progressed(end - begin, $"{job.Level} {job.Method}-{job.Seed} loss {loss:F3}");
            bool stop = context.Cancel.IsCancellationRequested;
            if (sinceCheckpoint.Elapsed.TotalSeconds < SecondsBetweenCheckpoints && !stop) continue;

            PolicyFile.SaveCheckpoint(folder, learner);
            context.Cancel.ThrowIfCancellationRequested();
            sinceCheckpoint.Restart();
        }

        PolicyFile.Save(folder, learner.Policy);
        PolicyFile.DeleteCheckpoint(folder);
        return new(job.Level, job.Method, job.Seed, job.Data.Count, loss);
    }

    private static double LastLoss(StageContext context, string scope)
    {
        double loss = 0;
        foreach (var line in MetricsWriter.Read(context.Folder.MetricsFile))
        {
            bool own = line["scope"]!.GetValue<string>() == scope;
            if (own && line["loss"] is { } value) loss = value.GetValue<double>();
        }

        return loss;
    }

    private static ILearner Create(TrainOptions options, ulong runSeed, Job job, WorkTeam team)
    {
        NetworkShape shape = new()
        {
            StateSize = job.Data.StateSize,
            GoalSize = job.Data.GoalSize,
            Hidden = options.Hidden,
            Activation = options.Activation,
        };
        PhiloxWords words = Philox.Draw(runSeed, 0x7261494e, (ulong)job.Seed);
        ulong seed = ((ulong)words.X0 << 32) | words.X1;
        if (job.Method == "bc")
        {
            return new DiscreteBc(
                new()
                {
                    BatchSize = options.BcBatch,
                    LearningRate = options.BcLearningRate,
                    Beta = options.BcBeta,
                    Mix = options.Mix,
                    Seed = seed,
                },
                shape, job.Data, team);
        }

        return new DiscreteCql(
            new()
            {
                BatchSize = options.CqlBatch,
                LearningRate = options.CqlLearningRate,
                Gamma = options.Gamma,
                OfficialGamma = options.OfficialGamma,
                Alpha = options.CqlAlpha,
                Critics = options.CqlCritics,
                TargetUpdateInterval = options.CqlTargetInterval,
                Mix = options.Mix,
                Seed = seed,
            },
            shape, job.Data, team);
    }

    private static void CheckWords(string option, string[] found, string[] known)
    {
        if (found.Length == 0)
            throw new KalmException($"{option}: found none, expected any of {string.Join(", ", known)}");
        foreach (string word in found)
        {
            if (!known.Contains(word))
                throw new KalmException($"{option}: found '{word}', expected any of {string.Join(", ", known)}");
        }
    }

    private sealed record Job(string Level, string Method, int Seed, int Updates, Transitions Data);
}
