using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Cli;

/// <summary>Values of option records as text on the command line, both ways.</summary>
internal static class OptionText
{
    /// <summary>A property's name as people type it: <c>BatchSize</c> → <c>batch-size</c>.</summary>
    /// <param name="name">A PascalCase name.</param>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool boundary = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || NextIsLower(name, i));
            if (boundary) text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>Whether the command line can hold values of a type.</summary>
    /// <param name="type">The property's type.</param>
    public static bool Supports(Type type) => type.IsArray ? IsScalar(type.GetElementType()!) : IsScalar(type);

    /// <summary>What stands for the value in the help text.</summary>
    /// <param name="type">The property's type.</param>
    public static string Placeholder(Type type)
    {
        if (type.IsArray) return Placeholder(type.GetElementType()!) + ",…";
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return string.Join('|', Enum.GetNames(type).Select(Kebab));
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true|false";
        return type == typeof(float) || type == typeof(double) ? "number" : "n";
    }

    /// <summary>A value as it would be typed.</summary>
    /// <param name="value">The value.</param>
    public static string Format(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        Enum e => Kebab(e.ToString()),
        string s => s,
        IEnumerable items => string.Join(',', items.Cast<object?>().Select(Format)),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Reads a value.</summary>
    /// <param name="option">The option's name, for errors.</param>
    /// <param name="property">The property that takes the value; its <see cref="RangeAttribute"/> is obeyed.</param>
    /// <param name="text">What was typed.</param>
    /// <exception cref="KalmException">The text is no such value, or outside the range.</exception>
    public static object Parse(string option, PropertyInfo property, string text)
    {
        Type type = property.PropertyType;
        if (type.IsArray)
        {
            string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0) throw Wrong(option, text, Placeholder(type));
            var items = Array.CreateInstance(type.GetElementType()!, parts.Length);
            for (int i = 0; i < parts.Length; i++)
                items.SetValue(ParseScalar(option, type.GetElementType()!, parts[i]), i);
            foreach (object item in items) CheckRange(option, property, item);
            return items;
        }
        object value = ParseScalar(option, Nullable.GetUnderlyingType(type) ?? type, text);
        CheckRange(option, property, value);
        return value;
    }

    private static void CheckRange(string option, PropertyInfo property, object value)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range || range.IsValid(value)) return;
        throw Wrong(option, Format(value), $"{Format(range.Minimum)} … {Format(range.Maximum)}");
    }

    private static object ParseScalar(string option, Type type, string text)
    {
        const NumberStyles Whole = NumberStyles.AllowLeadingSign;
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type == typeof(bool) && bool.TryParse(text, out bool b)) return b;
        if (type == typeof(int) && int.TryParse(text, Whole, culture, out int i)) return i;
        if (type == typeof(long) && long.TryParse(text, Whole, culture, out long l)) return l;
        if (type == typeof(ulong) && ulong.TryParse(text, Whole, culture, out ulong u)) return u;
        if (type == typeof(double) && double.TryParse(text, culture, out double d) && double.IsFinite(d)) return d;
        if (type == typeof(float) && float.TryParse(text, culture, out float f) && float.IsFinite(f)) return f;
        if (type.IsEnum)
        {
            string? name =
                Enum.GetNames(type).FirstOrDefault(n => Kebab(n).Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name is not null) return Enum.Parse(type, name);
        }
        string expected = Placeholder(type) switch { "n" => "a whole number", "number" => "a number", var p => p };
        throw Wrong(option, text, expected);
    }

    private static KalmException Wrong(string option, string found, string expected) =>
        new($"option {option}: found '{found}', expected {expected}");

    private static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(int)
            || type == typeof(long) || type == typeof(ulong) || type == typeof(float) || type == typeof(double);
    }

    private static bool NextIsLower(string name, int i) => i + 1 < name.Length && char.IsLower(name[i + 1]);
}
