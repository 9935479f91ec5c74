using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld;

/// <summary>Makes environments for tests; a scene is compiled once.</summary>
internal static class TaskWorlds
{
    private static readonly Dictionary<string, Model> Scenes = [];
    private static readonly Dictionary<string, Model> Originals = [];

    /// <summary>Skips a test whose task has no scene here.</summary>
    public static void Need(string task) =>
        Skip.IfNot(Has(task), $"no scene of its own, and {SharedData.Missing("metaworld/assets")}");

    /// <summary>Makes an environment.</summary>
    public static MetaWorldEnv Make(string task, int worlds, ulong seed, EnvOptions? options = null) =>
        new(TaskTable.Get(task), Scene(task), worlds, seed, options);

    /// <summary>The compiled scene of a task; the original where the project has none.</summary>
    public static Model Scene(string task)
    {
        TaskSpec spec = TaskTable.Get(task).Spec;
        return SceneLibrary.HasOwn(spec.Scene) ? Load(Scenes, spec, null) : Original(task);
    }

    /// <summary>The original scene of a task.</summary>
    public static Model Original(string task) => Load(Originals, TaskTable.Get(task).Spec, GoldEpisode.Assets!);

    private static Model Load(Dictionary<string, Model> scenes, TaskSpec spec, string? folder)
    {
        lock (scenes)
        {
            if (!scenes.TryGetValue(spec.Scene, out Model? scene))
            {
                scene = SceneLibrary.Load(spec, folder);
                scenes[spec.Scene] = scene;
            }

            return scene;
        }
    }

    private static bool Has(string task) =>
        SceneLibrary.HasOwn(TaskTable.Get(task).Spec.Scene) || GoldEpisode.Assets != null;
}
