using System.CommandLine;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Physics;

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
        Option<bool> stages = new("--stages") { Description = "Time the stages of a simulation step" };
        Option<bool> json = new("--json") { Description = "Print one JSON object as the last line" };
        Command command = new("sim", "Environment steps per second of Kalm and of libmujoco 2.2.2")
        {
            env, threads, rounds, worlds, stages, json,
        };
        command.SetAction(parsed =>
        {
            SimOptions options = new(
                parsed.GetRequiredValue(env),
                AtLeastOne(parsed.GetValue(threads), "--threads"),
                AtLeastOne(parsed.GetValue(rounds), "--rounds"),
                AtLeastOne(parsed.GetValue(worlds), "--worlds"));
            if (parsed.GetValue(stages)) Print(SimStages.Measure(options));
            SimResult result = SimBench.Run(options);
            if (parsed.GetValue(json)) BenchOutput.WriteJson(result);
            else Print(result);
        });
        return command;
    }

    private static void Print(SimResult result)
    {
        Console.WriteLine($"{result.Env}, {result.Threads} threads; environment steps per second of");
        Console.WriteLine("                           core    processor time");
        Line("kalm (float)", result.KalmEnvStepsPerSecondPerCore, result.KalmPerProcessorSecond, "0");
        Line("libmujoco 2.2.2", result.MujocoEnvStepsPerSecondPerCore, result.MujocoPerProcessorSecond, "0");
        Line("ratio", result.Ratio, result.KalmPerProcessorSecond / result.MujocoPerProcessorSecond, "0.00");
    }

    private static void Line(string name, double core, double processor, string format) =>
        Console.WriteLine($"  {name,-16}  {core.ToString(format),11}  {processor.ToString(format),16}");

    private static void Print(double[] stages)
    {
        Console.WriteLine($"nanoseconds per world and simulation step   {stages.Sum(),8:0.0}");
        for (int stage = 0; stage < stages.Length; stage++)
        {
            double share = stages[stage] / stages.Sum();
            Console.WriteLine($"  {(StepStage)stage,-40}  {stages[stage],8:0.0}  {share,6:0.0%}");
        }
    }

    private static int AtLeastOne(int value, string option) =>
        value >= 1 ? value : throw new KalmException($"{option}: found {value}, expected at least 1");
}
