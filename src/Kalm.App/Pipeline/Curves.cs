using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kalm.App.Pipeline;

/// <summary>Turns metrics lines into curves of a bounded number of points.</summary>
internal static class Curves
{
    /// <summary>One curve per scope and name, sorted by both.</summary>
    /// <param name="lines">Lines of a metrics file.</param>
    /// <param name="points">Points of a curve at most.</param>
    public static List<ReportCurve> FromLines(IReadOnlyList<JsonObject> lines, int points)
    {
        var curves = new Dictionary<(string, string), (List<double> Steps, List<double?> Values)>();
        foreach (JsonObject line in lines)
        {
            string scope = line["scope"]!.GetValue<string>();
            double step = line["step"]!.GetValue<double>();
            foreach ((string name, JsonNode? value) in line)
            {
                if (name is "scope" or "step") continue;
                if (!curves.TryGetValue((scope, name), out var curve)) curves[(scope, name)] = curve = ([], []);
                curve.Steps.Add(step);
                curve.Values.Add(value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null);
            }
        }
        // lines of policies that were trained side by side come in any order
        return
        [
            .. from curve in curves
               orderby curve.Key.Item1, curve.Key.Item2
               select Shorten(curve.Key.Item1, curve.Key.Item2, curve.Value.Steps, curve.Value.Values, points),
        ];
    }

    private static ReportCurve Shorten(string scope, string name, List<double> steps, List<double?> values, int points)
    {
        // whole bins of neighbors, each drawn at its last step with its mean
        int bin = Math.Max(1, (steps.Count + points - 1) / points);
        var shortSteps = new List<double>();
        var shortValues = new List<double?>();
        for (int i = 0; i < steps.Count; i += bin)
        {
            int end = Math.Min(i + bin, steps.Count);
            List<double> numbers = [.. values[i..end].OfType<double>()];
            shortSteps.Add(steps[end - 1]);
            shortValues.Add(numbers.Count > 0 ? Round(numbers.Average()) : null);
        }
        return new ReportCurve(scope, name, shortSteps, shortValues);
    }

    private static double Round(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
