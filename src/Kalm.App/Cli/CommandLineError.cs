using System.CommandLine;
using Kalm.Kernels.Memory;

namespace Kalm.App.Cli;

/// <summary>One clear sentence for a command line that cannot be run.</summary>
internal static class CommandLineError
{
    /// <summary>Says what is wrong, and what may have been meant.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="root">All verbs.</param>
    public static string Describe(ParseResult parsed, RootCommand root)
    {
        Command command = parsed.CommandResult.Command;
        string? stray = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (stray is not null && stray.StartsWith('-')) return UnknownOption(stray, command);
        if (command == root)
        {
            string verbs = string.Join(", ", root.Subcommands.Select(c => c.Name));
            return stray is null
                ? $"no verb: expected one of {verbs}"
                : $"unknown verb '{stray}'{Hint(stray, root.Subcommands)}; expected one of {verbs}";
        }
        if (stray is not null)
            return $"kalm {command.Name}: unexpected argument '{stray}'; see kalm {command.Name} --help";
        if (command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing)
            return $"kalm {command.Name}: expected {missing.Name}; see kalm {command.Name} --help";
        return $"kalm {command.Name}: {parsed.Errors[0].Message.TrimEnd('.')}; see kalm {command.Name} --help";
    }

    private static string UnknownOption(string typed, Command command)
    {
        string name = typed.Split('=', ':')[0];
        string place = command is RootCommand ? "kalm" : "kalm " + command.Name;
        return $"{place}: unknown option '{name}'{Hint(name, command.Options)}; see {place} --help";
    }

    private static string Hint(string typed, IEnumerable<Symbol> known) =>
        Suggestion.Hint(typed, known.Select(symbol => symbol.Name));
}
