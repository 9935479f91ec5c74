namespace Kalm.Native.Tests.Torch;

public sealed class ModuleTests
{
    [Fact]
    public void Names_of_parameters_follow_fields_and_lists()
    {
        using var net = new Net();

        Assert.Equal(
            ["first.weight", "first.bias", "blocks.0.weight", "blocks.1.weight", "scale", "shift"],
            net.state_dict().Keys.Order(Comparer<string>.Create((a, b) => Rank(a).CompareTo(Rank(b)))));
        Assert.Equal(5, net.parameters().Count());
        Assert.Same(net.Scale, net.get_parameter("scale"));

        static int Rank(string name) => Array.IndexOf(
            ["first.weight", "first.bias", "blocks.0.weight", "blocks.1.weight", "scale", "shift"], name);
    }

    [Fact]
    public void State_goes_from_one_module_to_another()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var a = new Net();
        using var b = new Net();
        Tensor x = torch.randn(2, 3);
        Assert.NotEqual(a.call(x).data<float>().ToArray(), b.call(x).data<float>().ToArray());

        b.load_state_dict(a.state_dict());

        Assert.Equal(a.call(x).data<float>().ToArray(), b.call(x).data<float>().ToArray());
    }

    [Fact]
    public void State_with_other_names_or_shapes_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var net = new Net();
        Dictionary<string, Tensor> state = net.state_dict();
        state.Remove("scale");
        state["extra"] = torch.zeros(1);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("missing [scale], unexpected [extra]", error.Message, StringComparison.Ordinal);
        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);

        state["shift"] = torch.zeros(7);
        error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state, strict: false));
        Assert.Contains("shift: expected shape [4], found [7]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_reaches_all_parts_and_stops_dropout()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Sequential net = nn.Sequential(nn.Dropout(0.5), nn.Sequential(nn.Dropout(0.5)));
        Tensor x = torch.ones(100);
        Assert.Contains(0f, net.call(x).data<float>());

        net.eval();

        Assert.All(net.modules(), part => Assert.False(part.training));
        Assert.All(net.call(x).data<float>(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Linear_embedding_and_layer_norm_equal_hand_values()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Linear linear = nn.Linear(2, 1);
        using Embedding table = nn.Embedding(3, 2, padding_idx: 0);
        using (torch.no_grad())
        {
            linear.weight.copy_(torch.tensor(new float[] { 2, 3 }, [1, 2]));
            linear.bias!.fill_(1);
        }

        Assert.Equal([24], linear.call(torch.tensor(new float[] { 4, 5 }, [1, 2])).data<float>().ToArray());
        Assert.Equal([0, 0], table.call(torch.tensor(new long[] { 0 })).data<float>().ToArray());
        float[] normal = F.layer_norm(torch.tensor(new float[] { 1, 3 }), [2], eps: 0).data<float>().ToArray();
        Assert.Equal([-1, 1], normal);
    }

    [Fact]
    public void Cross_entropy_ignores_marked_rows()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor logits = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);

        double loss = F.cross_entropy(logits, torch.tensor(new long[] { 1, -100 })).ToDouble();

        Assert.Equal(Math.Log(1 + Math.Exp(-1)), loss, 1e-6);
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(3, 4);
        private readonly ModuleList<Linear> blocks =
            nn.ModuleList(nn.Linear(4, 4, hasBias: false), nn.Linear(4, 4, hasBias: false));
        private readonly Parameter scale = nn.Parameter(torch.rand(4));
        private readonly Tensor shift = torch.rand(4);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public Parameter Scale => scale;

        public override Tensor forward(Tensor input)
        {
            Tensor x = first.call(input);
            foreach (Linear block in blocks)
                x = block.call(x).tanh();
            return (x * scale) + shift;
        }
    }
}
