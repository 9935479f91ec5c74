namespace Kalm.Kernels.Models;

/// <summary>The default classes of a model: a tree whose inner classes start from what their parents say.</summary>
internal sealed class MjcfDefaults
{
    // all actuator elements share one default in MuJoCo
    private static readonly string[] ActuatorElements = ["motor", "position"];

    // elements of all classes together: every part of a scene looks through those of its class
    private const int MaxElements = 500;
    private readonly Dictionary<string, Node> _classes = [];
    private readonly Node _main = new(null);
    private int _elements;

    /// <summary>Adds a top-level default element.</summary>
    public void Add(MjcfElement element)
    {
        element.Allow("class");
        string name = element.Attributes.GetValueOrDefault("class", "main");
        _classes.TryAdd(name, _main);
        if (_classes[name] != _main) throw element.Error("class", "the class is already defined");
        Fill(_main, element);
    }

    /// <summary>The layers of a class for one kind of element, outermost first.</summary>
    /// <param name="name">Class name; null: the main class.</param>
    /// <param name="kind">Element name.</param>
    /// <param name="user">Who asks, for the error when the class is unknown.</param>
    public IEnumerable<MjcfElement> Layers(string? name, string kind, MjcfElement user)
    {
        Stack<Node> path = [];
        for (Node? node = Find(name, user); node is not null; node = node.Parent) path.Push(node);
        string[] kinds = ActuatorElements.Contains(kind) ? ActuatorElements : kind == "weld" ? ["equality"] : [kind];
        return path.SelectMany(node => node.Elements).Where(element => kinds.Contains(element.Name));
    }

    /// <summary>Refuses an unknown class.</summary>
    public void Check(string name, MjcfElement user) => Find(name, user);

    private Node Find(string? name, MjcfElement user)
    {
        if (name is null || name == "main") return _main;
        if (_classes.TryGetValue(name, out Node? node)) return node;
        string known = string.Join(", ", _classes.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty("none"));
        throw user.Error($"unknown default class '{name}'; defined: {known}");
    }

    private void Fill(Node node, MjcfElement element)
    {
        element.AllowChildren(
            "default", "joint", "geom", "site", "motor", "position", "equality", "camera", "light", "material",
            "mesh");
        foreach (MjcfElement child in element.Children.Where(child => child.Name != "default"))
        {
            MjcfVocabulary.Check(child, inDefault: true);
            if (++_elements > MaxElements) throw child.Error($"more than {MaxElements} elements in default classes");
            node.Elements.Add(child);
        }

        foreach (MjcfElement child in element.Children.Where(child => child.Name == "default"))
        {
            child.Allow("class");
            if (!child.Attributes.TryGetValue("class", out string? name) || name.Length == 0)
                throw child.Error("attribute 'class' is missing");
            Node inner = new(node);
            if (!_classes.TryAdd(name, inner)) throw child.Error("class", "the class is already defined");
            Fill(inner, child);
        }
    }

    private sealed class Node(Node? parent)
    {
        public Node? Parent { get; } = parent;

        public List<MjcfElement> Elements { get; } = [];
    }
}
