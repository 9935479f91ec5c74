using System.Globalization;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>An element of a model file, with its place; every complaint about it names that place.</summary>
internal sealed class MjcfElement
{
    /// <summary>An element.</summary>
    /// <param name="name">Element name.</param>
    /// <param name="file">File it stands in.</param>
    /// <param name="line">Line it starts at.</param>
    public MjcfElement(string name, string file, int line)
    {
        Name = name;
        File = file;
        Line = line;
    }

    /// <summary>Element name.</summary>
    public string Name { get; }

    /// <summary>File the element stands in.</summary>
    public string File { get; }

    /// <summary>Line the element starts at.</summary>
    public int Line { get; }

    /// <summary>Attributes by name.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>Child elements in document order.</summary>
    public List<MjcfElement> Children { get; } = [];

    /// <summary>A complaint about this element.</summary>
    public KalmException Error(string message) => new($"{File}:{Line}: <{Name}>: {message}");

    /// <summary>A complaint about an attribute of this element.</summary>
    public KalmException Error(string attribute, string message) =>
        Error($"{attribute}=\"{Shorten(Attributes.GetValueOrDefault(attribute, ""))}\": {message}");

    /// <summary>Refuses attributes other than the named ones.</summary>
    public void Allow(params ReadOnlySpan<string> attributes)
    {
        foreach (string name in Attributes.Keys)
        {
            if (!attributes.Contains(name))
                throw Error($"attribute '{name}' is not supported; supported: {List(attributes)}");
        }
    }

    /// <summary>Refuses child elements other than the named ones.</summary>
    public void AllowChildren(params ReadOnlySpan<string> names)
    {
        foreach (MjcfElement child in Children)
        {
            if (!names.Contains(child.Name))
                throw child.Error($"not supported inside <{Name}>; supported: {List(names)}");
        }
    }

    /// <summary>The numbers of an attribute that is present.</summary>
    /// <param name="attribute">Name of the attribute.</param>
    /// <param name="minimum">Least count.</param>
    /// <param name="maximum">Largest count.</param>
    public double[] Numbers(string attribute, int minimum, int maximum)
    {
        string[] words = Words(Attributes[attribute]);
        if (words.Length < minimum || words.Length > maximum)
        {
            string expected = minimum == maximum ? $"{maximum}" : $"{minimum} to {maximum}";
            throw Error(attribute, $"{words.Length} numbers found, {expected} expected");
        }

        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                throw Error(attribute, $"'{Shorten(words[i])}' is not a number");
            if (!double.IsFinite(numbers[i])) throw Error(attribute, $"'{Shorten(words[i])}' is not a finite number");
        }

        return numbers;
    }

    /// <summary>The integer of an attribute that is present.</summary>
    public int Integer(string attribute, int minimum, int maximum)
    {
        string text = Attributes[attribute].Trim();
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            throw Error(attribute, "an integer is expected");
        if (value < minimum || value > maximum)
            throw Error(attribute, $"an integer from {minimum} to {maximum} is expected");
        return value;
    }

    /// <summary>The value of an attribute that is present and holds one of the given words.</summary>
    public T Choice<T>(string attribute, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        string text = Attributes[attribute].Trim();
        List<string> words = [];
        foreach ((string word, T value) in choices)
        {
            if (word == text) return value;
            words.Add(word);
        }

        throw Error(attribute, $"not supported; supported: {string.Join(", ", words)}");
    }

    /// <summary>The truth value of an attribute that is present.</summary>
    public bool Flag(string attribute) => Choice(attribute, ("true", true), ("false", false));

    private static string List(ReadOnlySpan<string> names) =>
        names.IsEmpty ? "none" : string.Join(", ", names.ToArray().Order(StringComparer.Ordinal));

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
