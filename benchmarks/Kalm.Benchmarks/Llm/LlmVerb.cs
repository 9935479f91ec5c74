using System.CommandLine;
using System.Globalization;

namespace Kalm.Benchmarks.Llm;

/// <summary>The verb <c>bench llm</c>.</summary>
internal static class LlmVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        LlmBenchOptions defaults = new();
        Option<string> preset = new("--preset")
        {
            Description = "Sizes of the model: nano, tiny, small or medium",
            DefaultValueFactory = _ => defaults.Preset,
        };
        Option<int> threads = new("--threads")
        {
            Description = "Threads of libtorch and of the decoder",
            DefaultValueFactory = _ => defaults.Threads,
        };
        Option<int> repetitions = new("--repetitions")
        {
            Description = "Measurements of each figure; the median counts",
            DefaultValueFactory = _ => defaults.Repetitions,
        };
        Option<bool> json = new("--json") { Description = "Print one JSON object as the last line" };
        Command command = new("llm", "Language model: tokens per second of training and generation.")
        {
            preset, threads, repetitions, json,
        };
        command.SetAction(parsed =>
        {
            LlmBenchOptions options = defaults with
            {
                Preset = parsed.GetValue(preset)!,
                Threads = parsed.GetValue(threads),
                Repetitions = parsed.GetValue(repetitions),
            };
            bool asJson = parsed.GetValue(json);
            LlmBenchResult result = LlmBench.Run(options);
            Print(options, result, asJson ? Console.Error : Console.Out);
            if (asJson) BenchOutput.WriteJson(result);
            return 0;
        });
        return command;
    }

    private static void Print(LlmBenchOptions options, LlmBenchResult result, TextWriter text)
    {
        text.WriteLine(
            $"{options.Preset}, {result.Parameters:N0} parameters, threads {options.Threads}, "
            + $"training {options.TrainBatch} x {options.TrainTime}, "
            + $"generation {options.GenerateBatch} x ({options.Prompt} + {options.NewTokens})");
        text.WriteLine(Line("training step", result.TrainTokensPerSecond));
        text.WriteLine(Line("generation, decoder", result.GenerateTokensPerSecond));
        text.WriteLine(Line("generation, plain loop", result.PlainGenerateTokensPerSecond));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"ratio",-24}{result.RatioGenerate,10:F2}"));
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"same tokens",-24}{result.SameTokens,10:P1}"));
    }

    private static string Line(string name, double value) => string.Create(
        CultureInfo.InvariantCulture, $"  {name,-24}{value,10:N0} tokens/s");
}
