namespace Kalm.Native.Llm;

/// <summary>Picks a token from logits: the best one, or at random with a temperature among the likeliest.</summary>
/// <param name="Temperature">0 for the best token, otherwise what the logits are divided by.</param>
/// <param name="TopP">
/// Only the likeliest tokens that together reach this probability are candidates (Holtzman et al., arXiv 1904.09751);
/// 1 for all.
/// </param>
public sealed record Sampler(double Temperature = 0, double TopP = 1)
{
    /// <summary>Picks a token.</summary>
    /// <param name="logits">One number per token.</param>
    /// <param name="uniform">A random number from 0 (inclusive) to 1; the same number picks the same token.</param>
    public int Pick(ReadOnlySpan<float> logits, double uniform)
    {
        if (logits.Length == 0)
            throw new ArgumentException("expected at least one logit");
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        if (Temperature <= 0)
            return best;

        double[] weights = new double[logits.Length];
        int[] order = new int[logits.Length];
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp((logits[i] - logits[best]) / Temperature);
            order[i] = i;
            total += weights[i];
        }

        // the likeliest first, the lower id first among equals
        Array.Sort(order, (a, b) => weights[a] != weights[b] ? weights[b].CompareTo(weights[a]) : a.CompareTo(b));
        double reach = 0;
        int count = 0;
        while (count < order.Length && (count == 0 || reach < TopP * total))
            reach += weights[order[count++]];

        double left = uniform * reach;
        for (int i = 0; i < count; i++)
        {
            left -= weights[order[i]];
            if (left < 0)
                return order[i];
        }

        return order[count - 1];
    }
}
