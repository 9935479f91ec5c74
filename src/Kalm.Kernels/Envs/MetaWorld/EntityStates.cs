using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// States of things to put into KALM's observations where they are absent: the noisy entity of its evaluation
/// (obs_online2noisy_offline in meta_utils.py).
/// </summary>
public sealed class EntityStates
{
    /// <summary>Numbers of a state: position, orientation.</summary>
    public const int Size = 7;

    private readonly float[][] _states;

    /// <summary>Takes states.</summary>
    /// <param name="states">
    /// For each of <see cref="KalmObservation.Entities"/> one state after the other; empty: that thing is never added.
    /// </param>
    /// <exception cref="KalmException">There are more or fewer kinds, or a state is incomplete.</exception>
    public EntityStates(IReadOnlyList<float[]> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Count != KalmObservation.Entities.Count)
            throw new KalmException(
                $"noisy entities: found {states.Count} kinds, expected {KalmObservation.Entities.Count}");
        foreach (float[] kind in states)
        {
            if (kind.Length % Size != 0)
                throw new KalmException($"noisy entities: found {kind.Length} numbers, expected a multiple of {Size}");
        }

        _states = [.. states];
    }

    /// <summary>Number of states of a thing.</summary>
    public int Count(int entity) => _states[entity].Length / Size;

    /// <summary>One state.</summary>
    public ReadOnlySpan<float> State(int entity, int index) => _states[entity].AsSpan(Size * index, Size);
}
