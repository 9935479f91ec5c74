using Kalm.App.Pipeline;

namespace Kalm.App.Cli;

/// <summary>All verbs of the program.</summary>
internal static class Verbs
{
    /// <summary>Makes the verbs in the order of the help text.</summary>
    public static IReadOnlyList<Verb> All() => [DoctorVerb()];

    private static Verb DoctorVerb() => Verb.Create<NoOptions, DoctorReport>(
        "doctor",
        "Show the machine, the lanes, libtorch and the optional packages in use",
        new NoOptions(),
        (_, _) => Doctor.Run(),
        Tables.Doctor);
}
