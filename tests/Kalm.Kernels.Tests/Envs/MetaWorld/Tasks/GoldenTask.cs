using System.Text.Json;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>What the original's code computed for some resets and states of a task; tests/golden/metaworld.</summary>
internal sealed record GoldenTask
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    public required string Task { get; init; }

    public required double[] RandomLow { get; init; }

    public required double[] RandomHigh { get; init; }

    public required double[] GoalLow { get; init; }

    public required double[] GoalHigh { get; init; }

    public required double[] MocapLow { get; init; }

    public required double[] MocapHigh { get; init; }

    public required double[] Hand { get; init; }

    public required string[] Handles { get; init; }

    public required GoldenReset[] Resets { get; init; }

    public required GoldenState[] States { get; init; }

    /// <summary>Reads the file of a task.</summary>
    public static GoldenTask Load(string task)
    {
        string path = Path.Combine(Repository.Root, "tests", "golden", "metaworld", task + ".json");
        using FileStream file = File.OpenRead(path);
        return JsonSerializer.Deserialize<GoldenTask>(file, Options) ?? throw new JsonException($"{path} is empty");
    }
}
