using System.Collections;
using System.Globalization;

namespace Kalm.Native.Torch.Modules;

/// <summary>Modules in order; their names are their numbers.</summary>
public class ModuleList<T> : torch.nn.Module, IReadOnlyList<T>
    where T : torch.nn.Module
{
    private readonly List<T> _items = [];

    /// <summary>A list of modules.</summary>
    internal ModuleList(T[] modules)
        : base(nameof(ModuleList<T>))
    {
        foreach (T module in modules)
            Add(module);
    }

    /// <summary>Number of modules.</summary>
    public int Count => _items.Count;

    /// <summary>The module at a place.</summary>
    public T this[int index] => _items[index];

    /// <summary>Adds a module at the end.</summary>
    public void Add(T item)
    {
        register_module(_items.Count.ToString(CultureInfo.InvariantCulture), item);
        _items.Add(item);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>Modules one after the other.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> _items = [];

    /// <summary>Named modules in order.</summary>
    internal Sequential(IEnumerable<(string Name, torch.nn.Module<torch.Tensor, torch.Tensor> Module)> modules)
        : base(nameof(Sequential))
    {
        foreach ((string name, torch.nn.Module<torch.Tensor, torch.Tensor> module) in modules)
        {
            register_module(name, module);
            _items.Add(module);
        }
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor value = input;
        foreach (torch.nn.Module<torch.Tensor, torch.Tensor> module in _items)
            value = module.forward(value);
        return ReferenceEquals(value, input) ? value : scope.MoveToOuter(value);
    }
}
