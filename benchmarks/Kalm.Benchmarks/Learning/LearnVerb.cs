using System.CommandLine;

namespace Kalm.Benchmarks.Learning;

/// <summary>The verb <c>bench learn</c>.</summary>
internal static class LearnVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        LearnBenchOptions defaults = new();
        Argument<string> algorithm = new("algorithm") { Description = "cql-discrete or bc-discrete" };
        Option<int> batch = new("--batch")
        {
            Description = "Transitions per update",
            DefaultValueFactory = _ => defaults.Batch,
        };
        Option<int> critics = new("--critics")
        {
            Description = "Critics of CQL; 0 for 1 below batch 128 and 2 from there",
        };
        Option<int> threads = new("--threads")
        {
            Description = "Threads of both sides",
            DefaultValueFactory = _ => defaults.Threads,
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object as the last line" };
        Command command = new("learn", "Offline RL updates per second beside libtorch tensors.")
        {
            algorithm, batch, critics, threads, json,
        };
        command.SetAction(parsed =>
        {
            LearnBenchResult result = LearnBench.Run(defaults with
            {
                Algorithm = parsed.GetValue(algorithm)!,
                Batch = parsed.GetValue(batch),
                Critics = parsed.GetValue(critics),
                Threads = parsed.GetValue(threads),
            });
            Print(result, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Print(LearnBenchResult result, bool json)
    {
        if (json)
        {
            BenchOutput.WriteJson(result);
            return;
        }

        Console.WriteLine(
            $"{result.Algorithm}, batch {result.Batch}, critics {result.Critics}, threads {result.Threads}");
        Console.WriteLine($"  kalm      {result.KalmUpdatesPerSecond,10:F1} updates/s");
        Console.WriteLine($"  libtorch  {result.TorchUpdatesPerSecond,10:F1} updates/s");
        Console.WriteLine($"  ratio     {result.Ratio,10:F2}");
    }
}
