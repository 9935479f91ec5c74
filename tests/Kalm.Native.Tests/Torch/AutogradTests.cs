namespace Kalm.Native.Tests.Torch;

public sealed class AutogradTests
{
    /// <summary>Smooth functions of one 3 x 4 tensor, by name.</summary>
    public static TheoryData<string> Functions => [.. Table.Keys];

    private static Dictionary<string, Func<Tensor, Tensor>> Table { get; } = new()
    {
        ["product and sum"] = x => (x * x * 0.5).sum(),
        ["matmul"] = x => torch.matmul(x, x.t()).tanh().sum(),
        ["softmax"] = x => (x.softmax(1) * x).sum(),
        ["log_softmax"] = x => (x.log_softmax(0) * x).mean(),
        ["logsumexp"] = x => x.logsumexp(1).sum(),
        ["silu"] = x => F.silu(x).sum(),
        ["gelu"] = x => F.gelu(x).sum(),
        ["rms"] = x => (x * torch.rsqrt(x.pow(2).mean([-1], true) + 1e-5)).pow(3).sum(),
        ["layer_norm"] = x => F.layer_norm(x, [4]).pow(3).sum(),
        ["narrow and cat"] = x => torch.cat([x.narrow(1, 2, 2), x.narrow(1, 0, 2)], 1).exp().mul(x).sum(),
        ["gather"] = x => x.gather(1, torch.tensor(new long[] { 0, 3, 2 }, [3, 1])).exp().sum(),
        ["index"] = x => x[1.., TensorIndex.Slice(step: 2)].pow(3).sum(),
        ["attention"] = x => F.scaled_dot_product_attention(
            x.unsqueeze(0), x.unsqueeze(0), x.unsqueeze(0), is_casual: true).pow(2).sum(),
        ["cross_entropy"] = x => F.cross_entropy(x, torch.tensor(new long[] { 1, 0, 3 })),
        ["huber"] = x => F.huber_loss(x, torch.zeros_like(x), 0.5),
        ["std"] = x => x.std(1).sum(),
        ["division"] = x => (1 / (x.pow(2) + 1)).sum(),
        ["where"] = x => torch.where(x.gt(0), x.pow(2), -x).sum(),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradient_equals_central_differences(string name)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Func<Tensor, Tensor> f = Table[name];
        torch.manual_seed(3);
        Tensor x = torch.randn([3, 4], ScalarType.Float64, requires_grad: true);
        f(x).backward();
        double[] gradient = x.grad!.data<double>().ToArray();

        const double Step = 1e-5;
        using IDisposable quiet = torch.no_grad();
        double[] values = x.detach().clone().data<double>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            double At(double delta)
            {
                double[] moved = [.. values];
                moved[i] += delta;
                return f(torch.tensor(moved, [3, 4])).ToDouble();
            }

            double difference = (At(Step) - At(-Step)) / (2 * Step);
            // the error of a central difference is of order step² = 1e-10, rounding adds eps / step = 2e-11
            Assert.Equal(difference, gradient[i], 1e-7);
        }
    }

    [Fact]
    public void Backward_starts_from_a_given_gradient()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 1, 2 }, requires_grad: true);
        Tensor y = x * x;

        y.backward([torch.tensor(new float[] { 10, 100 })]);

        Assert.Equal([20, 400], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_of_several_tensors_adds_up()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 3 }, requires_grad: true);

        torch.autograd.backward([x * 2, x * x], [torch.ones(1), torch.full([1], 5f)]);

        Assert.Equal([32], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Grad_returns_gradients_and_leaves_the_leaves_alone()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 2 }, requires_grad: true);
        Tensor unused = torch.ones([1], requires_grad: true);

        IList<Tensor?> gradients = torch.autograd.grad([x.pow(3)], [x, unused], allow_unused: true);

        Assert.Equal([12], gradients[0]!.data<float>().ToArray());
        Assert.Null(gradients[1]);
        Assert.Null(x.grad);
    }

    [Fact]
    public void No_grad_hides_operations_and_ends_with_its_scope()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.ones([1], requires_grad: true);

        using (torch.no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (torch.enable_grad())
                Assert.True((x * 2).requires_grad);
        }

        Assert.True((x * 2).requires_grad);
    }
}
