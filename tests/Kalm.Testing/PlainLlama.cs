namespace Kalm.Testing;

/// <summary>
/// LLaMA-2 written for reading, in double and one sequence at a time: the reference that every other implementation
/// is compared with. Follows Touvron et al., arXiv 2307.09288 and 2302.13971, section 2.2, with the channel order and
/// weight names of Hugging Face.
/// </summary>
public sealed class PlainLlama
{
    private readonly Dictionary<string, double[]> _weights;

    /// <summary>A model.</summary>
    /// <param name="weights">Weights by Hugging Face name, row-major (out, in).</param>
    public PlainLlama(IReadOnlyDictionary<string, float[]> weights)
    {
        _weights = weights.ToDictionary(pair => pair.Key, pair => pair.Value.Select(v => (double)v).ToArray());
    }

    /// <summary>Width of the residual stream (C).</summary>
    public required int Channels { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public double Theta { get; init; } = 10000;

    /// <summary>Random weights for all names of a model.</summary>
    public static Dictionary<string, float[]> RandomWeights(
        int vocabulary, int channels, int inner, int layers, int keyValueChannels, bool tied, int seed)
    {
        var random = new Random(seed);
        var weights = new Dictionary<string, float[]>();
        float[] Draw(int count, double mean, double deviation) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(mean + (deviation * ((2 * random.NextDouble()) - 1))))];

        weights["model.embed_tokens.weight"] = Draw(vocabulary * channels, 0, 1);
        double spread = Math.Sqrt(3.0 / channels);
        for (int i = 0; i < layers; i++)
        {
            string layer = $"model.layers.{i}.";
            weights[layer + "self_attn.q_proj.weight"] = Draw(channels * channels, 0, 2 * spread);
            weights[layer + "self_attn.k_proj.weight"] = Draw(keyValueChannels * channels, 0, 2 * spread);
            weights[layer + "self_attn.v_proj.weight"] = Draw(keyValueChannels * channels, 0, spread);
            weights[layer + "self_attn.o_proj.weight"] = Draw(channels * channels, 0, spread);
            weights[layer + "mlp.gate_proj.weight"] = Draw(inner * channels, 0, spread);
            weights[layer + "mlp.up_proj.weight"] = Draw(inner * channels, 0, spread);
            weights[layer + "mlp.down_proj.weight"] = Draw(channels * inner, 0, spread);
            weights[layer + "input_layernorm.weight"] = Draw(channels, 1, 0.3);
            weights[layer + "post_attention_layernorm.weight"] = Draw(channels, 1, 0.3);
        }

        weights["model.norm.weight"] = Draw(channels, 1, 0.3);
        if (!tied) weights["lm_head.weight"] = Draw(vocabulary * channels, 0, spread);
        return weights;
    }

    /// <summary>Embedding rows of tokens.</summary>
    public double[][] Embed(IEnumerable<int> tokens) =>
        [.. tokens.Select(id => _weights["model.embed_tokens.weight"][(id * Channels)..((id + 1) * Channels)])];

    /// <summary>Hidden states after the last norm of one sequence of embedding rows.</summary>
    public double[][] Hidden(double[][] rows)
    {
        double[][] x = [.. rows.Select(row => row.ToArray())];
        for (int i = 0; i < Layers; i++)
        {
            string layer = $"model.layers.{i}.";
            double[][] attention = Attention(layer, [.. x.Select(row => Norm(row, layer + "input_layernorm.weight"))]);
            x = [.. x.Select((row, t) => Sum(row, Linear(attention[t], layer + "self_attn.o_proj.weight")))];
            string norm = layer + "post_attention_layernorm.weight";
            x = [.. x.Select(row => Sum(row, FeedForward(layer, Norm(row, norm))))];
        }

        return [.. x.Select(row => Norm(row, "model.norm.weight"))];
    }

    /// <summary>Logits of one hidden state.</summary>
    public double[] Logits(double[] hidden) =>
        Linear(hidden, _weights.ContainsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight");

    /// <summary>-log softmax(logits)[target].</summary>
    public static double CrossEntropy(double[] logits, int target)
    {
        double largest = logits.Max();
        return Math.Log(logits.Sum(z => Math.Exp(z - largest))) + largest - logits[target];
    }

    private double[][] Attention(string layer, double[][] x)
    {
        int size = Channels / Heads, group = Heads / KeyValueHeads;
        double[][] q = [.. x.Select((row, t) => Rotate(Linear(row, layer + "self_attn.q_proj.weight"), t, size))];
        double[][] k = [.. x.Select((row, t) => Rotate(Linear(row, layer + "self_attn.k_proj.weight"), t, size))];
        double[][] v = [.. x.Select(row => Linear(row, layer + "self_attn.v_proj.weight"))];

        double[][] output = [.. x.Select(_ => new double[Channels])];
        for (int t = 0; t < x.Length; t++)
        {
            for (int head = 0; head < Heads; head++)
            {
                int at = head * size, from = head / group * size;
                double[] scores = [.. Enumerable.Range(0, t + 1).Select(
                    s => Enumerable.Range(0, size).Sum(d => q[t][at + d] * k[s][from + d]) / Math.Sqrt(size))];
                double largest = scores.Max(), total = scores.Sum(z => Math.Exp(z - largest));
                for (int s = 0; s <= t; s++)
                {
                    double weight = Math.Exp(scores[s] - largest) / total;
                    for (int d = 0; d < size; d++) output[t][at + d] += weight * v[s][from + d];
                }
            }
        }

        return output;
    }

    private double[] FeedForward(string layer, double[] x)
    {
        double[] gate = Linear(x, layer + "mlp.gate_proj.weight"), up = Linear(x, layer + "mlp.up_proj.weight");
        return Linear([.. gate.Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])], layer + "mlp.down_proj.weight");
    }

    private double[] Norm(double[] x, string weight)
    {
        double scale = 1 / Math.Sqrt((x.Sum(v => v * v) / x.Length) + Epsilon);
        return [.. x.Select((v, i) => v * scale * _weights[weight][i])];
    }

    private double[] Linear(double[] x, string weight)
    {
        double[] w = _weights[weight];
        double[] y = new double[w.Length / x.Length];
        for (int o = 0; o < y.Length; o++)
        {
            for (int i = 0; i < x.Length; i++) y[o] += w[(o * x.Length) + i] * x[i];
        }

        return y;
    }

    private double[] Rotate(double[] x, int position, int size)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int channel = i % size, half = size / 2;
            double angle = position * Math.Pow(Theta, -2.0 * (channel % half) / size);
            double partner = channel < half ? -x[i + half] : x[i - half];
            y[i] = (x[i] * Math.Cos(angle)) + (partner * Math.Sin(angle));
        }

        return y;
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Select((v, i) => v + b[i])];
}
