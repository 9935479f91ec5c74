using Kalm.App.Formats;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.App.Pipeline;

/// <summary>The scene of a recorded Meta-World episode, and worlds in its states.</summary>
internal static class GoldScene
{
    private const string Prefix = "sawyer_";

    /// <summary>Compiles the scene, with the bodies where the episode had them.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="assets">Folder of Meta-World's models, null: the program's own.</param>
    /// <exception cref="KalmException">There is no such scene, or it is not the one of the episode.</exception>
    public static Model Compile(GoldEpisode episode, string? assets)
    {
        string name = Path.GetFileNameWithoutExtension(episode.Xml);
        string scene = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        TaskEntry task = TaskTable.All.FirstOrDefault(task => task.Spec.Scene == scene)
            ?? throw new KalmException($"{episode.Task}: field xml: no task has the scene '{episode.Xml}'");
        Model model = SceneLibrary.Load(task.Spec, assets);
        Check(episode, "qpos", episode.LastQpos.Length, model.nq);
        Check(episode, "qvel", episode.LastQvel.Length, model.nv);
        Check(episode, "ctrl", episode.Ctrl.Length, episode.Count * model.nu);
        Check(episode, "body_pos", episode.BodyPos.Length, model.body_pos.Length);
        Check(episode, "mocap bodies", 1, model.nmocap);

        // constants that follow from these stay as compiled, as in MuJoCo; sites take no part in physics
        model.body_pos = episode.BodyPos;
        return model;
    }

    /// <summary>Puts a world into a recorded state, warm start included.</summary>
    public static void Restore(Simulation simulation, int world, GoldEpisode episode, int state)
    {
        Model model = simulation.Model;
        simulation.SetQpos(world, episode.QposOf(state));
        simulation.SetQvel(world, episode.Qvel.AsSpan(model.nv * state, model.nv));
        simulation.SetWarmstart(world, episode.Warmstart.AsSpan(model.nv * state, model.nv));
        Drive(simulation, world, episode, state);
    }

    /// <summary>Gives a world the controls and the mocap body of a recorded state.</summary>
    public static void Drive(Simulation simulation, int world, GoldEpisode episode, int state)
    {
        int nu = simulation.Model.nu;
        simulation.SetCtrl(world, episode.Ctrl.AsSpan(nu * state, nu));
        simulation.SetMocap(world, 0, episode.MocapPos.AsSpan(3 * state, 3), episode.MocapQuat.AsSpan(4 * state, 4));
    }

    private static void Check(GoldEpisode episode, string field, int found, int expected)
    {
        if (found != expected)
            throw new KalmException($"{episode.Task}: {field}: found {found} numbers, the scene has {expected}");
    }
}
