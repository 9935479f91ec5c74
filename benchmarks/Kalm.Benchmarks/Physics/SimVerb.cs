using System.CommandLine;
using Kalm.Kernels.Memory;

namespace Kalm.Benchmarks.Physics;

/// <summary><c>./bench sim ENV</c>: the simulator beside libmujoco.</summary>
internal static class SimVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<string> env = new("ENV") { Description = "Environment id", DefaultValueFactory = _ => "clevr-robot" };
        Option<int> threads = new("--threads")
        {
            Description = "Threads of both simulators",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Option<int> rounds = new("--rounds") { Description = "Timed rounds", DefaultValueFactory = _ => 9 };
        Option<int> worlds = new("--worlds") { Description = "Worlds per thread", DefaultValueFactory = _ => 128 };
        Option<bool> json = new("--json") { Description = "Print one JSON object as the last line" };
        Command command = new("sim", "Environment steps per second of Kalm and of libmujoco 2.2.2")
        {
            env, threads, rounds, worlds, json,
        };
        command.SetAction(parsed =>
        {
            SimOptions options = new(
                parsed.GetRequiredValue(env),
                AtLeastOne(parsed.GetValue(threads), "--threads"),
                AtLeastOne(parsed.GetValue(rounds), "--rounds"),
                AtLeastOne(parsed.GetValue(worlds), "--worlds"));
            SimResult result = SimBench.Run(options);
            if (parsed.GetValue(json)) BenchOutput.WriteJson(result);
            else Print(result);
        });
        return command;
    }

    private static void Print(SimResult result)
    {
        Console.WriteLine($"{result.Env}, {result.Threads} threads, environment steps per second and core");
        Console.WriteLine($"  kalm (float)     {result.KalmEnvStepsPerSecondPerCore,10:0}");
        Console.WriteLine($"  libmujoco 2.2.2  {result.MujocoEnvStepsPerSecondPerCore,10:0}");
        Console.WriteLine($"  ratio            {result.Ratio,10:0.00}");
    }

    private static int AtLeastOne(int value, string option) =>
        value >= 1 ? value : throw new KalmException($"{option}: found {value}, expected at least 1");
}
