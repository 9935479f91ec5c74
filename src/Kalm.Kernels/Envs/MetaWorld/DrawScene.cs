using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// A reset in which nothing moves, to find out which random vector a task draws: the tasks reject vectors by looking at
/// them alone.
/// </summary>
/// <param name="spec">The task.</param>
/// <param name="random">Random numbers.</param>
internal sealed class DrawScene(TaskSpec spec, MersenneTwister random) : ResetScene
{
    // a box drawn from so long without success has no vector the task takes
    private const int MaxDraws = 100_000;
    private static readonly double[] Identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    private int _draws;

    /// <summary>The vector drawn last.</summary>
    public double[] Last { get; private set; } = [];

    /// <inheritdoc/>
    public override int CoordinateCount => 0;

    /// <inheritdoc/>
    public override int VelocityCount => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double> RandomVector()
    {
        if (++_draws > MaxDraws)
            throw new KalmException($"task {spec.Name}: none of {MaxDraws} random vectors suits it");
        Last = new double[spec.RandomLow.Count];
        for (int i = 0; i < Last.Length; i++) Last[i] = random.Uniform(spec.RandomLow[i], spec.RandomHigh[i]);
        return Last;
    }

    /// <inheritdoc/>
    public override Point Position(string handle) => default;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Matrix(string handle) => Identity;

    /// <inheritdoc/>
    public override double GetCoordinate(int index) => 0;

    /// <inheritdoc/>
    public override void SetCoordinate(int index, double value)
    {
    }

    /// <inheritdoc/>
    public override double GetVelocity(int index) => 0;

    /// <inheritdoc/>
    public override void SetVelocity(int index, double value)
    {
    }

    /// <inheritdoc/>
    public override int CoordinateOf(string joint) => 0;

    /// <inheritdoc/>
    public override int VelocityOf(string joint) => 0;

    /// <inheritdoc/>
    public override void SetBodyPosition(string body, Point position)
    {
    }

    /// <inheritdoc/>
    public override Point GetBodyPosition(string body) => default;

    /// <inheritdoc/>
    public override void SetSitePosition(string site, Point position)
    {
    }

    /// <inheritdoc/>
    public override void Forward()
    {
    }

    /// <inheritdoc/>
    public override void Step(int count)
    {
    }

    /// <inheritdoc/>
    public override void SetMemory(int index, double value)
    {
    }
}
