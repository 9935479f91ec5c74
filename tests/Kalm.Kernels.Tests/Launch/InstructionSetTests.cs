using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>The switches that take instruction sets away do what the reruns of the suite rely on.</summary>
public sealed class InstructionSetTests
{
    [Fact]
    [Trait("Isa", "probe")]
    public void Instruction_sets_follow_the_switches()
    {
        if (IsaRun.IsOff(IsaRun.WithoutAvx512)) Assert.False(Avx512F.IsSupported || Vector512.IsHardwareAccelerated);
        if (IsaRun.IsOff(IsaRun.WithoutAvx2)) Assert.False(Avx2.IsSupported || Avx512F.IsSupported || Fma.IsSupported);
        if (IsaRun.IsOff(IsaRun.WithoutIntrinsics)) Assert.False(Vector128.IsHardwareAccelerated || Avx2.IsSupported);
        Assert.True(!Avx512F.IsSupported || Avx2.IsSupported);
    }

    [Fact]
    public void A_child_process_runs_without_the_instruction_set()
    {
        string assembly = typeof(InstructionSetTests).Assembly.Location;
        IsaResult result = IsaRun.Run(assembly, "Isa=probe", IsaRun.WithoutAvx512);

        Assert.True(result is { ExitCode: 0, Passed: 1, Failed: 0 }, result.Output);
    }
}
