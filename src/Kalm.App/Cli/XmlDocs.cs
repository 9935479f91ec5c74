using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Kalm.App.Cli;

/// <summary>The documentation comments of option records, read from the XML files beside the assemblies.</summary>
internal static partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Cache = new();

    /// <summary>A property's summary as one line of plain text; empty when there is none.</summary>
    /// <param name="property">The property.</param>
    public static string Summary(PropertyInfo property)
    {
        Type type = property.DeclaringType!;
        Dictionary<string, XElement> members = Cache.GetOrAdd(type.Assembly, Load);
        string typeName = type.FullName!.Replace('+', '.');
        if (members.TryGetValue($"P:{typeName}.{property.Name}", out XElement? member))
            return Text(member.Element("summary"));

        // a positional record documents its properties as parameters
        if (!members.TryGetValue($"T:{typeName}", out XElement? record)) return "";
        return Text(record.Elements("param").FirstOrDefault(e => (string?)e.Attribute("name") == property.Name));
    }

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path)) return [];
        try
        {
            return XDocument.Load(path).Descendants("member")
                .Where(m => m.Attribute("name") is not null)
                .ToDictionary(m => m.Attribute("name")!.Value);
        }
        catch (XmlException)
        {
            // help without descriptions is better than no help
            return [];
        }
    }

    private static string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (XNode node in element.DescendantNodes())
        {
            if (node is XText content) text.Append(content.Value);
            if (node is XElement { Name.LocalName: "see" or "paramref" or "seealso" } link) text.Append(LastName(link));
        }
        return Blanks().Replace(text.ToString(), " ").Trim().TrimEnd('.');
    }

    private static string LastName(XElement link)
    {
        string name = link.Attributes().FirstOrDefault()?.Value ?? "";
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
