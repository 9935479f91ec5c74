using Kalm.App.Formats;

namespace Kalm.App.Pipeline;

/// <summary>Turns a file of the KALM authors into a rollout set.</summary>
public static class Import
{
    /// <summary>Reads the file through the restricted reader and writes the folder.</summary>
    /// <param name="options">What to read and where to write.</param>
    /// <param name="progress">Where to tell what was found.</param>
    /// <exception cref="Kalm.Kernels.Memory.KalmException">The file is broken or holds something else.</exception>
    public static ImportResult Run(ImportOptions options, IProgressSink progress)
    {
        OfficialNpy file = OfficialNpy.Load(options.File);
        RolloutSet set = OfficialMetaWorld.Holds(file) ? OfficialMetaWorld.Read(file) : OfficialClevr.Read(file);
        set.Save(options.Out);
        var result = new ImportResult
        {
            Out = options.Out,
            Rollouts = set.Count,
            Successes = set.Success.Count(success => success),
            Transitions = set.Lengths.Sum(),
        };
        progress.Message(
            $"{result.Rollouts} rollouts, {result.Transitions} transitions, {result.Successes} successes:"
            + $" {options.Out}");
        return result;
    }
}
