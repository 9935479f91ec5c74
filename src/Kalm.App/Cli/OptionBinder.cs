using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using Kalm.App.Pipeline;

namespace Kalm.App.Cli;

/// <summary>
/// The one place where option records become command-line options: every settable property is an option named after it,
/// described by its documentation comment, defaulting to its value in a given record. Records within records get a
/// dotted prefix (<c>--ground.epochs</c>).
/// </summary>
internal sealed class OptionBinder
{
    private readonly List<Binding> _bindings = [];
    private readonly List<(PropertyInfo Property, OptionBinder Inner)> _nested = [];

    /// <summary>Maps a record's properties.</summary>
    /// <param name="defaults">A record; its values are the defaults the help text shows.</param>
    /// <param name="prefix">What the options' names start with, with its dot.</param>
    public OptionBinder(object defaults, string prefix = "")
    {
        foreach (PropertyInfo property in defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite) continue;
            object? value = property.GetValue(defaults);
            if (OptionText.Supports(property.PropertyType)) _bindings.Add(new Binding(property, value, prefix));
            else if (value is not null && property.PropertyType.IsClass)
                _nested.Add((property, new OptionBinder(value, prefix + OptionText.Kebab(property.Name) + ".")));
        }
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Binding binding in _bindings) binding.AddTo(command);
        foreach ((_, OptionBinder inner) in _nested) inner.AddTo(command);
    }

    /// <summary>A record with what the user typed, over a start.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="start">The values of options that were not typed; not changed.</param>
    public T Bind<T>(ParseResult parsed, T start)
        where T : class => (T)Bind(parsed, (object)start);

    private object Bind(ParseResult parsed, object start)
    {
        object result = Copy(start);
        foreach (Binding binding in _bindings)
        {
            if (binding.Typed(parsed) is { } text)
                binding.Property.SetValue(result, OptionText.Parse(binding.Name, binding.Property, text));
        }
        foreach ((PropertyInfo property, OptionBinder inner) in _nested)
            property.SetValue(result, inner.Bind(parsed, property.GetValue(start)!));
        return result;
    }

    private static object Copy(object record)
    {
        MethodInfo clone = record.GetType().GetMethod("<Clone>$")
            ?? throw new InvalidOperationException($"{record.GetType()} is not a record");
        return clone.Invoke(record, null)!;
    }

    private sealed class Binding
    {
        private readonly Symbol _symbol;

        public Binding(PropertyInfo property, object? value, string prefix)
        {
            Property = property;
            bool positional = property.GetCustomAttribute<PositionalAttribute>() is not null;
            Name = positional ? property.Name.ToUpperInvariant() : "--" + prefix + OptionText.Kebab(property.Name);
            string description = XmlDocs.Summary(property);
            string? shown = value is null ? null : OptionText.Format(value);
            if (positional) _symbol = new Argument<string>(Name) { Description = description };
            else if (property.PropertyType == typeof(bool)) _symbol = Flag(description, value is true);
            else _symbol = Valued(description, shown);
        }

        public PropertyInfo Property { get; }

        public string Name { get; }

        public void AddTo(Command command)
        {
            if (_symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)_symbol);
        }

        public string? Typed(ParseResult parsed)
        {
            if (_symbol is Argument<string> argument) return parsed.GetValue(argument);
            if (parsed.GetResult((Option)_symbol) is not { Implicit: false } result) return null;
            return result.Tokens is [var token, ..] ? token.Value : "true";
        }

        private Option<string> Valued(string description, string? shown)
        {
            var option = new Option<string>(Name)
            {
                Description = description,
                HelpName = OptionText.Placeholder(Property.PropertyType),
                Arity = ArgumentArity.ExactlyOne,
                Required = Property.GetCustomAttribute<RequiredMemberAttribute>() is not null,
            };
            if (!string.IsNullOrEmpty(shown)) option.DefaultValueFactory = _ => shown;
            return option;
        }

        private Option<bool> Flag(string description, bool value)
        {
            var option = new Option<bool>(Name) { Description = description };
            if (value) option.DefaultValueFactory = _ => true;
            return option;
        }
    }
}
