namespace Kalm.Kernels.Models;

/// <summary>Reads the equality constraints of a model file (MuJoCo: mjXReader::OneEquality).</summary>
internal sealed class MjcfEqualities
{
    private const int MaxCount = 1000;
    private readonly MjcfDefaults _defaults;
    private readonly HashSet<string> _names = [];

    /// <summary>Reads nothing yet.</summary>
    public MjcfEqualities(MjcfDefaults defaults) => _defaults = defaults;

    /// <summary>All constraints.</summary>
    public List<SceneEquality> All { get; } = [];

    /// <summary>Reads an equality element.</summary>
    public void Read(MjcfElement element)
    {
        element.Allow();
        element.AllowChildren("weld");
        foreach (MjcfElement child in element.Children) All.Add(ReadWeld(child));
    }

    private SceneEquality ReadWeld(MjcfElement element)
    {
        MjcfVocabulary.Check(element);
        if (All.Count >= MaxCount) throw element.Error($"more than {MaxCount} equality constraints");
        MjcfProperties p = new(
            _defaults.Layers(element.Attributes.GetValueOrDefault("class"), "weld", element), element);
        string name = element.Attributes.GetValueOrDefault("name", "");
        if (name.Length > 0 && !_names.Add(name)) throw element.Error("name", "another constraint has this name");
        double[] anchor = p.Numbers("anchor", [0, 0, 0]);
        double[] pose = p.Numbers("relpose", new double[7]);
        return new(element, name)
        {
            Body1 = p.Text("body1") ?? throw element.Error("attribute 'body1' is missing"),
            Body2 = p.Text("body2") ?? "world",
            Active = p.Choice("active", true, ("true", true), ("false", false)),
            SolRef = p.Leading("solref", [0.02, 1]),
            SolImp = p.Leading("solimp", [0.9, 0.95, 0.001, 0.5, 2]),
            Data = [.. anchor, .. pose, p.Number("torquescale", 1)],
        };
    }
}
