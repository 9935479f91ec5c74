using Kalm.App.Grounding;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Tests.Grounding;

public class TextCorpusTests
{
    private const int LineCount = 20_000;

    private static readonly string Text =
        string.Join('\n', Enumerable.Range(0, LineCount).Select(k => TextCorpus.Line(1, k))).ToUpperInvariant();

    [Fact]
    public void A_line_is_a_function_of_seed_and_index()
    {
        string[] once = [.. Enumerable.Range(0, 200).Select(k => TextCorpus.Line(7, k))];
        string[] again = [.. Enumerable.Range(0, 200).Reverse().Select(k => TextCorpus.Line(7, k)).Reverse()];
        Assert.Equal(once, again);
        Assert.NotEqual(once, Enumerable.Range(0, 200).Select(k => TextCorpus.Line(8, k)));
    }

    [Fact]
    public void No_line_contains_an_evaluation_sentence()
    {
        string[] sentences =
        [
            .. from level in new[] { ClevrLevel.Rephrase, ClevrLevel.Easy, ClevrLevel.Hard }
               from goal in ClevrGoals.Listed(level)
               from sentence in ClevrSentences.For(level, goal)
               select sentence,
        ];

        // 80 x 10 rephrased, 20 x 20 pushes, a row and a ring of 20 each
        Assert.Equal(1240, sentences.Length);
        Assert.DoesNotContain(
            sentences, sentence => Text.Contains(sentence.ToUpperInvariant(), StringComparison.Ordinal));
    }

    [Fact]
    public void No_line_joins_relations_as_the_hard_level_does()
    {
        DrawSequence draws = new(3, 0);
        for (int k = 0; k < 400; k++)
        {
            ClevrGoal goal = ClevrGoals.Sample(ClevrLevel.Hard, ref draws);
            string sentence = ClevrSentences.Sample(ClevrLevel.Hard, goal, ref draws);
            Assert.DoesNotContain(sentence.ToUpperInvariant(), Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_evaluation_sentence_inside_a_line_is_found()
    {
        string sentence = ClevrSentences.For(ClevrLevel.Rephrase, ClevrGoal.Configurations[5])[2];
        Assert.True(HeldOut.Any($"Goal: {sentence.ToUpperInvariant()}. Meaning: none."));
        Assert.False(HeldOut.Any(ClevrSentences.For(ClevrLevel.Offline, ClevrGoal.Configurations[5])[2]));
    }

    [Fact]
    public void The_corpus_knows_every_word_of_the_directions()
    {
        string[] words = ["port", "starboard", "west", "east", "rear", "o'clock", "foreground", "beyond", "fore"];
        foreach (string word in words)
            Assert.Contains($" {word.ToUpperInvariant()} ", Text, StringComparison.Ordinal);
    }
}
