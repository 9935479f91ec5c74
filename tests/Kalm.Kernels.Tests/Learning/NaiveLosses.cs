using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

/// <summary>The losses of both algorithms for one batch, as the papers write them, in double.</summary>
internal static unsafe class NaiveLosses
{
    public static double Bc(NaiveNetwork network, TransitionBatch batch, NetworkShape shape, double beta)
    {
        double nll = 0, penalty = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            double[] logits = network.Run(State(batch.States, batch, shape, row), Code(batch, shape, row));
            nll += LogSumExp(logits) - logits[batch.Actions[row]];
            foreach (double logit in logits) penalty += logit * logit;
        }

        return (nll / batch.Count) + (beta * penalty / (batch.Count * shape.OutputSize));
    }

    /// <summary>
    /// The CQL loss; the acting critics choose the next action: the same numbers, not differentiated.
    /// </summary>
    public static double Cql(
        NaiveNetwork[] critics, NaiveNetwork[] acting, NaiveNetwork[] targets, TransitionBatch batch,
        NetworkShape shape, double gamma, double alpha)
    {
        double loss = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            ReadOnlySpan<float> code = Code(batch, shape, row), next = State(batch.NextStates, batch, shape, row);
            ReadOnlySpan<float> state = State(batch.States, batch, shape, row);
            int a = batch.Actions[row];
            double[] chooser = Mean(acting, next, code);
            int greedy = Array.IndexOf(chooser, chooser.Max());
            double value = double.PositiveInfinity;
            foreach (NaiveNetwork target in targets) value = Math.Min(value, target.Run(next, code)[greedy]);
            double y = batch.Rewards[row] + (gamma * batch.Continues[row] * value);
            foreach (NaiveNetwork critic in critics)
            {
                double error = Math.Abs(critic.Run(state, code)[a] - y);
                loss += error < 1 ? 0.5 * error * error : error - 0.5;
            }

            double[] mean = Mean(critics, state, code);
            loss += alpha * (LogSumExp(mean) - mean[a]);
        }

        return loss / batch.Count;
    }

    private static double[] Mean(NaiveNetwork[] critics, ReadOnlySpan<float> state, ReadOnlySpan<float> code)
    {
        double[] mean = critics[0].Run(state, code);
        for (int c = 1; c < critics.Length; c++)
        {
            double[] other = critics[c].Run(state, code);
            for (int k = 0; k < mean.Length; k++) mean[k] += other[k];
        }

        for (int k = 0; k < mean.Length; k++) mean[k] /= critics.Length;
        return mean;
    }

    private static double LogSumExp(double[] values) => Math.Log(values.Sum(Math.Exp));

    private static ReadOnlySpan<float> State(float* states, TransitionBatch batch, NetworkShape shape, int row) =>
        new(states + (row * batch.StateStride), shape.StateSize);

    private static ReadOnlySpan<float> Code(TransitionBatch batch, NetworkShape shape, int row) =>
        new(batch.GoalCodes[row], shape.GoalSize);
}
