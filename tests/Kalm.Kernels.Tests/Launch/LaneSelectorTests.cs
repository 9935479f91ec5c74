using System.Runtime.Intrinsics.X86;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>The widest lane follows the processor, an override follows its word.</summary>
[Trait("Isa", "small")]
public sealed class LaneSelectorTests
{
    [Fact]
    public void Widest_lane_follows_the_processor()
    {
        (LaneKind single, LaneKind twice) = (LaneKind.Lane1, LaneKind.Lane1d);
        if (Avx2.IsSupported) (single, twice) = (LaneKind.Lane8, LaneKind.Lane4d);
        if (Avx512F.IsSupported) (single, twice) = (LaneKind.Lane16, LaneKind.Lane8d);

        Assert.Equal(single, LaneSelector.Choose(Precision.Float, null));
        Assert.Equal(twice, LaneSelector.Choose(Precision.Double, ""));
    }

    [Theory]
    [InlineData("avx512", LaneKind.Lane16, LaneKind.Lane8d)]
    [InlineData("avx2", LaneKind.Lane8, LaneKind.Lane4d)]
    [InlineData("scalar", LaneKind.Lane1, LaneKind.Lane1d)]
    public void Override_follows_its_word(string word, LaneKind single, LaneKind twice)
    {
        Assert.Equal(single, LaneSelector.Choose(Precision.Float, word));
        Assert.Equal(twice, LaneSelector.Choose(Precision.Double, word));
    }

    [Fact]
    public void Unknown_override_is_refused()
    {
        KalmException error = Assert.Throws<KalmException>(() => LaneSelector.Choose(Precision.Float, "sse"));

        Assert.Equal("KALM_LANES: found \"sse\", expected avx512, avx2 or scalar", error.Message);
    }
}
