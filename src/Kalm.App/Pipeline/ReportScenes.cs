using System.Globalization;
using Kalm.App.Formats;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Models;

namespace Kalm.App.Pipeline;

/// <summary>Turns collected Meta-World rollouts into scenes and poses for the report, by playing them again.</summary>
internal static class ReportScenes
{
    private const int LastVisibleGroup = 2;
    private const double Unit = 1e4;

    /// <summary>
    /// Adds what a run collected in Meta-World: its figures, and up to <paramref name="count"/> rollouts to play,
    /// spread over the tasks, one of each at least.
    /// </summary>
    /// <param name="data">The report of the run.</param>
    /// <param name="folder">The run.</param>
    /// <param name="count">Rollouts.</param>
    public static ReportData AddTo(ReportData data, RunFolder folder, int count)
    {
        if (!StageRunner.IsDone(folder, "collect")) return data;
        CollectOptions options = StageRunner.Read<CollectOptions>(folder, "collect", "identity", "options");
        if (!MetaWorldTasks.Holds(options.Env)) return data;
        RolloutSet set = RolloutSet.Load(folder.Collect);
        List<ReportStageModel> scenes = [];
        List<ReportEpisode> episodes = [];
        List<IReadOnlyList<string>> rows = [];
        string[] names = [.. TaskTable.Names];
        int[][] byTask = [.. Enumerable.Range(0, set.Count).GroupBy(r => set.Goal(r)[0]).Select(g => g.ToArray())];
        int share = count == 0 ? 0 : Math.Max(1, count / byTask.Length);
        foreach (int[] rollouts in byTask)
        {
            string task = names[set.Goal(rollouts[0])[0]];
            rows.Add(Figures(task, set, rollouts));
            int wanted = Math.Min(share, rollouts.Length);
            if (wanted == 0) continue;
            using MetaWorldEnv env = new(task, 1, folder.Manifest.Seed, MetaWorldCollector.Form(options));
            scenes.Add(Scene(task, env.Scene));
            for (int k = 0; k < wanted; k++)
                episodes.Add(Play(env, set, rollouts[(int)((long)k * rollouts.Length / wanted)]));
        }

        bool learned = data.Run.Preset.Length > 0;
        string tasks = byTask.Length == 1 ? "one Meta-World task" : $"{byTask.Length} Meta-World tasks";
        return data with
        {
            Title = learned ? data.Title : "A robot arm at work in Meta-World",
            Lead = learned ? data.Lead
                : $"{Number(set.Count)} rollouts of {tasks}, played in the simulator by {set.Origin}.",
            Scenes = scenes,
            Episodes = episodes,
            Collected = new(["task", "rollouts", "mean steps", "longest", "mean return"], rows),
        };
    }

    private static string[] Figures(string task, RolloutSet set, int[] rollouts)
    {
        double Mean(Func<int, double> of) => rollouts.Average(of);
        return
        [
            Title(task), Number(rollouts.Length), Tenths(Mean(r => set.Lengths[r])),
            Number(rollouts.Max(r => set.Lengths[r])), Tenths(Mean(r => set.RewardsOf(r).ToArray().Sum())),
        ];
    }

    private static string Title(string task) => task.Replace('-', ' ');

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Tenths(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>What is visible of a model.</summary>
    internal static ReportStageModel Scene(string task, Model model)
    {
        List<ReportGeom> geoms = [];
        for (int geom = 0; geom < model.ngeom; geom++)
        {
            var type = (GeomType)model.geom_type[geom];
            ReadOnlySpan<double> color = model.geom_rgba.AsSpan(4 * geom, 4);
            if (type == GeomType.Plane || color[3] == 0 || model.geom_group[geom] > LastVisibleGroup) continue;
            geoms.Add(new ReportGeom
            {
                Body = model.geom_bodyid[geom],
                Type = type.ToString().ToLowerInvariant(),
                Size = Rounded(model.geom_size.AsSpan(3 * geom, 3)),
                Pos = Rounded(model.geom_pos.AsSpan(3 * geom, 3)),
                Quat = Rounded(model.geom_quat.AsSpan(4 * geom, 4)),
                Color = Rounded(color),
                Points = type == GeomType.Mesh ? Rounded(Outline.Of(model.mesh_view[model.geom_dataid[geom]])) : [],
            });
        }

        return new(task, Title(task), geoms);
    }

    private static double[] Rounded(ReadOnlySpan<double> numbers)
    {
        double[] rounded = new double[numbers.Length];
        for (int i = 0; i < numbers.Length; i++) rounded[i] = Math.Round(numbers[i], 5);
        return rounded;
    }

    /// <summary>Plays a recorded rollout again: the same goal and actions give the same states.</summary>
    private static ReportEpisode Play(MetaWorldEnv env, RolloutSet set, int rollout)
    {
        int length = set.Lengths[rollout];
        env.Reset(0, set.Goal(rollout)[1]);
        env.SetActive(0, true);
        List<int[]> frames = [Poses(env)];
        for (int step = 0; step < length; step++)
        {
            env.Step(set.Control(rollout, step));
            frames.Add(Poses(env));
        }

        int[] moving = [.. env.Scene.geom_bodyid.Distinct().Where(body => Moves(frames, body))];
        return new ReportEpisode
        {
            Scene = env.Task.Name,
            Goal = set.Sentences[rollout][rollout % set.Sentences[rollout].Length],
            Success = set.Success[rollout],
            Length = length,
            Target = [.. env.GetTarget(0).Select(x => Math.Round(x, 4))],
            Poses = frames[0],
            Moving = moving,
            Frames = [.. frames.SelectMany(frame => moving.SelectMany(body => frame[(7 * body)..((7 * body) + 7)]))],
        };
    }

    private static int[] Poses(MetaWorldEnv env)
    {
        double[] poses = new double[7 * env.Scene.nbody];
        env.GetPoses(0, poses);
        return [.. poses.Select(x => (int)Math.Round(Unit * x))];
    }

    private static bool Moves(List<int[]> frames, int body)
    {
        ReadOnlySpan<int> first = frames[0].AsSpan(7 * body, 7);
        foreach (int[] frame in frames)
        {
            if (!first.SequenceEqual(frame.AsSpan(7 * body, 7))) return true;
        }

        return false;
    }
}
