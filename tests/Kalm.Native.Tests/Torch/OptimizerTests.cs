namespace Kalm.Native.Tests.Torch;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData(true, 0.0)]
    [InlineData(true, 0.1)]
    [InlineData(false, 0.1)]
    public void Adam_follows_its_formula(bool decoupled, double decay)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        const double Rate = 0.01, Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-6;
        double[] p = [0.5, -1.5, 2.0];
        double[] m = [0, 0, 0];
        double[] v = [0, 0, 0];
        Parameter weights = nn.Parameter(torch.tensor(p.Select(x => (float)x).ToArray()));
        using optim.Optimizer optimizer = decoupled
            ? torch.optim.AdamW([weights], Rate, Beta1, Beta2, Eps, decay)
            : torch.optim.Adam([weights], Rate, Beta1, Beta2, Eps, decay);

        for (int t = 1; t <= 5; t++)
        {
            optimizer.zero_grad();
            weights.pow(3).sum().backward();
            optimizer.step();
            for (int i = 0; i < p.Length; i++)
            {
                double g = (3 * p[i] * p[i]) + (decoupled ? 0 : decay * p[i]);
                m[i] = (Beta1 * m[i]) + ((1 - Beta1) * g);
                v[i] = (Beta2 * v[i]) + ((1 - Beta2) * g * g);
                double step = Rate * (m[i] / (1 - Math.Pow(Beta1, t)))
                    / (Math.Sqrt(v[i] / (1 - Math.Pow(Beta2, t))) + Eps);
                p[i] = (p[i] * (decoupled ? 1 - (Rate * decay) : 1)) - step;
            }
        }

        float[] found = weights.data<float>().ToArray();
        for (int i = 0; i < p.Length; i++)
            Assert.Equal(p[i], found[i], 2e-6); // five float steps on numbers near 1
        weights.Dispose();
    }

    [Fact]
    public void Fused_and_general_step_agree()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor start = torch.randn(100_000);
        Parameter plain = nn.Parameter(start.clone());
        Parameter doubled = nn.Parameter(start.to(ScalarType.Float64));
        using AdamW one = torch.optim.AdamW([plain], 0.01, weight_decay: 0.1);
        using AdamW two = torch.optim.AdamW([doubled], 0.01, weight_decay: 0.1);
        for (int i = 0; i < 3; i++)
        {
            one.zero_grad();
            two.zero_grad();
            plain.sin().sum().backward();
            doubled.sin().sum().backward();
            one.step();
            two.step();
        }

        using IDisposable quiet = torch.no_grad();
        double worst = (plain.to(ScalarType.Float64) - doubled).abs().max().ToDouble();
        Assert.True(worst < 1e-5, $"{worst}"); // float against double over three steps of 0.01
        plain.Dispose();
        doubled.Dispose();
    }

    [Fact]
    public void State_restores_the_next_steps_exactly()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Parameter p = nn.Parameter(torch.randn(50));
        using AdamW optimizer = torch.optim.AdamW([p], 0.01);
        void Steps(AdamW one, int count)
        {
            for (int i = 0; i < count; i++)
            {
                one.zero_grad();
                p.pow(4).sum().backward();
                one.step();
            }
        }

        Steps(optimizer, 3);
        using var file = new MemoryStream();
        optimizer.save_state_dict(file);
        float[] weights = p.data<float>().ToArray();
        Steps(optimizer, 3);
        float[] expected = p.data<float>().ToArray();

        p.data<float>().CopyFrom(weights);
        using AdamW other = torch.optim.AdamW([p], 0.5);
        file.Position = 0;
        other.load_state_dict(file);
        Steps(other, 3);

        Assert.Equal(expected, p.data<float>().ToArray());
        p.Dispose();
    }

    [Fact]
    public void State_cut_short_is_refused()
    {
        Parameter p = nn.Parameter(torch.zeros(5));
        using AdamW optimizer = torch.optim.AdamW([p]);
        using var file = new MemoryStream();
        optimizer.save_state_dict(file);

        using var half = new MemoryStream(file.ToArray()[..40]);
        Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(half));
        p.Dispose();
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(1.0)]
    [InlineData(double.PositiveInfinity)]
    public void Clipping_scales_to_the_norm(double kind)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Parameter a = nn.Parameter(torch.zeros(1));
        Parameter b = nn.Parameter(torch.zeros(1));
        ((a * 3) + (b * 4)).sum().backward();
        double norm = kind == 2 ? 5 : kind == 1 ? 7 : 4;

        Assert.Equal(norm, nn.utils.clip_grad_norm_([a, b], 100, kind), 1e-6);
        Assert.Equal(3, a.grad!.ToSingle());
        Assert.Equal(norm, nn.utils.clip_grad_norm_([a, b], 1, kind), 1e-6);
        Assert.Equal(3 / norm, a.grad!.ToDouble(), 1e-5);
        Assert.Equal(4 / norm, b.grad!.ToDouble(), 1e-5);
        a.Dispose();
        b.Dispose();
    }

    [Fact]
    public void Schedules_follow_their_curves()
    {
        Parameter p = nn.Parameter(torch.zeros(1));
        using AdamW optimizer = torch.optim.AdamW([p], 2.0);
        optim.lr_scheduler.LRScheduler cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 4);
        var rates = new List<double>();
        for (int i = 0; i <= 4; i++)
        {
            rates.Add(cosine.get_last_lr().Single());
            cosine.step();
        }

        Assert.Equal([2, 1 + Math.Sqrt(0.5), 1, 1 - Math.Sqrt(0.5), 0], rates.Select(rate => Math.Round(rate, 12)),
            (x, y) => Math.Abs(x - y) < 1e-9);
        optim.lr_scheduler.LRScheduler linear =
            torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 1, end_factor: 0, total_iters: 10);
        linear.step(5);
        Assert.Equal(1, optimizer.LearningRate, 1e-12);
        p.Dispose();
    }
}
