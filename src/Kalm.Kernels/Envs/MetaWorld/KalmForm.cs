using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>KALM's observations of the worlds of one task: which things are there, and which one is noise.</summary>
internal sealed class KalmForm
{
    // streams of random numbers beside those of the goals
    private const ulong EntityStream = 1UL << 63;
    private const ulong StateStream = 3UL << 62;

    private readonly int[] _slots;
    private readonly float[] _wall;
    private readonly EntityStates? _noise;
    private readonly int[] _absent;
    private readonly ulong _seed;

    /// <summary>The form of a task's observations.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="wall">Position and orientation of the wall; empty where there is none.</param>
    /// <param name="noise">States for the slot of an absent thing; null: none.</param>
    /// <param name="seed">Key of the random numbers.</param>
    public KalmForm(string task, float[] wall, EntityStates? noise, ulong seed)
    {
        _slots = [.. KalmObservation.Slots(task)];
        _wall = wall;
        _noise = noise;
        _seed = seed;
        _absent = noise == null
            ? []
            : [.. Enumerable.Range(0, KalmObservation.Entities.Count).Where(Fits)];

        bool Fits(int entity) => !_slots.Contains(entity) && noise.Count(entity) > 0;
    }

    /// <summary>Writes the observation of a world.</summary>
    /// <param name="native">The 39 numbers.</param>
    /// <param name="episode">Number of the world's episode among all worlds and episodes.</param>
    /// <param name="step">Steps of the episode.</param>
    /// <param name="result">Room for 91 numbers.</param>
    public void Write(ReadOnlySpan<float> native, ulong episode, int step, Span<float> result)
    {
        KalmObservation.Write(native, _slots, result);
        if (_slots is [_, KalmObservation.Wall]) _wall.CopyTo(KalmObservation.Slot(result, KalmObservation.Wall));
        if (_absent.Length == 0) return;

        // the thing is drawn for the episode, its state for every observation
        int entity = _absent[Philox.Below(Philox.Draw(_seed, EntityStream | episode, 0).X0, _absent.Length)];
        uint word = Philox.Draw(_seed, StateStream | episode, (ulong)step).X0;
        _noise!.State(entity, Philox.Below(word, _noise.Count(entity)))
            .CopyTo(KalmObservation.Slot(result, entity));
    }
}
