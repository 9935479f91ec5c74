using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Tests.Envs.Clevr;

[Trait("Isa", "once")]
public sealed class ClevrSentencesTests
{
    [Fact]
    public void Patterns_are_as_many_as_in_the_paper()
    {
        Assert.Equal(80, ClevrGoal.Configurations.Count);
        Assert.Equal(18, ClevrPatterns.Offline.Distinct().Count());
        Assert.Equal([3, 3, 3, 3], ClevrPatterns.OfflineDirections.Select(list => list.Distinct().Count()));
        Assert.Equal([10, 10, 10, 10], ClevrPatterns.Rephrase.Select(list => list.Count));
        Assert.Equal(40, ClevrPatterns.Rephrase.SelectMany(list => list).Distinct().Count());
        int easy = ClevrPatterns.EasyDirections
            .SelectMany(phrases => ClevrPatterns.Easy.Select((p, k) => p.Replace("{m}", phrases[k % phrases.Count])))
            .Distinct().Count();
        Assert.Equal(80, easy);
        Assert.Equal(6, ClevrPatterns.HardRelations.Distinct().Count());
        Assert.Equal(20, ClevrPatterns.LineUp.Distinct().Count());
        Assert.Equal(20, ClevrPatterns.Gather.Distinct().Count());
    }

    [Theory]
    [InlineData(ClevrLevel.Offline, 54)]
    [InlineData(ClevrLevel.Rephrase, 10)]
    [InlineData(ClevrLevel.Easy, 20)]
    public void A_goal_has_its_number_of_sentences(ClevrLevel level, int count)
    {
        foreach (ClevrGoal goal in ClevrGoals.Listed(level))
            Assert.Equal(count, ClevrSentences.For(level, goal).Distinct().Count());
    }

    [Fact]
    public void Levels_share_no_sentence()
    {
        Dictionary<string, ClevrLevel> seen = [];
        foreach (ClevrLevel level in ClevrLevels.All)
        {
            foreach (string sentence in AllSentences(level).Distinct())
                Assert.True(seen.TryAdd(sentence, level), $"'{sentence}' is on two levels");
        }
    }

    [Fact]
    public void Patterns_of_different_levels_share_no_frame()
    {
        // a frame is a pattern without its slots
        string[] offline = [.. ClevrPatterns.Offline.Select(Frame)];
        string[] rephrase = [.. ClevrPatterns.Rephrase.SelectMany(list => list).Select(Frame)];
        string[] easy = [.. ClevrPatterns.Easy.Select(Frame)];
        Assert.Empty(offline.Intersect(rephrase));
        Assert.Empty(offline.Intersect(easy));
        Assert.Empty(rephrase.Intersect(easy));
    }

    [Fact]
    public void Rephrasing_uses_no_direction_word_of_the_offline_level()
    {
        string[] words = ["behind", "back", "left", "front", "right"];
        foreach (string pattern in ClevrPatterns.Rephrase.SelectMany(list => list))
            Assert.Empty(pattern.ToLowerInvariant().Split(' ', ',', '.', '\'').Intersect(words));
    }

    [Fact]
    public void Rephrasing_shares_few_word_triples_with_the_offline_level()
    {
        HashSet<string> seen = [.. AllSentences(ClevrLevel.Offline).SelectMany(Triples)];
        string[] triples = [.. AllSentences(ClevrLevel.Rephrase).SelectMany(Triples)];

        // the colors have to be named: "the red ball", "of the blue"
        string[] shared = [.. triples.Where(seen.Contains)];
        Assert.InRange((double)shared.Length / triples.Length, 0, 0.2);
        IEnumerable<string> colorless = shared.Where(triple => !triple.Split(' ').Intersect(ClevrGoal.BallNames).Any());
        Assert.Equal(["ball on the", "ball to the", "side of the"], colorless.Distinct().Order());
    }

    [Fact]
    public void Sentences_are_plain_text_with_filled_slots()
    {
        foreach (string sentence in ClevrLevels.All.SelectMany(AllSentences))
        {
            Assert.Matches("^[A-Z][A-Za-z ,.'-]*[a-z]$", sentence);
            Assert.DoesNotContain("  ", sentence);
        }
    }

    [Fact]
    public void A_sentence_names_one_goal()
    {
        Dictionary<string, ClevrGoal> seen = [];
        foreach (ClevrLevel level in ClevrLevels.All)
        {
            foreach (ClevrGoal goal in ClevrGoals.Listed(level))
            {
                foreach (string sentence in ClevrSentences.For(level, goal))
                {
                    if (!seen.TryAdd(sentence, goal)) Assert.Equal(seen[sentence], goal);
                }
            }
        }
    }

    [Fact]
    public void Combined_goals_can_hold_at_once_and_are_drawn_evenly()
    {
        var counts = new Dictionary<ClevrGoalKind, int>();
        for (ulong i = 0; i < 4000; i++)
        {
            var draws = new DrawSequence(3, i);
            ClevrGoal goal = ClevrGoals.Sample(ClevrLevel.Hard, ref draws);
            counts[goal.Kind] = counts.GetValueOrDefault(goal.Kind) + 1;
            var pairs =
                goal.Relations.Select(r => (Math.Min(r.Source, r.Destination), Math.Max(r.Source, r.Destination)));
            Assert.Equal(goal.Relations.Count, pairs.Distinct().Count());
            Assert.Equal(goal, ClevrGoal.Decode(goal.ToCode()));
        }

        // 1000 expected, standard deviation 27
        Assert.Equal(4, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void A_level_refuses_goals_of_another_kind() =>
        Assert.Throws<KalmException>(() => ClevrSentences.For(ClevrLevel.Easy, ClevrGoal.LineUp()));

    [Fact]
    public void Level_names_are_read_back()
    {
        foreach (ClevrLevel level in ClevrLevels.All) Assert.Equal(level, ClevrLevels.Parse(level.Name()));
        Assert.Throws<KalmException>(() => ClevrLevels.Parse("medium"));
    }

    private static IEnumerable<string> AllSentences(ClevrLevel level)
    {
        IEnumerable<ClevrGoal> goals = ClevrGoals.Listed(level);
        if (level == ClevrLevel.Hard)
        {
            goals = goals.Concat(Enumerable.Range(0, 500).Select(i =>
            {
                var draws = new DrawSequence(1, (ulong)i);
                return ClevrGoals.Sample(ClevrLevel.Hard, ref draws);
            }));
        }

        return goals.SelectMany(goal => ClevrSentences.For(level, goal));
    }

    private static string Frame(string pattern) =>
        string.Join(' ', pattern.Split(' ').Where(word => !word.Contains('{')));

    private static IEnumerable<string> Triples(string sentence)
    {
        string[] words = sentence.ToLowerInvariant().Split(' ', ',', '.');
        for (int i = 0; i + 3 <= words.Length; i++) yield return string.Join(' ', words[i..(i + 3)]);
    }
}
