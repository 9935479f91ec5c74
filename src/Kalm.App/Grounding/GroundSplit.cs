using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Memory;

namespace Kalm.App.Grounding;

/// <summary>Divides rollouts into those trained on and those held out.</summary>
public static class GroundSplit
{
    private const ulong Stream = 0x5717;

    /// <summary>A random division, the same for the same seed.</summary>
    /// <param name="rollouts">The rollouts.</param>
    /// <param name="share">Share held out.</param>
    /// <param name="longest">Most steps of a rollout that is used.</param>
    /// <param name="seed">Seed.</param>
    /// <exception cref="KalmException">There is nothing to train on.</exception>
    public static (int[] Train, int[] Held) Draw(RolloutSet rollouts, double share, int longest, ulong seed)
    {
        int[] usable = [.. Enumerable.Range(0, rollouts.Count).Where(i =>
            rollouts.Lengths[i] > 0 && rollouts.Lengths[i] <= longest && rollouts.Sentences[i].Length > 0)];
        if (usable.Length == 0)
        {
            throw new KalmException(
                $"ground: found {rollouts.Count} rollouts, none of them with 1 to {longest} steps and a sentence");
        }

        // Fisher and Yates
        var draws = new DrawSequence(seed, Stream);
        for (int i = usable.Length - 1; i > 0; i--)
        {
            int other = draws.NextBelow(i + 1);
            (usable[i], usable[other]) = (usable[other], usable[i]);
        }

        int held = Math.Min((int)(share * usable.Length), usable.Length - 1);
        return (usable[held..], usable[..held]);
    }
}
