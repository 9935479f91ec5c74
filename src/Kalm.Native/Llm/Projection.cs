namespace Kalm.Native.Llm;

/// <summary>
/// A linear layer without bias whose weight starts from a normal distribution, or from nothing when a checkpoint will
/// fill it: a large model is not initialized twice.
/// </summary>
public sealed class Projection : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="deviation">Standard deviation of the fresh weights, or null to leave them unset.</param>
    public Projection(long inputs, long outputs, double? deviation)
        : base(nameof(Projection))
    {
        Weight = new Parameter(torch.empty([outputs, inputs]));
        if (deviation is { } spread)
            nn.init.normal_(Weight, 0, spread);
        register_parameter("weight", Weight);
    }

    /// <summary>The weight, (outputs, inputs).</summary>
    public Parameter Weight { get; }

    /// <summary>(..., inputs) to (..., outputs).</summary>
    public override Tensor forward(Tensor input) => F.linear(input, Weight);
}
