using System.Text.Json;

namespace Kalm.Benchmarks;

/// <summary>What benchmarks print.</summary>
internal static class BenchOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Prints a result record as one line of JSON with snake_case names.</summary>
    public static void WriteJson<T>(T result) => Console.WriteLine(JsonSerializer.Serialize(result, Options));

    /// <summary>The middle value of a few measurements.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
