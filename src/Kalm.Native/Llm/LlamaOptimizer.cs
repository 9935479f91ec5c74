namespace Kalm.Native.Llm;

/// <summary>
/// AdamW on the parameters of a model (Loshchilov and Hutter, arXiv 1711.05101), with gradients clipped together with
/// those of other parts that are trained beside it.
/// </summary>
public sealed class LlamaOptimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly AdamW _adam;

    /// <summary>An optimizer of a model's parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weightDecay">Decay of the weights per unit of learning rate.</param>
    public LlamaOptimizer(Llama model, double weightDecay = 0)
    {
        _parameters = [.. model.parameters()];
        _adam = torch.optim.AdamW(_parameters, weight_decay: weightDecay);
    }

    /// <summary>Scales the gradients down so that the norm over all parts is at most a limit.</summary>
    /// <param name="limit">Largest norm.</param>
    /// <param name="otherSquares">Sum of squares of the gradients of the parts beside the model.</param>
    /// <returns>The factor by which the gradients of the other parts are to be multiplied, at most 1.</returns>
    public double Clip(double limit, double otherSquares)
    {
        double own = nn.utils.clip_grad_norm_(_parameters, double.PositiveInfinity);
        double total = Math.Sqrt((own * own) + otherSquares);
        double factor = Math.Min(1, limit / (total + 1e-6));
        if (factor < 1)
            nn.utils.clip_grad_norm_(_parameters, factor * own);
        return factor;
    }

    /// <summary>One step, after which the gradients are gone.</summary>
    /// <param name="learningRate">Rate of this step.</param>
    public void Step(double learningRate)
    {
        foreach (optim.ILearningRateController group in _adam.ParamGroups)
            group.LearningRate = learningRate;
        _adam.step();
        _adam.zero_grad();
    }

    /// <summary>Writes step number and moments.</summary>
    public void Save(BinaryWriter writer) => _adam.save_state_dict(writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is the state of another model, or cut short.</exception>
    public void Load(BinaryReader reader) => _adam.load_state_dict(reader);

    /// <summary>Frees the moments.</summary>
    public void Dispose() => _adam.Dispose();
}
