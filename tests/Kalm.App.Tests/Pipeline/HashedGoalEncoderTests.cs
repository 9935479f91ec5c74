using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

public class HashedGoalEncoderTests
{
    private const string Goal = "Push the red ball to the left of the blue ball.";

    [Fact]
    public void Codes_have_the_stated_length()
    {
        // 1e-4: 768 rounded float squares
        Assert.Equal(8, Length(Code(Goal)), 1e-4);
    }

    [Fact]
    public void Codes_tell_source_and_destination_apart()
    {
        float[] swapped = Code("Push the blue ball to the left of the red ball.");

        Assert.InRange(Cosine(Code(Goal), swapped), -1, 0.8);
    }

    [Fact]
    public void Codes_of_similar_sentences_are_nearer_than_of_others()
    {
        float[] code = Code(Goal);

        double similar = Cosine(code, Code("Can you push the red ball to the left of the blue ball?"));
        double other = Cosine(code, Code("Gather all the balls around the green one."));

        Assert.True(similar > other + 0.3, $"similar {similar:0.00}, other {other:0.00}");
    }

    [Fact]
    public void Codes_do_not_depend_on_case_articles_and_punctuation()
    {
        Assert.Equal(Code(Goal), Code("push RED ball to left of blue ball"));
    }

    [Fact]
    public void Codes_are_the_same_on_every_machine()
    {
        // SHA-256 of the features decides; a change here breaks trained policies
        float[] code = Code("red");

        Assert.Equal(8f, MathF.Abs(Assert.Single(code, value => value != 0)));
        Assert.Equal(472, Array.FindIndex(code, value => value != 0));
    }

    private static float[] Code(string sentence)
    {
        var code = new float[768];
        new HashedGoalEncoder(768, 8).Encode([sentence], code);
        return code;
    }

    private static double Length(float[] code) => Math.Sqrt(code.Sum(value => (double)value * value));

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Length(a) / Length(b);
}
