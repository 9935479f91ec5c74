namespace Kalm.Kernels.Models;

/// <summary>
/// The attributes of an element on top of its default classes. Later layers win; an attribute with fewer numbers than
/// the field has overwrites the leading ones only, as in MuJoCo.
/// </summary>
internal sealed class MjcfProperties
{
    private readonly List<MjcfElement> _layers;

    /// <summary>Stacks an element on its defaults.</summary>
    public MjcfProperties(IEnumerable<MjcfElement> defaults, MjcfElement element)
    {
        Element = element;
        _layers = [.. defaults, element];
    }

    /// <summary>The element itself.</summary>
    public MjcfElement Element { get; }

    /// <summary>The topmost layer that has an attribute, null where none has.</summary>
    public MjcfElement? Holder(string attribute) => _layers.FindLast(layer => layer.Attributes.ContainsKey(attribute));

    /// <summary>Text of an attribute.</summary>
    public string? Text(string attribute) => Holder(attribute)?.Attributes[attribute];

    /// <summary>One number.</summary>
    public double Number(string attribute, double fallback) =>
        Holder(attribute)?.Numbers(attribute, 1, 1)[0] ?? fallback;

    /// <summary>As many numbers as <paramref name="fallback"/> has.</summary>
    public double[] Numbers(string attribute, double[] fallback) =>
        Holder(attribute)?.Numbers(attribute, fallback.Length, fallback.Length) ?? fallback;

    /// <summary>Up to as many numbers as <paramref name="fallback"/> has; layers overwrite the leading ones.</summary>
    public double[] Leading(string attribute, double[] fallback)
    {
        double[] result = [.. fallback];
        foreach (MjcfElement layer in _layers)
        {
            if (layer.Attributes.ContainsKey(attribute)) layer.Numbers(attribute, 1, result.Length).CopyTo(result, 0);
        }

        return result;
    }

    /// <summary>An integer.</summary>
    public int Integer(string attribute, int fallback, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        Holder(attribute)?.Integer(attribute, minimum, maximum) ?? fallback;

    /// <summary>One of the given words.</summary>
    public T Choice<T>(string attribute, T fallback, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        MjcfElement? holder = Holder(attribute);
        return holder is null ? fallback : holder.Choice(attribute, choices);
    }

    /// <summary>
    /// Whether a range limits something: as said by <paramref name="attribute"/>, otherwise, with autolimits, whether
    /// there is a range (MuJoCo: checklimited, user_objects.cc).
    /// </summary>
    public bool Limited(string attribute, string rangeName, double[] range, bool autolimits)
    {
        bool? limited = Choice<bool?>(attribute, null, ("true", true), ("false", false), ("auto", null));
        if (limited is { } said) return said;
        bool given = range[0] != 0 || range[1] != 0;
        if (given && !autolimits)
        {
            throw Element.Error(
                $"has '{rangeName}' but not '{attribute}': set {attribute}, or autolimits=\"true\" of <compiler>");
        }

        return given;
    }

    /// <summary>
    /// Orientation from quat, axisangle, xyaxes, zaxis or euler (MuJoCo: mjCAlternative::Set, user_objects.cc).
    /// </summary>
    public double[] Orientation(MjcfSettings settings)
    {
        string[] names = ["quat", "axisangle", "xyaxes", "zaxis", "euler"];
        if (names.Count(Element.Attributes.ContainsKey) > 1)
            throw Element.Error($"more than one orientation; one of {string.Join(", ", names)} is expected");
        double[] quat = Numbers("quat", [1, 0, 0, 0]);
        if (!Rotation.Normalize(quat)) quat = [1, 0, 0, 0];
        if (Holder("axisangle") is { } axisHolder)
        {
            double[] axisangle = axisHolder.Numbers("axisangle", 4, 4);
            double[] axis = axisangle[..3];
            if (!Rotation.Normalize(axis)) throw axisHolder.Error("axisangle", "the axis is too small");
            quat = Rotation.FromAxisAngle(axis, settings.Angle(axisangle[3]));
        }

        if (Holder("xyaxes") is { } frameHolder)
        {
            quat = Rotation.FromAxes(frameHolder.Numbers("xyaxes", 6, 6))
                ?? throw frameHolder.Error("xyaxes", "the axes are too small or parallel");
        }

        if (Holder("zaxis") is { } zHolder)
        {
            double[] axis = zHolder.Numbers("zaxis", 3, 3);
            if (!Rotation.Normalize(axis)) throw zHolder.Error("zaxis", "the axis is too small");
            quat = Rotation.FromZ(axis);
        }

        if (Holder("euler") is { } eulerHolder)
        {
            double[] euler = eulerHolder.Numbers("euler", 3, 3);
            quat = Rotation.FromEuler([.. euler.Select(settings.Angle)], settings.EulerSequence);
        }

        return quat;
    }
}
