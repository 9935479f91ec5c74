using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text.Json;
using Kalm.App.Formats;
using Kalm.Kernels.Memory;

namespace Kalm.App.Cli;

/// <summary>From a command line to an exit code.</summary>
internal static class KalmCommandLine
{
    /// <summary>Exit code of bad input: the user can do something about it.</summary>
    public const int BadInput = 2;

    /// <summary>Exit code of a failure of the program itself.</summary>
    public const int InternalError = 70;

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Results go here.</param>
    /// <param name="error">Errors go here.</param>
    /// <returns>0 on success, 2 on bad input, 130 when interrupted, 70 on a failure of the program itself.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = Root(Verbs.All(), output, error);
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction) return Fail(error, CommandLineError.Describe(parsed, root));
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static int Run(Verb verb, ParseResult parsed, TextWriter output, TextWriter error)
    {
        bool json = parsed.GetValue(verb.Json);
        using var interrupt = new InterruptSignal(error);
        try
        {
            object result;
            using (CliProgress progress = CliProgress.Create(json ? error : output))
                result = verb.Run(parsed, new VerbContext(progress, interrupt.Token));
            if (json) output.WriteLine(JsonSerializer.Serialize(result, result.GetType(), JsonFile.Compact));
            else verb.Print(result, Terminal.Create(output));
            return 0;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            error.WriteLine("stopped; the same command continues from here");
            return InterruptSignal.ExitCode;
        }
        catch (Exception e) when (ToldByMessage(e))
        {
            return Fail(error, e.Message);
        }
        catch (Exception e) when (FileTrouble(e))
        {
            return Fail(error, AtomicFile.Reason(e));
        }
        catch (Exception e)
        {
            error.WriteLine($"error: internal error, please report it: {e}");
            return InternalError;
        }
    }

    private static bool FileTrouble(Exception e) => e is IOException or UnauthorizedAccessException;

    // libtorch refuses or is not there, a file is no safetensors: their messages say what to do
    private static bool ToldByMessage(Exception e) =>
        e is KalmException or ExternalException or DllNotFoundException or InvalidDataException;

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine("error: " + message);
        return BadInput;
    }

    private static RootCommand Root(IReadOnlyList<Verb> verbs, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(
            "KALM: offline reinforcement learning with rollouts imagined by a grounded language model.");
        foreach (Verb verb in verbs)
        {
            verb.Command.SetAction(parsed => Run(verb, parsed, output, error));
            root.Subcommands.Add(verb.Command);
        }
        return root;
    }
}
