using Kalm.Native.Interop;

namespace Kalm.Native.Tests.Interop;

public sealed class NativeErrorTests
{
    [Theory]
    [InlineData(0, TorchErrorKind.Torch, "thrown as c10::Error")]
    [InlineData(1, TorchErrorKind.Standard, "thrown as std::exception")]
    [InlineData(2, TorchErrorKind.Unknown, "an unknown exception was thrown by native code")]
    public void Every_kind_of_throw_becomes_an_exception(int kind, TorchErrorKind expected, string message)
    {
        TorchException error = Assert.Throws<TorchException>(() => NativeError.Check(NativeMethods.kalm_throw(kind)));

        Assert.Equal(expected, error.Kind);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Message_is_libtorch_s_without_a_stack()
    {
        using Tensor x = torch.zeros(2, 3);

        TorchException error = Assert.Throws<TorchException>(() => x.matmul(x));

        Assert.StartsWith("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_backward_pass_arrive_too()
    {
        using Tensor x = torch.zeros(2);

        Assert.Contains(
            "does not require grad", Assert.Throws<TorchException>(x.backward).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_on_one_thread_does_not_reach_another()
    {
        string[] messages = new string[4];
        Parallel.For(0, 4, i =>
        {
            using Tensor x = torch.zeros(i + 2, 7 + i);
            messages[i] = Assert.Throws<TorchException>(() => x.matmul(x)).Message;
        });

        for (int i = 0; i < 4; i++)
            Assert.Contains($"({i + 2}x{i + 7} and {i + 2}x{i + 7})", messages[i], StringComparison.Ordinal);
    }
}
