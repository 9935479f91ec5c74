using BenchmarkDotNet.Attributes;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Physics;

namespace Kalm.Benchmarks.Physics;

/// <summary>One simulation step of a batch of CLEVR-Robot worlds with balls at rest on the table, one thread.</summary>
[MemoryDiagnoser]
public class StepBench
{
    private CpuLauncher _launcher = null!;
    private Simulation _simulation = null!;

    /// <summary>Lane type.</summary>
    [Params(LaneKind.Lane1, LaneKind.Lane8, LaneKind.Lane16, LaneKind.Lane8d)]
    public LaneKind Kind { get; set; }

    /// <summary>Worlds in the batch.</summary>
    [Params(64)]
    public int Worlds { get; set; }

    /// <summary>Makes the worlds and lets the balls settle.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _launcher = new(1);
        _simulation = new(ClevrScene.Compile(), Worlds, Kind, _launcher);
        _simulation.Step(500);
    }

    /// <summary>Frees the worlds.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _simulation.Dispose();
        _launcher.Dispose();
    }

    /// <summary>One step of all worlds.</summary>
    [Benchmark]
    public void Step() => _simulation.Step();
}
