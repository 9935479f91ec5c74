using System.CommandLine;
using Kalm.Kernels.Envs.MetaWorld;
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
        Option<string?> assets = new("--assets") { Description = "Folder of the original Meta-World assets" };
        Option<bool> stages = new("--stages") { Description = "Time the stages of a simulation step" };
        Option<bool> json = new("--json") { Description = "Print one JSON object as the last line" };
        Command command = new("sim", "Environment steps per second of Kalm and of libmujoco 2.2.2")
        {
            env, threads, rounds, worlds, assets, stages, json,
        };
        command.SetAction(parsed =>
        {
            SimOptions options = new(
                parsed.GetRequiredValue(env),
                AtLeastOne(parsed.GetValue(threads), "--threads"),
                AtLeastOne(parsed.GetValue(rounds), "--rounds"),
                AtLeastOne(parsed.GetValue(worlds), "--worlds"),
                parsed.GetValue(assets));
            if (options.Env.StartsWith(MetaWorldEnv.Prefix, StringComparison.Ordinal))
            {
                MeasureMetaWorld(options, parsed.GetValue(stages), parsed.GetValue(json));
                return;
            }

            if (parsed.GetValue(stages)) Print(SimStages.Measure(options));
            SimResult result = SimBench.Run(options);
            if (parsed.GetValue(json)) BenchOutput.WriteJson(result);
            else Print(result);
        });
        return command;
    }

    private static void MeasureMetaWorld(SimOptions options, bool stages, bool json)
    {
        if (stages) Print(MetaWorldStages.Measure(options));
        MetaWorldResults results = MetaWorldBench.Run(options);
        if (json) BenchOutput.WriteJson(results);
        else Print(results);
    }

    private static void Print(MetaWorldResults results)
    {
        Console.WriteLine(
            "environment steps per second and core       kalm  mujoco  ratio  (processor)  kB/world  first step");
        foreach (MetaWorldResult r in results.Tasks)
        {
            Console.WriteLine(
                $"{r.Env,-38}{r.KalmEnvStepsPerSecondPerCore,10:0}{r.MujocoEnvStepsPerSecondPerCore,8:0}"
                + $"{r.Ratio,7:0.00}{r.ProcessorRatio,13:0.00}{r.BytesPerWorld / 1024.0,10:0.0}"
                + $"{r.FirstStepSeconds,10:0.00} s");
        }

        Console.WriteLine($"ratio: mean {results.RatioMean:0.00}, least {results.RatioMin:0.00}");
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
