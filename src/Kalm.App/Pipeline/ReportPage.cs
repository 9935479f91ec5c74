using System.Text.Json;
using Kalm.App.Formats;

namespace Kalm.App.Pipeline;

/// <summary>The report as one self-contained HTML file: template, style, script and data in one.</summary>
public static class ReportPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="data">What it shows.</param>
    public static string Render(ReportData data) =>
        Render(data, data.Scenes.Count > 0 ? ThreeScript.Element(ThreeScript.Folder) : "");

    /// <summary>Renders the page.</summary>
    /// <param name="data">What it shows.</param>
    /// <param name="three">The script element with three.js; empty: none.</param>
    internal static string Render(ReportData data, string three)
    {
        // inside a script element only "<" could end it early
        string json =
            JsonSerializer.Serialize(data, JsonFile.Compact).Replace("<", "\\u003c", StringComparison.Ordinal);
        string script = Resource("report.js") + Resource("player.js") + Resource("scene.js");
        return Resource("report.html")
            .Replace("/*KALM-CSS*/", Resource("report.css"), StringComparison.Ordinal)
            .Replace("<!--KALM-THREE-->", three, StringComparison.Ordinal)
            .Replace("/*KALM-JS*/", script, StringComparison.Ordinal)
            .Replace("/*KALM-DATA*/", json, StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream("Kalm.App.Report." + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
