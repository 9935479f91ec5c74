using System.Text.Json.Nodes;
using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

public class CurvesTests
{
    [Fact]
    public void Curves_are_split_by_scope_and_name()
    {
        List<ReportCurve> curves = Curves.FromLines([Line("a", 0, 1), Line("b", 0, 5), Line("a", 1, 2)], 10);

        Assert.Equal(["a", "b"], curves.Select(c => c.Scope));
        Assert.Equal([1.0, 2.0], curves[0].Values);
    }

    [Fact]
    public void Long_curves_are_averaged()
    {
        List<ReportCurve> curves = Curves.FromLines([.. Enumerable.Range(0, 1000).Select(i => Line("a", i, i))], 10);

        Assert.Equal(10, curves[0].Steps.Count);
        Assert.Equal(99, curves[0].Steps[0]);
        Assert.Equal(49.5, curves[0].Values[0]!.Value);
    }

    private static JsonObject Line(string scope, int step, double loss) =>
        new() { ["scope"] = scope, ["step"] = JsonNode.Parse($"{step}"), ["loss"] = JsonNode.Parse($"{loss}") };
}
