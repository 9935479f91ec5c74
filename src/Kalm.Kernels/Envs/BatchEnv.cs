namespace Kalm.Kernels.Envs;

/// <summary>
/// Independent worlds of one environment, stepped together, with the semantics of Gymnasium's vector environments. The
/// spans show memory of the environment and change with the next call.
/// </summary>
/// <remarks>
/// The results of a world depend on the seed, its number and its actions alone: not on the number of worlds, of
/// threads, or on lane width within one precision. Steps allocate nothing; drawing a new goal may.
/// </remarks>
public abstract class BatchEnv : IDisposable
{
    private readonly float[] _observations;
    private readonly float[] _finalObservations;
    private readonly float[] _rewards;
    private readonly bool[] _terminated;
    private readonly bool[] _truncated;
    private readonly bool[] _success;
    private readonly bool[] _overflow;
    private readonly bool[] _invalidActions;
    private readonly float[] _infos;

    /// <summary>Allocates the spans.</summary>
    /// <param name="spec">Names, shapes and bounds.</param>
    /// <param name="count">Number of worlds.</param>
    protected BatchEnv(EnvSpec spec, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Spec = spec;
        Count = count;
        _observations = new float[count * spec.ObservationSize];
        _finalObservations = new float[count * spec.ObservationSize];
        _rewards = new float[count];
        _terminated = new bool[count];
        _truncated = new bool[count];
        _success = new bool[count];
        _overflow = new bool[count];
        _invalidActions = new bool[count];
        _infos = new float[count * spec.InfoNames.Count];
    }

    /// <summary>Names, shapes and bounds.</summary>
    public EnvSpec Spec { get; }

    /// <summary>Number of worlds.</summary>
    public int Count { get; }

    /// <summary>Current observations, (worlds, observation).</summary>
    public ReadOnlySpan<float> Observations => _observations;

    /// <summary>
    /// Last observations of the episodes that ended with the last step, (worlds, observation); of other worlds the
    /// current ones.
    /// </summary>
    public ReadOnlySpan<float> FinalObservations => _finalObservations;

    /// <summary>Rewards of the last step, (worlds); 0 for a world that rests.</summary>
    public ReadOnlySpan<float> Rewards => _rewards;

    /// <summary>
    /// Whether an episode ended with the last step because its goal was reached or its task is over, (worlds).
    /// </summary>
    public ReadOnlySpan<bool> Terminated => _terminated;

    /// <summary>Whether an episode ended with the last step because of its horizon alone, (worlds).</summary>
    public ReadOnlySpan<bool> Truncated => _truncated;

    /// <summary>Whether the last step reached the goal, (worlds); stays while the world rests.</summary>
    public ReadOnlySpan<bool> Success => _success;

    /// <summary>
    /// Whether the simulation of the current episode dropped contacts for lack of room or had to be reset, (worlds).
    /// </summary>
    public ReadOnlySpan<bool> Overflow => _overflow;

    /// <summary>
    /// Whether the last action held a number that is not finite; it was taken as 0, (worlds).
    /// </summary>
    public ReadOnlySpan<bool> InvalidActions => _invalidActions;

    /// <summary>Values that explain the last step, (worlds, the spec's info names); kept while a world rests.</summary>
    public ReadOnlySpan<float> Infos => _infos;

    /// <summary>Begins a new episode in every world.</summary>
    public void Reset()
    {
        for (int world = 0; world < Count; world++) Reset(world);
    }

    /// <summary>Begins a new episode in one world.</summary>
    public abstract void Reset(int world);

    /// <summary>Advances every world that does not rest by one step; where actions are numbered.</summary>
    /// <param name="actions">One action number per world; those of resting worlds are ignored.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number of actions, or one of them, is out of range.
    /// </exception>
    /// <exception cref="ArgumentException">The environment's actions are not numbered.</exception>
    public virtual void Step(ReadOnlySpan<int> actions) => throw new ArgumentException(
        $"{Spec.Id}: found numbered actions, expected {Spec.ActionSize} real numbers per world", nameof(actions));

    /// <summary>Advances every world that does not rest by one step; where actions are real numbers.</summary>
    /// <param name="actions">(worlds, action size); those of resting worlds are ignored.</param>
    /// <exception cref="ArgumentException">
    /// There are too few or too many numbers, or the environment's actions are numbered.
    /// </exception>
    public virtual void Step(ReadOnlySpan<float> actions) => throw new ArgumentException(
        $"{Spec.Id}: found real numbers, expected one of {Spec.ActionCount} action numbers per world", nameof(actions));

    /// <summary>Copies the simulator state of one world: positions, velocities, then what else it has.</summary>
    /// <param name="world">The world.</param>
    /// <param name="state">Room for the spec's state size.</param>
    public abstract void GetState(int world, Span<double> state);

    /// <summary>Sets the simulator state of one world and begins an episode there, with the world's goal.</summary>
    /// <param name="world">The world.</param>
    /// <param name="state">What <see cref="GetState"/> gave.</param>
    public abstract void SetState(int world, ReadOnlySpan<double> state);

    /// <summary>Frees the memory of the worlds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a subclass owns.</summary>
    /// <param name="disposing">Always true.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Current observations, to be written.</summary>
    protected Span<float> ObservationsOut => _observations;

    /// <summary>Last observations, to be written.</summary>
    protected Span<float> FinalObservationsOut => _finalObservations;

    /// <summary>Rewards, to be written.</summary>
    protected Span<float> RewardsOut => _rewards;

    /// <summary>Termination flags, to be written.</summary>
    protected Span<bool> TerminatedOut => _terminated;

    /// <summary>Truncation flags, to be written.</summary>
    protected Span<bool> TruncatedOut => _truncated;

    /// <summary>Success flags, to be written.</summary>
    protected Span<bool> SuccessOut => _success;

    /// <summary>Overflow flags, to be written.</summary>
    protected Span<bool> OverflowOut => _overflow;

    /// <summary>Flags of invalid actions, to be written.</summary>
    protected Span<bool> InvalidActionsOut => _invalidActions;

    /// <summary>Info values, to be written.</summary>
    protected Span<float> InfosOut => _infos;
}
