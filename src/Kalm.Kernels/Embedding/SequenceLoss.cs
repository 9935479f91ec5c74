namespace Kalm.Kernels.Embedding;

/// <summary>
/// The losses of the grounding tasks on predicted slots, each slot with a weight of its own: KALM's means over slots,
/// samples and batch (released code, metrics.py) are weights of 1 / (slots of the sample) / (samples) times the
/// loss's ratio, and a weight of 0 masks a slot.
/// </summary>
public static class SequenceLoss
{
    /// <summary>Sum over slots of weight * mean over numbers of (predicted - target)^2, with its gradient.</summary>
    /// <param name="predicted">Row-major (n, size).</param>
    /// <param name="target">Row-major (n, size).</param>
    /// <param name="weights">Weight of each slot, n of them.</param>
    /// <param name="dPredicted">Receives the gradient, (n, size).</param>
    public static double MaskedMse(
        ReadOnlySpan<float> predicted, ReadOnlySpan<float> target, ReadOnlySpan<float> weights, Span<float> dPredicted)
    {
        int size = RowSize(predicted.Length, weights.Length);
        if (target.Length != predicted.Length || dPredicted.Length != predicted.Length)
            throw new ArgumentException($"expected {predicted.Length} targets and gradients");

        double loss = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            double sum = 0;
            float scale = 2 * weights[row] / size;
            for (int i = row * size; i < (row + 1) * size; i++)
            {
                float error = predicted[i] - target[i];
                sum += (double)error * error;
                dPredicted[i] = scale * error;
            }

            loss += weights[row] * sum / size;
        }

        return loss;
    }

    /// <summary>Sum over slots of weight * -log softmax(logits)[target], with its gradient.</summary>
    /// <param name="logits">Row-major (n, classes).</param>
    /// <param name="targets">Class of each slot; any number where the weight is 0.</param>
    /// <param name="weights">Weight of each slot, n of them.</param>
    /// <param name="dLogits">Receives the gradient, (n, classes).</param>
    public static double MaskedCrossEntropy(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights, Span<float> dLogits)
    {
        int classes = RowSize(logits.Length, weights.Length);
        if (targets.Length != weights.Length || dLogits.Length != logits.Length)
            throw new ArgumentException($"expected {weights.Length} targets and {logits.Length} gradients");

        double loss = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            ReadOnlySpan<float> z = logits.Slice(row * classes, classes);
            Span<float> dz = dLogits.Slice(row * classes, classes);
            if (weights[row] == 0)
            {
                dz.Clear();
                continue;
            }

            if ((uint)targets[row] >= (uint)classes)
                throw new ArgumentException($"target: expected 0 to {classes - 1}, found {targets[row]}");

            // softmax with the largest logit taken out
            float largest = float.NegativeInfinity;
            foreach (float value in z) largest = Math.Max(largest, value);
            double total = 0;
            foreach (float value in z) total += Math.Exp(value - largest);
            for (int i = 0; i < classes; i++)
                dz[i] = (float)(weights[row] * (Math.Exp(z[i] - largest) / total));
            dz[targets[row]] -= weights[row];
            loss += weights[row] * (Math.Log(total) + largest - z[targets[row]]);
        }

        return loss;
    }

    /// <summary>Number of slots with a weight whose largest logit is the target's.</summary>
    /// <param name="logits">Row-major (n, classes).</param>
    /// <param name="targets">Class of each slot.</param>
    /// <param name="weights">Weight of each slot, n of them.</param>
    public static int Hits(ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights)
    {
        int classes = RowSize(logits.Length, weights.Length), hits = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] != 0 && ArgMax(logits.Slice(row * classes, classes)) == targets[row]) hits++;
        }

        return hits;
    }

    /// <summary>Index of the largest number, the first one of equals.</summary>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best]) best = i;
        }

        return best;
    }

    private static int RowSize(int length, int rows)
    {
        if (rows == 0 && length == 0) return 0;
        if (rows == 0 || length % rows != 0)
            throw new ArgumentException($"expected a whole number of rows for {rows} weights, found {length} numbers");
        return length / rows;
    }
}
