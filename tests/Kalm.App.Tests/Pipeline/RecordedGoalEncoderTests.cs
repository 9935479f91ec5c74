using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Pipeline;

public sealed class RecordedGoalEncoderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kalm-codes-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Recorded_codes_go_by_sentence()
    {
        var encoder = new RecordedGoalEncoder(Write("""["left", "right"]"""));
        var codes = new float[6];

        encoder.Encode(["right", "left"], codes);

        Assert.Equal([4, 5, 6, 1, 2, 3], codes);
    }

    [Theory]
    [InlineData("""["left"]""", "found 1 sentences, expected 2")]
    [InlineData("""["left", 3]""", "expected a list of sentences")]
    [InlineData("""["left", """, "no JSON")]
    public void Sentences_that_do_not_fit_are_refused(string json, string message)
    {
        string path = Write(json);

        var e = Assert.Throws<KalmException>(() => new RecordedGoalEncoder(path));

        Assert.Contains(message, e.Message);
    }

    [Fact]
    public void Unknown_sentence_is_named()
    {
        var encoder = new RecordedGoalEncoder(Write("""["left", "right"]"""));

        var e = Assert.Throws<KalmException>(() => encoder.Encode(["up"], new float[3]));

        Assert.Contains("'up'", e.Message);
    }

    private string Write(string json)
    {
        string path = Path.Combine(_root, "codes.npy");
        Npy.Write(path, new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        File.WriteAllText(Path.Combine(_root, "codes.json"), json);
        return path;
    }
}
