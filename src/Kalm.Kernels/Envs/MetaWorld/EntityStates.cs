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

    // one task for each thing
    private static readonly string[] Recorded =
    [
        "push", "button-press", "door-unlock", "door-open", "window-open", "faucet-open", "reach-wall", "coffee-push",
        "coffee-button", "hammer", "soccer",
    ];

    private const int RecordedSteps = 60;
    private const int RecordedEvery = 3;
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

    /// <summary>
    /// Takes the states things go through in episodes of their tasks' scripted experts; KALM's own states were not
    /// published.
    /// </summary>
    /// <param name="seed">Key of the goals.</param>
    /// <param name="options">Lanes, launcher and scenes; null for the defaults.</param>
    public static EntityStates Record(ulong seed, EnvOptions? options = null)
    {
        List<float>[] states = [.. KalmObservation.Entities.Select(_ => new List<float>())];
        foreach (string task in Recorded)
        {
            using MetaWorldEnv env = new(task, TaskGoals.PerTask, seed, (options ?? new EnvOptions()) with
            {
                Observation = ObservationForm.Kalm,
                Goals = GoalChoice.InOrder,
                NoisyEntities = null,
            });
            for (int step = 0; step <= RecordedSteps; step++)
            {
                if (step % RecordedEvery == 0)
                {
                    foreach (int entity in KalmObservation.Slots(task)) Append(env, entity, states[entity]);
                }

                env.StepScripted();
            }
        }

        return new EntityStates([.. states.Select(list => list.ToArray())]);
    }

    /// <summary>Number of states of a thing.</summary>
    public int Count(int entity) => _states[entity].Length / Size;

    /// <summary>One state.</summary>
    public ReadOnlySpan<float> State(int entity, int index) => _states[entity].AsSpan(Size * index, Size);

    private static void Append(MetaWorldEnv env, int entity, List<float> states)
    {
        for (int world = 0; world < env.Count; world++)
        {
            int first = (KalmObservation.Size * world) + KalmObservation.SlotOffset(entity);
            states.AddRange(env.Observations.Slice(first, Size));
        }
    }
}
