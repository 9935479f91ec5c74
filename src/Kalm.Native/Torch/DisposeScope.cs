namespace Kalm.Native.Torch;

/// <summary>
/// Collects the tensors made on this thread while it is open and frees them when it closes. A plain list and a slot
/// number in each tensor: leaving a scope early costs no search.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? t_current;

    private readonly DisposeScope? _outer;
    private readonly List<torch.Tensor?> _tensors = [];
    private List<IDisposable>? _others;

    /// <summary>Opens a scope inside the current one.</summary>
    internal DisposeScope()
    {
        _outer = t_current;
        t_current = this;
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static DisposeScope? Current => t_current;

    /// <summary>Objects the scope would free now.</summary>
    public int DisposablesCount => _tensors.Count(tensor => tensor is not null) + (_others?.Count ?? 0);

    /// <summary>Hands an object to the scope around this one, or to nobody when there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Detach(disposable);
        _outer?.Attach(disposable);
        return disposable;
    }

    /// <summary>Hands several objects to the scope around this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            MoveToOuter(disposable);
    }

    /// <summary>Takes an object out: its owner frees it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is torch.Tensor tensor)
            tensor.Scope?.Remove(tensor);
        else
            _others?.Remove(disposable);
        return disposable;
    }

    /// <summary>Takes several objects out.</summary>
    public void Detach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            Detach(disposable);
    }

    /// <summary>Puts an object into this scope, out of the one it was in.</summary>
    public T Attach<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope?.Remove(tensor);
            Add(tensor);
        }
        else
        {
            (_others ??= []).Add(disposable);
        }

        return disposable;
    }

    /// <summary>Frees everything in the scope.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Frees everything but the named objects, which stay in the scope.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        var kept = new List<torch.Tensor>();
        foreach (torch.Tensor? tensor in _tensors)
        {
            if (tensor is null)
                continue;
            tensor.Scope = null;
            if (keep.Length > 0 && keep.Contains(tensor))
                kept.Add(tensor);
            else
                tensor.Dispose();
        }

        _tensors.Clear();
        foreach (torch.Tensor tensor in kept)
            Add(tensor);

        if (_others is null)
            return;
        foreach (IDisposable other in _others.Where(other => !keep.Contains(other)).ToArray())
        {
            _others.Remove(other);
            other.Dispose();
        }
    }

    /// <summary>Frees everything and closes the scope.</summary>
    public void Dispose()
    {
        DisposeEverything();
        if (ReferenceEquals(t_current, this))
            t_current = _outer;
    }

    /// <summary>Puts a tensor that is in no scope into this one.</summary>
    internal void Add(torch.Tensor tensor)
    {
        tensor.Scope = this;
        tensor.Slot = _tensors.Count;
        _tensors.Add(tensor);
    }

    /// <summary>Takes a tensor of this scope out.</summary>
    internal void Remove(torch.Tensor tensor)
    {
        // the newest tensor is the one most often removed, and then its slot is free again
        if (tensor.Slot == _tensors.Count - 1)
            _tensors.RemoveAt(tensor.Slot);
        else
            _tensors[tensor.Slot] = null;
        tensor.Scope = null;
    }
}
