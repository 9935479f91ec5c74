namespace Kalm.Native.Llm;

/// <summary>
/// One training batch of sequences whose rows are text tokens or vector slots. The input rows are a leaf tensor: slot
/// kernels write into its storage before <see cref="Forward"/>, head kernels read <see cref="Hidden"/> and add to
/// <see cref="HiddenGradient"/>, and after <see cref="Backward"/> the slot kernels find what is theirs in
/// <see cref="InputGradient"/>. Nothing is copied on the way.
/// </summary>
/// <remarks>Sequences are padded on the right with rows of zeros. Row (b, t) has the number b * T + t.</remarks>
public sealed class MixedBatch : IDisposable
{
    private readonly Llama _model;
    private readonly Tensor _inputs;
    private readonly Tensor _gradient;
    private readonly List<(int Row, int Token)> _text = [];
    private Tensor? _hidden;
    private Tensor? _tokenLoss;
    private Tensor? _inputGradient;

    /// <summary>A batch of zeros.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">Number of sequences (B).</param>
    /// <param name="time">Rows of each (T).</param>
    public MixedBatch(Llama model, int batch, int time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(time, 1);
        _model = model;
        Batch = batch;
        Time = time;
        Channels = model.Options.HiddenSize;
        _inputs = torch.zeros([batch, time, Channels]).DetachFromDisposeScope();
        _inputs.requires_grad = true;
        _gradient = torch.zeros([batch, time, Channels]).DetachFromDisposeScope();
    }

    /// <summary>Number of sequences (B).</summary>
    public int Batch { get; }

    /// <summary>Rows of each sequence (T).</summary>
    public int Time { get; }

    /// <summary>Channels of a row (C).</summary>
    public int Channels { get; }

    /// <summary>Rows with a token loss whose largest logit was the target's.</summary>
    public int TokenHits { get; private set; }

    /// <summary>The input rows, (B*T, C); to be written before <see cref="Forward"/>.</summary>
    public Span<float> Inputs => _inputs.FloatSpan();

    /// <summary>Hidden states after the last norm, (B*T, C); valid after <see cref="Forward"/>.</summary>
    public ReadOnlySpan<float> Hidden => Result().FloatSpan();

    /// <summary>Gradient of the loss by the hidden states, (B*T, C); zero after <see cref="Forward"/>, added to by
    /// the head kernels. The token loss is not part of it.</summary>
    public Span<float> HiddenGradient => _gradient.FloatSpan();

    /// <summary>Gradient of the loss by the input rows, (B*T, C); valid after <see cref="Backward"/>.</summary>
    public ReadOnlySpan<float> InputGradient =>
        (_inputGradient ?? throw new InvalidOperationException("Backward has not run")).FloatSpan();

    /// <summary>Forgets everything that was written, for the next batch of this shape.</summary>
    public void Reset()
    {
        Free();
        _text.Clear();
        Inputs.Clear();
    }

    /// <summary>Writes text rows.</summary>
    /// <param name="sequence">Sequence b.</param>
    /// <param name="start">First row t.</param>
    /// <param name="tokens">Tokens of the rows from there on.</param>
    public void WriteTokens(int sequence, int start, ReadOnlySpan<int> tokens)
    {
        if ((uint)sequence >= (uint)Batch || start < 0 || start + tokens.Length > Time)
        {
            throw new ArgumentException(
                $"expected rows within {Batch} sequences of {Time}, "
                + $"found sequence {sequence}, rows {start} to {start + tokens.Length - 1}");
        }

        Span<float> table = _model.EmbedTokens.FloatSpan(), inputs = Inputs;
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)_model.Options.VocabSize)
                throw new ArgumentException($"token: expected 0 to {_model.Options.VocabSize - 1}, found {tokens[i]}");
            int row = (sequence * Time) + start + i;
            table.Slice(tokens[i] * Channels, Channels).CopyTo(inputs.Slice(row * Channels, Channels));
            _text.Add((row, tokens[i]));
        }
    }

    /// <summary>Runs the layers.</summary>
    /// <param name="train">Whether <see cref="Backward"/> will follow.</param>
    public void Forward(bool train = true)
    {
        Free();
        HiddenGradient.Clear();
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.set_grad_enabled(train);
        _hidden = scope.Detach(_model.Hidden(_inputs).contiguous());
    }

    /// <summary>Adds the sum over rows of weight * -log p(target) to the loss; once per forward pass.</summary>
    /// <param name="rows">Row numbers; the row before a token predicts it.</param>
    /// <param name="targets">The tokens to be predicted.</param>
    /// <param name="weights">Weight of each row.</param>
    /// <returns>The weighted sum.</returns>
    public double AddTokenLoss(ReadOnlySpan<int> rows, ReadOnlySpan<int> targets, ReadOnlySpan<float> weights)
    {
        if (_tokenLoss is not null)
            throw new InvalidOperationException("the token loss of this forward pass was added already");
        if (targets.Length != rows.Length || weights.Length != rows.Length)
            throw new ArgumentException($"expected {rows.Length} targets and weights");
        TokenHits = 0;
        if (rows.Length == 0)
            return 0;

        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.set_grad_enabled(Result().requires_grad);
        Tensor at = Integers(rows), classes = Integers(targets);
        Tensor logits = _model.Logits(Result().view(-1, Channels).index_select(0, at));
        Tensor each = F.cross_entropy(logits, classes, reduction: Reduction.None);
        _tokenLoss = scope.Detach((each * torch.tensor(weights.ToArray())).sum());
        TokenHits = (int)logits.detach().argmax(-1).eq(classes).sum().item<long>();
        return _tokenLoss.item<float>();
    }

    /// <summary>
    /// Takes <see cref="HiddenGradient"/> and the token loss back through the layers: adds to the gradients of the
    /// model's parameters, token embeddings included, and sets <see cref="InputGradient"/>.
    /// </summary>
    public void Backward()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        List<Tensor> tensors = [Result()], gradients = [_gradient];
        if (_tokenLoss is not null)
        {
            tensors.Add(_tokenLoss);
            gradients.Add(torch.ones([]));
        }

        using (torch.no_grad())
            _inputs.grad = null;
        torch.autograd.backward(tensors, gradients);
        _inputGradient = scope.Detach(_inputs.grad!.contiguous());
        ScatterText();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Free();
        _inputs.Dispose();
        _gradient.Dispose();
    }

    // text rows were gathered from the embedding table: their gradient belongs there
    private void ScatterText()
    {
        if (_text.Count == 0)
            return;
        Parameter table = _model.EmbedTokens;
        if (table.grad is null)
            table.grad = torch.zeros_like(table).DetachFromDisposeScope();

        ReadOnlySpan<float> from = InputGradient;
        Span<float> to = table.grad!.FloatSpan();
        foreach ((int row, int token) in _text)
        {
            ReadOnlySpan<float> source = from.Slice(row * Channels, Channels);
            Span<float> target = to.Slice(token * Channels, Channels);
            for (int c = 0; c < source.Length; c++)
                target[c] += source[c];
        }
    }

    private Tensor Result() => _hidden ?? throw new InvalidOperationException("Forward has not run");

    private static Tensor Integers(ReadOnlySpan<int> values)
    {
        Tensor tensor = torch.empty([values.Length], ScalarType.Int64);
        Span<long> span = tensor.Int64Span();
        for (int i = 0; i < values.Length; i++)
            span[i] = values[i];
        return tensor;
    }

    private void Free()
    {
        _hidden?.Dispose();
        _tokenLoss?.Dispose();
        _inputGradient?.Dispose();
        (_hidden, _tokenLoss, _inputGradient) = (null, null, null);
    }
}
