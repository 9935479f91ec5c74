using System.Runtime.InteropServices;

namespace Kalm.App.Grounding;

/// <summary>
/// What stands where in a batch of sequences, and what is to be predicted from where. Filled sequence by sequence;
/// row numbers (b * T + t) are known when all are in.
/// </summary>
public sealed class BatchPlan
{
    private readonly int _stateSize;
    private readonly int _encoderSize;
    private readonly List<(int Sequence, int Start, int[] Tokens)> _texts = [];
    private readonly List<(int Sequence, int Time)> _stateAt = [];
    private readonly List<(int Sequence, int Time)> _actionAt = [];
    private readonly List<(int Sequence, int Time)> _statesFrom = [];
    private readonly List<(int Sequence, int Time)> _actionsFrom = [];
    private readonly List<(int Sequence, int Time)> _tokensFrom = [];
    private readonly List<float> _states = [];
    private readonly List<int> _actions = [];
    private readonly List<float> _stateTargets = [];
    private readonly List<int> _actionTargets = [];
    private readonly List<int> _tokenTargets = [];
    private readonly List<float> _stateWeights = [];
    private readonly List<float> _actionWeights = [];
    private readonly List<float> _tokenWeights = [];
    private int _length;

    /// <summary>An empty plan.</summary>
    /// <param name="scale">Numbers of a state and of a slot.</param>
    public BatchPlan(StateScale scale)
    {
        _stateSize = scale.StateSize;
        _encoderSize = scale.EncoderSize;
    }

    /// <summary>Sequences so far (B).</summary>
    public int Count { get; private set; }

    /// <summary>Rows of the longest sequence (T).</summary>
    public int Time { get; private set; }

    /// <summary>Rows in use, over all sequences.</summary>
    public int UsedRows { get; private set; }

    /// <summary>Texts: sequence, first row, tokens.</summary>
    public IReadOnlyList<(int Sequence, int Start, int[] Tokens)> Texts => _texts;

    /// <summary>Encoder inputs of the state slots, (n, encoder input).</summary>
    public ReadOnlySpan<float> States => CollectionsMarshal.AsSpan(_states);

    /// <summary>Actions of the action slots.</summary>
    public ReadOnlySpan<int> Actions => CollectionsMarshal.AsSpan(_actions);

    /// <summary>What the state head should say, (n, state).</summary>
    public ReadOnlySpan<float> StateTargets => CollectionsMarshal.AsSpan(_stateTargets);

    /// <summary>Actions to be predicted.</summary>
    public ReadOnlySpan<int> ActionTargets => CollectionsMarshal.AsSpan(_actionTargets);

    /// <summary>Tokens to be predicted.</summary>
    public ReadOnlySpan<int> TokenTargets => CollectionsMarshal.AsSpan(_tokenTargets);

    /// <summary>Weight of each predicted state.</summary>
    public ReadOnlySpan<float> StateWeights => CollectionsMarshal.AsSpan(_stateWeights);

    /// <summary>Weight of each predicted action.</summary>
    public ReadOnlySpan<float> ActionWeights => CollectionsMarshal.AsSpan(_actionWeights);

    /// <summary>Weight of each predicted token.</summary>
    public ReadOnlySpan<float> TokenWeights => CollectionsMarshal.AsSpan(_tokenWeights);

    /// <summary>Rows of the state slots.</summary>
    public int[] StateRows() => Rows(_stateAt);

    /// <summary>Rows of the action slots.</summary>
    public int[] ActionRows() => Rows(_actionAt);

    /// <summary>Rows that predict states.</summary>
    public int[] StateFromRows() => Rows(_statesFrom);

    /// <summary>Rows that predict actions.</summary>
    public int[] ActionFromRows() => Rows(_actionsFrom);

    /// <summary>Rows that predict tokens.</summary>
    public int[] TokenFromRows() => Rows(_tokensFrom);

    /// <summary>Begins a sequence.</summary>
    public void Begin()
    {
        Count++;
        _length = 0;
    }

    /// <summary>Appends text to the sequence.</summary>
    public void Text(int[] tokens)
    {
        _texts.Add((Count - 1, _length, tokens));
        Grow(tokens.Length);
    }

    /// <summary>Appends text of which every token is predicted by the row before it.</summary>
    /// <param name="tokens">The tokens; the first has to have a row before it unless it begins the sequence.</param>
    /// <param name="weight">Weight of the text, shared out evenly.</param>
    public void PredictedText(int[] tokens, float weight)
    {
        int first = _length == 0 ? 1 : 0;
        for (int i = first; i < tokens.Length; i++)
        {
            _tokensFrom.Add((Count - 1, _length + i - 1));
            _tokenTargets.Add(tokens[i]);
            _tokenWeights.Add(weight / (tokens.Length - first));
        }

        Text(tokens);
    }

    /// <summary>Appends a state slot and gives its encoder input to be filled.</summary>
    public Span<float> State()
    {
        _stateAt.Add((Count - 1, _length));
        Grow(1);
        return Room(_states, _encoderSize);
    }

    /// <summary>Appends an action slot.</summary>
    public void Action(int action)
    {
        _actionAt.Add((Count - 1, _length));
        _actions.Add(action);
        Grow(1);
    }

    /// <summary>The last row predicts a state; gives the head's target to be filled.</summary>
    public Span<float> PredictState(float weight)
    {
        _statesFrom.Add((Count - 1, _length - 1));
        _stateWeights.Add(weight);
        return Room(_stateTargets, _stateSize);
    }

    /// <summary>The last row predicts an action.</summary>
    public void PredictAction(int action, float weight)
    {
        _actionsFrom.Add((Count - 1, _length - 1));
        _actionTargets.Add(action);
        _actionWeights.Add(weight);
    }

    private static Span<float> Room(List<float> list, int size)
    {
        CollectionsMarshal.SetCount(list, list.Count + size);
        return CollectionsMarshal.AsSpan(list)[^size..];
    }

    private void Grow(int rows)
    {
        _length += rows;
        UsedRows += rows;
        Time = Math.Max(Time, _length);
    }

    private int[] Rows(List<(int Sequence, int Time)> places)
    {
        int[] rows = new int[places.Count];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (places[i].Sequence * Time) + places[i].Time;
        return rows;
    }
}
