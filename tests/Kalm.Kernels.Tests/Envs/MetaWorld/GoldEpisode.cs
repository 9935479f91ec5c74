using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>A recorded episode of Metaworld 3.1.1 on MuJoCo 3.3.0, in double.</summary>
internal sealed class GoldEpisode
{
    private const string Folder = "metaworld/gold";
    private readonly NpzFile _file;

    /// <summary>Reads the episode of a task.</summary>
    public GoldEpisode(string task)
    {
        _file = new NpzFile(SharedData.Path($"{Folder}/{task}-v3.npz")!);
        Count = _file["rew"].Length;
    }

    /// <summary>
    /// Tasks that have an episode and are among those of the project; empty where the data is absent.
    /// </summary>
    public static IEnumerable<string> Tasks =>
        TaskTable.Names.Where(task => SharedData.Path($"{Folder}/{task}-v3.npz") != null);

    /// <summary>The folder of the original scenes; null where it is absent.</summary>
    public static string? Assets => SharedData.Path("metaworld/assets");

    /// <summary>The message of a skipped test.</summary>
    public static string Missing => SharedData.Missing(Folder);

    /// <summary>Number of steps.</summary>
    public int Count { get; }

    /// <summary>The goal.</summary>
    public double[] Vector => _file["rand_vec"];


    /// <summary>Coordinates after a number of steps.</summary>
    public ReadOnlySpan<double> Qpos(int step) => After(step, "qpos");

    /// <summary>Velocities after a number of steps.</summary>
    public ReadOnlySpan<double> Qvel(int step) => After(step, "qvel");

    /// <summary>Warm start of the first simulation step after a number of steps, not the last.</summary>
    public ReadOnlySpan<double> Warmstart(int step) => Row("warm", StepRows.Substeps * step);

    /// <summary>Place of the hand's target during the step before, or of the first.</summary>
    public ReadOnlySpan<double> Mocap(int step) => Row("mpos", StepRows.Substeps * Math.Max(step - 1, 0));

    /// <summary>Controls during the step before, or of the first.</summary>
    public ReadOnlySpan<double> Ctrl(int step) => Row("ctrl", StepRows.Substeps * Math.Max(step - 1, 0));

    /// <summary>Observation after a number of steps.</summary>
    public ReadOnlySpan<double> Observation(int step) => Slice("obs", step, SceneRows.ObservationSize);

    /// <summary>Action of a step.</summary>
    public ReadOnlySpan<double> Action(int step) => Slice("act", step, 4);

    /// <summary>Reward of a step.</summary>
    public double Reward(int step) => _file["rew"][step];

    /// <summary>Whether a step reached the goal.</summary>
    public bool Success(int step) => _file["succ"][step] > 0;

    /// <summary>Positions the episode gave to a task's bodies and sites, in the order of its lists.</summary>
    public double[] Moved(TaskSpec task, Model model) =>
    [
        .. task.MovedBodies.SelectMany(body => Slice("body_pos", model.names.Body(body), 3).ToArray()),
        .. task.MovedSites.SelectMany(site => Slice("site_pos", model.names.Site(site), 3).ToArray()),
    ];

    private ReadOnlySpan<double> After(int step, string name) =>
        step == Count ? _file[$"{name}F"] : Row(name, StepRows.Substeps * step);

    private ReadOnlySpan<double> Row(string name, int row)
    {
        double[] all = _file[name];
        return Slice(name, row, all.Length / (StepRows.Substeps * Count));
    }

    private ReadOnlySpan<double> Slice(string name, int row, int size) => _file[name].AsSpan(size * row, size);
}
