using Kalm.App.Pipeline;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public class SimulateTests
{
    private static SimulateOptions Small => new()
    {
        Env = "metaworld/reach",
        Worlds = 5,
        Steps = 70,
        EndOnSuccess = true,
        Threads = 1,
    };

    [Fact]
    public void Steps_episodes_and_successes_are_counted()
    {
        SimulateResult result = Run(Small);

        Assert.Equal((5 * 70, 5), (result.EnvSteps, result.Worlds));
        Assert.Equal((0, 0), (result.Overflows, result.NotFinite));

        // the expert reaches every goal in some 45 steps, the second one not within 70
        Assert.Equal((5, 5), (result.Episodes, result.Successes));
        Assert.Equal(result.EnvSteps / result.Seconds, result.EnvStepsPerSecond, result.EnvStepsPerSecond * 0.1);
    }

    [Fact]
    public void Figures_depend_neither_on_threads_nor_on_precision()
    {
        SimulateResult one = Run(Small);
        SimulateResult two = Run(Small with { Threads = 2, Precision = Precision.Double });

        Assert.Equal((one.Episodes, one.Successes), (two.Episodes, two.Successes));
    }

    [Theory]
    [InlineData("metaworld/reach")]
    [InlineData("clevr-robot")]
    public void Random_actions_leave_numbers_finite(string env)
    {
        SimulateResult result = Run(Small with { Env = env, Policy = "random", Steps = 20 });

        Assert.Equal((100, 0), (result.EnvSteps, result.NotFinite));
    }

    [Fact]
    public void Interrupted_simulation_tells_what_it_did()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        SimulateResult result = Simulate.Run(Small, SilentProgress.Instance, stop.Token);

        Assert.Equal((0, 0), (result.EnvSteps, result.EnvStepsPerSecond));
    }

    [Theory]
    [InlineData("metaworld/raech", "scripted", "env: found 'metaworld/raech' (did you mean 'metaworld/reach'?)")]
    [InlineData("raech", "scripted", "env: found 'raech' (did you mean 'metaworld/reach'?)")]
    [InlineData("clevr", "random", "env: found 'clevr', expected clevr-robot or metaworld/TASK")]
    [InlineData("clevr-robott", "random", "(did you mean 'clevr-robot'?)")]
    [InlineData("metaworld/reach", "expert", "policy: found 'expert', expected scripted or random")]
    [InlineData("clevr-robot", "scripted", "clevr-robot has no scripted policy here; expected random")]
    public void Unknown_words_are_refused(string env, string policy, string message)
    {
        var e = Assert.Throws<KalmException>(() => Run(Small with { Env = env, Policy = policy }));

        Assert.Contains(message, e.Message);
    }

    private static SimulateResult Run(SimulateOptions options) =>
        Simulate.Run(options, SilentProgress.Instance, CancellationToken.None);
}
