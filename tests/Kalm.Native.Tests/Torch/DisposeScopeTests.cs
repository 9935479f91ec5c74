namespace Kalm.Native.Tests.Torch;

public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_frees_what_was_made_in_it_and_nothing_else()
    {
        Tensor before = torch.zeros(1);
        Tensor moved, detached, inner, nested;
        using (DisposeScope outer = torch.NewDisposeScope())
        {
            using (DisposeScope scope = torch.NewDisposeScope())
            {
                inner = torch.zeros(1);
                nested = inner + 1;
                moved = scope.MoveToOuter(torch.zeros(1));
                detached = torch.zeros(1).DetachFromDisposeScope();
                Assert.Equal(2, scope.DisposablesCount);
            }

            Assert.True(inner.IsInvalid && nested.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.Equal(1, outer.DisposablesCount);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid || before.IsInvalid);
        detached.Dispose();
        before.Dispose();
    }

    [Fact]
    public void Scope_keeps_what_it_is_told_to_keep()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor kept = torch.zeros(1);
        Tensor gone = torch.zeros(1);

        scope.DisposeEverythingBut(kept);

        Assert.False(kept.IsInvalid);
        Assert.True(gone.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Training_leaves_no_handle_behind()
    {
        Train();
        long before = Tensor.TotalCount;
        Train();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Failed_operations_leave_no_handle_behind()
    {
        using Tensor x = torch.zeros(2, 3);
        long before = Tensor.TotalCount;
        for (int i = 0; i < 10; i++)
            Assert.Throws<TorchException>(() => x.matmul(x));
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Train()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Sequential net = nn.Sequential(nn.Linear(4, 8), nn.SiLU(), nn.LayerNorm(8), nn.Linear(8, 2));
        using AdamW optimizer = torch.optim.AdamW(net.parameters());
        for (int i = 0; i < 3; i++)
        {
            optimizer.zero_grad();
            F.cross_entropy(net.call(torch.randn(5, 4)), torch.randint(2, [5])).backward();
            nn.utils.clip_grad_norm_(net.parameters(), 1);
            optimizer.step();
            x(net);
        }

        static void x(Sequential net) => Assert.All(net.parameters(), p => Assert.NotNull(p.grad));
    }
}
