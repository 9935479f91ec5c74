using Kalm.Native.Interop;

namespace Kalm.Native.Torch.Modules;

/// <summary>Figures of Adam and AdamW.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Eps">Guard of the division.</param>
/// <param name="WeightDecay">Decay of the weights.</param>
/// <param name="Maximize">Climbs instead of descending.</param>
internal readonly record struct AdamOptions(
    double LearningRate, double Beta1, double Beta2, double Eps, double WeightDecay, bool Maximize);

/// <summary>Adam (Kingma and Ba 2015): one native pass over weights, gradients and moments.</summary>
public class Adam : torch.optim.Optimizer, torch.optim.ILearningRateController
{
    private readonly AdamOptions _options;
    private readonly bool _decoupled;
    private readonly torch.Tensor[] _first;
    private readonly torch.Tensor[] _second;
    private long _step;

    /// <summary>Adam over a list of parameters.</summary>
    internal Adam(IEnumerable<Parameter> parameters, AdamOptions options, bool decoupled = false)
        : base(parameters)
    {
        _options = options;
        _decoupled = decoupled;
        LearningRate = InitialLearningRate = options.LearningRate;
        _first = [.. Parameters.Select(p => torch.zeros_like(p).DetachFromDisposeScope())];
        _second = [.. Parameters.Select(p => torch.zeros_like(p).DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public double LearningRate { get; set; }

    /// <inheritdoc/>
    public double InitialLearningRate { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => [this];

    /// <inheritdoc/>
    public override unsafe torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = closure?.Invoke();
        _step++;
        var native = new NativeAdam
        {
            LearningRate = LearningRate,
            Beta1 = _options.Beta1,
            Beta2 = _options.Beta2,
            Eps = _options.Eps,
            WeightDecay = _options.WeightDecay,
            Step = _step,
            Decoupled = _decoupled ? 1 : 0,
            Maximize = _options.Maximize ? 1 : 0,
        };
        HandleArray parameters = torch.Handles(Parameters);
        HandleArray first = torch.Handles(_first);
        HandleArray second = torch.Handles(_second);
        try
        {
            fixed (nint* p = parameters.Pointers, m = first.Pointers, v = second.Pointers)
                NativeError.Check(NativeMethods.kalm_optim_adam_step(p, m, v, parameters.Count, native));
        }
        finally
        {
            parameters.Dispose();
            first.Dispose();
            second.Dispose();
        }

        return loss;
    }

    /// <summary>Writes step number, learning rate and moments.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(_step);
        writer.Write(LearningRate);
        writer.Write(_first.Length);
        foreach (torch.Tensor tensor in _first.Concat(_second))
        {
            Span<byte> memory = tensor.bytes;
            writer.Write(memory.Length);
            writer.Write(memory);
        }
    }

    /// <summary>Writes step number, learning rate and moments.</summary>
    public void save_state_dict(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        save_state_dict(writer);
    }

    /// <summary>Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of other parameters, or cut short.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        try
        {
            long step = reader.ReadInt64();
            double rate = reader.ReadDouble();
            int count = reader.ReadInt32();
            if (step < 0 || count != _first.Length)
                throw new InvalidDataException($"optimizer state: expected {_first.Length} tensors, found {count}");
            foreach (torch.Tensor tensor in _first.Concat(_second))
            {
                Span<byte> memory = tensor.bytes;
                int length = reader.ReadInt32();
                if (length != memory.Length)
                    throw new InvalidDataException($"optimizer state: expected {memory.Length} bytes, found {length}");
                reader.BaseStream.ReadExactly(memory);
            }

            _step = step;
            LearningRate = rate;
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("optimizer state: the file ends early", error);
        }
    }

    /// <summary>Reads what <see cref="save_state_dict(Stream)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of other parameters, or cut short.</exception>
    public void load_state_dict(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        load_state_dict(reader);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (torch.Tensor tensor in _first.Concat(_second))
            tensor.Dispose();
    }
}

/// <summary>AdamW (Loshchilov and Hutter 2019): Adam that decays the weights apart from the gradient.</summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW over a list of parameters.</summary>
    internal AdamW(IEnumerable<Parameter> parameters, AdamOptions options)
        : base(parameters, options, decoupled: true)
    {
    }
}
