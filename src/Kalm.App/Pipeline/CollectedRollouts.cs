using Kalm.App.Formats;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.App.Pipeline;

/// <summary>The rollouts a run has collected, for the stages that learn from them.</summary>
internal static class CollectedRollouts
{
    /// <summary>Reads them.</summary>
    /// <param name="context">The run.</param>
    /// <exception cref="KalmException">They cannot be read, or are of an environment nothing learns in.</exception>
    public static RolloutSet Load(StageContext context)
    {
        RolloutSet set = RolloutSet.Load(context.Folder.Collect);
        Check(context.Folder.Collect, set.Env);
        return set;
    }

    /// <summary>Refuses rollouts that cannot be learned from.</summary>
    /// <param name="where">Where they are from.</param>
    /// <param name="env">Their environment.</param>
    /// <exception cref="KalmException">Nothing learns in that environment.</exception>
    public static void Check(string where, string env)
    {
        if (env != ClevrEnv.Id)
            throw new KalmException(
                $"{where}: found rollouts of {env}, expected {ClevrEnv.Id}: the language model and the policies "
                + "learn in no other environment in this version");
    }
}
