using Kalm.Kernels.Embedding;

namespace Kalm.Kernels.Tests.Embedding;

public sealed class SequenceLossTests
{
    [Fact]
    public void Mse_of_hand_made_slots_is_right_and_masks_by_weight()
    {
        float[] predicted = [1, 2, 3, 4, 50, 60], target = [0, 2, 1, 1, 0, 0], gradient = new float[6];

        // (1 + 0) / 2 * 0.5 + (4 + 9) / 2 * 2, and nothing from the third
        double loss = SequenceLoss.MaskedMse(predicted, target, [0.5f, 2, 0], gradient);
        Assert.Equal(0.25 + 13, loss, 1e-12);
        Assert.Equal([0.5f, 0, 4, 6, 0, 0], gradient);
    }

    [Fact]
    public void Cross_entropy_of_even_logits_is_the_logarithm_of_the_classes()
    {
        float[] logits = new float[8], gradient = new float[8];

        double loss = SequenceLoss.MaskedCrossEntropy(logits, [2, 99], [3, 0], gradient);
        Assert.Equal(3 * Math.Log(4), loss, 1e-12);
        Assert.Equal([0.75f, 0.75f, -2.25f, 0.75f, 0, 0, 0, 0], gradient);
    }

    [Fact]
    public void Cross_entropy_stays_finite_for_large_logits()
    {
        float[] logits = [3e38f, 0, -3e38f], gradient = new float[3];

        Assert.Equal(0, SequenceLoss.MaskedCrossEntropy(logits, [0], [1], gradient));
        Assert.All(gradient, g => Assert.Equal(0, g));
    }

    [Fact]
    public void Gradients_equal_central_differences()
    {
        var random = new Random(4);
        float[] logits = [.. Enumerable.Range(0, 15).Select(_ => (float)random.NextDouble() * 4)];
        float[] target = [.. Enumerable.Range(0, 15).Select(_ => (float)random.NextDouble())];
        float[] weights = [1, 0, 0.3f], dMse = new float[15], dCe = new float[15], scratch = new float[15];
        int[] classes = [4, 0, 2];
        SequenceLoss.MaskedMse(logits, target, weights, dMse);
        SequenceLoss.MaskedCrossEntropy(logits, classes, weights, dCe);

        // 1/64 is exact in float, and the third derivative of the cross entropy times h^2 / 6 is below 1e-4
        const float h = 1f / 64;
        for (int i = 0; i < 15; i++)
        {
            float[] above = [.. logits], below = [.. logits];
            above[i] += h;
            below[i] -= h;
            double step = (double)above[i] - below[i];
            double mse = (SequenceLoss.MaskedMse(above, target, weights, scratch)
                - SequenceLoss.MaskedMse(below, target, weights, scratch)) / step;
            double ce = (SequenceLoss.MaskedCrossEntropy(above, classes, weights, scratch)
                - SequenceLoss.MaskedCrossEntropy(below, classes, weights, scratch)) / step;
            Assert.Equal(mse, dMse[i], 1e-4);
            Assert.Equal(ce, dCe[i], 1e-4);
        }
    }

    [Fact]
    public void Hits_count_only_slots_with_a_weight()
    {
        Assert.Equal(2, SequenceLoss.Hits([0, 1, 2, 0, 5, 4], [1, 0, 0], [1, 0, 0.1f]));
        Assert.Equal(0, SequenceLoss.ArgMax([2, 2, 1]));
    }

    [Fact]
    public void Losses_refuse_shapes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(
            () => SequenceLoss.MaskedMse(new float[5], new float[5], [1, 1], new float[5]));
        Assert.Throws<ArgumentException>(
            () => SequenceLoss.MaskedCrossEntropy(new float[4], [2, 0], [1, 1], new float[4]));
    }
}
