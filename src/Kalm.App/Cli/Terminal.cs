using Spectre.Console;

namespace Kalm.App.Cli;

/// <summary>Consoles over text writers.</summary>
internal static class Terminal
{
    /// <summary>Width of tables in files and pipes.</summary>
    private const int PlainWidth = 120;

    /// <summary>Whether a writer is the terminal a person looks at.</summary>
    /// <param name="writer">The writer.</param>
    public static bool IsLive(TextWriter writer) =>
        (writer == Console.Out && !Console.IsOutputRedirected)
        || (writer == Console.Error && !Console.IsErrorRedirected);

    /// <summary>A Spectre console over a writer: colors on a terminal, plain text elsewhere.</summary>
    /// <param name="writer">The writer.</param>
    public static IAnsiConsole Create(TextWriter writer)
    {
        bool live = IsLive(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = live ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = live ? InteractionSupport.Detect : InteractionSupport.No,
            ColorSystem = live ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!live) console.Profile.Width = PlainWidth;
        return console;
    }
}
