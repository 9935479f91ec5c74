using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Tests.Memory;

public class PhiloxTests
{
    // the three known answers of the authors' own test file for philox4x32, 10 rounds
    [Theory]
    [InlineData(0, 0, 0, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Draw_gives_the_known_answers(
        ulong seed, ulong stream, ulong counter, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal(new PhiloxWords(x0, x1, x2, x3), Philox.Draw(seed, stream, counter));
    }

    [Fact]
    public void Units_and_ranges_stay_inside_their_bounds()
    {
        Assert.Equal(0, Philox.Unit(0));
        Assert.True(Philox.Unit(uint.MaxValue) < 1);
        Assert.Equal(0, Philox.Below(0, 7));
        Assert.Equal(6, Philox.Below(uint.MaxValue, 7));
    }
}
