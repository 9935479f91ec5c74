using System.CommandLine;
using Kalm.Benchmarks.Learning;
using Kalm.Benchmarks.Llm;
using Kalm.Benchmarks.Physics;
using Kalm.Kernels.Memory;

namespace Kalm.Benchmarks;

/// <summary>The benchmark program behind <c>./bench</c>.</summary>
public static class Program
{
    /// <summary>Runs one benchmark verb.</summary>
    /// <returns>0 on success, 2 on bad input.</returns>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        RootCommand root = new("Benchmarks of Kalm, each beside its peer.");
        root.Subcommands.Add(SimVerb.Create());
        root.Subcommands.Add(LearnVerb.Create());
        root.Subcommands.Add(LlmVerb.Create());
        root.Subcommands.Add(MicroVerb.Create());
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0) return Fail(parsed.Errors[^1].Message);
        try
        {
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (KalmException e)
        {
            return Fail(e.Message);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return 2;
    }
}
