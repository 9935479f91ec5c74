using Kalm.Native.Interop;

namespace Kalm.Native.Torch.Modules;

/// <summary>A table: number in, row out.</summary>
public class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long _padding;

    /// <summary>A table with PyTorch's initial weights, normally distributed.</summary>
    internal Embedding(long count, long size, long? padding, torch.ScalarType? dtype)
        : base(nameof(Embedding))
    {
        _padding = padding ?? -1;
        weight = new Parameter(torch.empty([count, size], dtype));
        torch.nn.init.normal_(weight);
        if (padding is { } row)
        {
            using IDisposable quiet = torch.no_grad();
            using torch.Tensor unused = weight.select(0, row).DetachFromDisposeScope();
            unused.zero_();
        }

        register_parameter(nameof(weight), weight);
    }

    /// <summary>The table, (count, size).</summary>
    public Parameter weight { get; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        int status = NativeMethods.kalm_nn_embedding(weight.Native, input.Native, _padding, out TensorHandle result);
        NativeError.Check(status);
        return new torch.Tensor(result);
    }
}
