using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Learning;

/// <summary>
/// Acts for many worlds at once: the action at which the networks' mean output is largest, the first of equal ones.
/// What the goal codes contribute is computed once per <see cref="SetGoals"/>, not at every step.
/// </summary>
public sealed unsafe class GreedyPolicy : IDisposable
{
    private readonly Arena _arena = new();
    private readonly GoalNetwork[] _networks;
    private readonly NetworkPass[] _passes;
    private readonly float* _states;
    private readonly float* _codes;
    private readonly float** _codeRows;

    /// <summary>Takes over the networks of a policy.</summary>
    /// <param name="networks">One network, or the critics of an ensemble; disposed with the policy.</param>
    /// <param name="worlds">Worlds to act for.</param>
    public GreedyPolicy(IReadOnlyList<GoalNetwork> networks, int worlds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(networks.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(worlds, 1);
        _networks = [.. networks];
        Shape = networks[0].Shape;
        Worlds = worlds;
        _passes = new NetworkPass[networks.Count];
        for (int i = 0; i < _passes.Length; i++) _passes[i] = new(networks[i], worlds, _arena, backward: false);
        _states = _arena.Allocate<float>((nint)worlds * Shape.StateSize);
        _codes = _arena.Allocate<float>((nint)worlds * Shape.GoalSize);
        _codeRows = (float**)_arena.Allocate<nint>(worlds);
        for (int world = 0; world < worlds; world++) _codeRows[world] = _codes + ((nint)world * Shape.GoalSize);
    }

    /// <summary>Sizes of the networks.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Worlds the policy acts for.</summary>
    public int Worlds { get; }

    /// <summary>Sets every world's goal.</summary>
    /// <param name="codes">Goal codes, (worlds, goal size).</param>
    public void SetGoals(ReadOnlySpan<float> codes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(codes.Length, Worlds * Shape.GoalSize);
        codes.CopyTo(new Span<float>(_codes, codes.Length));
        foreach (NetworkPass pass in _passes) pass.Goals(_codeRows, new Share(0, pass.Panels(0)));
    }

    /// <summary>Chooses every world's action.</summary>
    /// <param name="states">States, (worlds, state size).</param>
    /// <param name="actions">Actions, (worlds).</param>
    public void Act(ReadOnlySpan<float> states, Span<int> actions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(states.Length, Worlds * Shape.StateSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(actions.Length, Worlds);
        states.CopyTo(new Span<float>(_states, states.Length));
        foreach (NetworkPass pass in _passes)
        {
            pass.FirstLayer(_states, Shape.StateSize, pass.GoalPart, new Share(0, pass.Panels(0)));
            pass.Forward(new Share(0, Worlds));
        }

        for (int world = 0; world < Worlds; world++) actions[world] = Greedy(world);
    }

    /// <summary>Frees the networks and the policy's memory.</summary>
    public void Dispose()
    {
        foreach (GoalNetwork network in _networks) network.Dispose();
        _arena.Dispose();
    }

    private int Greedy(int world)
    {
        int best = 0;
        float largest = float.NegativeInfinity;
        for (int action = 0; action < Shape.OutputSize; action++)
        {
            float sum = 0;
            foreach (NetworkPass pass in _passes) sum += pass.Output[(world * pass.OutputStride) + action];
            if (sum > largest) (best, largest) = (action, sum);
        }

        return best;
    }
}
