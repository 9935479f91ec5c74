using Kalm.App.Cli;

namespace Kalm.App;

/// <summary>The command-line program <c>kalm</c>: a verb, its stage, an exit code.</summary>
public static class Program
{
    /// <summary>Runs one verb.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>0 on success, non-zero otherwise.</returns>
    public static int Main(string[] args) => KalmCommandLine.Run(args, Console.Out, Console.Error);
}
