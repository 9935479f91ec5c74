using System.Globalization;
using System.Text;

namespace Kalm.App.Grounding;

/// <summary>
/// The embedded stand-in for what a pretrained language model already knows: an endless text about colored balls,
/// directions, synonyms, wishes and complaints, drawn from a grammar. There is no rollout, no state and no action in
/// it, and no sentence that an evaluation uses.
/// </summary>
/// <remarks>
/// KALM (arXiv 2404.09248) starts from Llama-2-7B-chat, whose English makes rephrased goals understandable. A model of
/// a few million parameters trained from scratch knows none; this corpus gives it the words. Line kinds: a wording and
/// its plain meaning, two wordings of one meaning, questions and answers about who is where, one-ball moves, several
/// wishes joined, rows and circles.
/// </remarks>
public static class TextCorpus
{
    /// <summary>Line <paramref name="index"/> of the text under <paramref name="seed"/>; a pure function of both.</summary>
    /// <returns>One lower-case line without a line break.</returns>
    public static string Line(ulong seed, long index)
    {
        Draws draws = new(seed, index);
        for (; ; )
        {
            string line = Compose(ref draws);
            if (!EvaluationSentences.Contains(line)) return line;
        }
    }

    private static string Compose(ref Draws draws) => draws.Below(20) switch
    {
        < 10 => Meaning(ref draws),
        < 13 => Equivalence(ref draws),
        < 15 => Question(ref draws),
        < 18 => OneBall(ref draws),
        18 => Joined(ref draws),
        _ => Arrangement(ref draws),
    };

    // a wording, then what it comes down to
    private static string Meaning(ref Draws draws)
    {
        Fact fact = Fact.Draw(ref draws);
        return Explain(ref draws, Wording(ref draws, fact), Plain(ref draws, fact));
    }

    private static string Explain(ref Draws draws, string wording, string meaning) => draws.Below(5) switch
    {
        0 => $"{wording}. in other words, {meaning}.",
        1 => $"{wording}. that means: {meaning}.",
        2 => $"instruction: {wording}. what to do: {meaning}.",
        3 => $"someone says: {wording}. so the goal is to {meaning}.",
        _ => $"goal: {wording}. meaning: {meaning}.",
    };

    private static string Equivalence(ref Draws draws)
    {
        Fact fact = Fact.Draw(ref draws);
        string first = Wording(ref draws, fact);
        return draws.Below(3) switch
        {
            0 => $"{first} is the same as {Wording(ref draws, fact)}.",
            1 => $"{first}. {Wording(ref draws, fact)}. both say one thing.",
            _ => $"{Clause(ref draws, fact)}, that is, {Clause(ref draws, fact.Reversed())}.",
        };
    }

    // who is where
    private static string Question(ref Draws draws)
    {
        Fact fact = Fact.Draw(ref draws);
        string clause = Clause(ref draws, fact);
        string source = Lexicon.Colors[fact.Source], destination = Lexicon.Colors[fact.Destination];
        string word = SideWord(fact.Relation);
        string opposite = SideWord(Lexicon.Opposite(fact.Relation));
        return draws.Below(5) switch
        {
            0 => $"{clause}. where is {source}? {word}. where is {destination}? {opposite}.",
            1 => $"{clause}. who is {Lexicon.Relations[(int)fact.Relation][0]} {destination}? {source}.",
            2 => $"{clause}. who is {Lexicon.Relations[(int)Lexicon.Opposite(fact.Relation)][0]} {source}? {destination}.",
            3 => $"{clause}. is {source} {Pick(ref draws, Lexicon.Relations[(int)fact.Relation])} {destination}? yes.",
            _ => $"{clause}. is {source} {Pick(ref draws, Lexicon.Relations[((int)fact.Relation + 1 + draws.Below(3)) % 4])} "
                + $"{destination}? no.",
        };
    }

    // one ball, one direction
    private static string OneBall(ref Draws draws)
    {
        int ball = draws.Below(5);
        int heading = draws.Below(4);
        string noun = Noun(ref draws, ball);
        int verb = draws.Below(Lexicon.Verbs.Length);
        string way = Pick(ref draws, Lexicon.Headings[heading]);
        string wording = draws.Below(6) switch
        {
            0 => $"{Lexicon.Verbs[verb]} {noun} {way}",
            1 => $"{Pick(ref draws, Lexicon.Requests)} {Lexicon.Verbs[verb]} {noun} {way}",
            2 => $"{noun} should be {Lexicon.Participles[verb]} {way}",
            3 => $"{Pick(ref draws, Lexicon.Wishes)} {noun} went {way}",
            4 => $"{way} is where {noun} should go",
            _ => $"{Pick(ref draws, Lexicon.Adverbs)} {Lexicon.Verbs[verb]} {noun} {way}",
        };
        return Explain(ref draws, wording, $"push the {Lexicon.Colors[ball]} ball {Lexicon.Headings[heading][0]}");
    }

    // two or three wishes at once
    private static string Joined(ref Draws draws)
    {
        Fact first = Fact.Draw(ref draws), second = Fact.Draw(ref draws), third = Fact.Draw(ref draws);
        string wording = $"{Clause(ref draws, first)} and {Clause(ref draws, second)}";
        string meaning = $"{Plain(ref draws, first)} and {Plain(ref draws, second)}";
        if (draws.Below(2) == 0)
        {
            wording += $" and {Clause(ref draws, third)}";
            meaning += $" and {Plain(ref draws, third)}";
        }

        return Explain(ref draws, wording, meaning);
    }

    // rows and circles of all five
    private static string Arrangement(ref Draws draws)
    {
        if (draws.Below(2) == 0)
        {
            string[] rows =
            [
                "form a row", "stand in a row", "make a line", "are lined up", "are arranged in a straight line", "form a queue",
                "stand side by side from left to right", "make a chain", "are in a single file", "are aligned",
            ];
            return $"the balls {Pick(ref draws, rows)}: red is left of blue, blue is left of green, green is left of "
                + "purple, purple is left of cyan.";
        }

        string[] rings =
        [
            "gather around", "surround", "crowd around", "cluster around", "stay close to", "huddle around", "come together at",
            "meet at", "collect around", "assemble near",
        ];
        return $"the balls {Pick(ref draws, rings)} the green one: red is near green, blue is near green, purple is near "
            + "green, cyan is near green.";
    }

    // the plain ways to say a goal
    private static string Plain(ref Draws draws, Fact fact)
    {
        string[] verbs = ["push", "move", "put"];
        return $"{Pick(ref draws, verbs)} the {Lexicon.Colors[fact.Source]} ball "
            + $"{Lexicon.Relations[(int)fact.Relation][0]} the {Lexicon.Colors[fact.Destination]} ball";
    }

    // any way to say a goal
    private static string Wording(ref Draws draws, Fact fact)
    {
        int verb = draws.Below(Lexicon.Verbs.Length);
        string source = Noun(ref draws, fact.Source), destination = Noun(ref draws, fact.Destination);
        string relation = Pick(ref draws, Lexicon.Relations[(int)fact.Relation]);
        string adverb = Pick(ref draws, Lexicon.Adverbs);
        return draws.Below(14) switch
        {
            0 => $"{Lexicon.Verbs[verb]} {source} {relation} {destination}",
            1 => $"{Pick(ref draws, Lexicon.Requests)} {Lexicon.Verbs[verb]} {source} {relation} {destination}",
            2 => $"{adverb} {Lexicon.Verbs[verb]} {source} until it is {relation} {destination}",
            3 => $"{Lexicon.Verbs[verb]} {source} {adverb} so that it ends up {relation} {destination}",
            4 => $"{source} should be {Lexicon.Participles[verb]} {relation} {destination}",
            5 => $"{source} must be {adverb} {Lexicon.Participles[verb]} {relation} {destination}",
            6 => $"{Pick(ref draws, Lexicon.Wishes)} {Clause(ref draws, fact)}",
            7 => $"{Clause(ref draws, fact)}, {Pick(ref draws, Contentments)}",
            8 or 9 => Complaint(ref draws, fact),
            10 => $"{relation} {destination} is where {source} belongs",
            11 => $"the place of {source} is {relation} {destination}",
            12 => $"see to it that {Clause(ref draws, fact)}",
            _ => $"{Pick(ref draws, Lexicon.Requests)} {adverb} {Lexicon.Verbs[verb]} {source} {relation} {destination}",
        };
    }

    // something is the wrong way round: the stated clause is the opposite of the goal
    private static string Complaint(ref Draws draws, Fact fact)
    {
        string stated = Clause(ref draws, fact.Opposed());
        string complaint = Pick(ref draws, Lexicon.Complaints), swap = Pick(ref draws, Lexicon.Swaps);
        return draws.Below(5) switch
        {
            0 => $"{complaint} {stated}, {swap}",
            1 => $"{complaint} {stated}; {Pick(ref draws, Lexicon.Requests)} {swap}",
            2 => $"{stated} and {complaint.Replace(" that", string.Empty, StringComparison.Ordinal)}; {swap}",
            3 => $"{stated}. {swap}",
            _ => $"{complaint} {stated}",
        };
    }

    private static readonly string[] Contentments =
    [
        "then i am glad", "that would be nice", "that is how i like it", "and everyone is pleased", "then all is well",
        "what a pleasure", "as it should be", "that makes me smile", "and i am satisfied", "that would be a delight",
    ];

    private static string Clause(ref Draws draws, Fact fact)
    {
        string[] states = ["is", "is", "was", "lies", "rests", "stays", "sits", "stands", "ends up", "were", "comes", "goes"];
        return $"{Noun(ref draws, fact.Source)} {Pick(ref draws, states)} "
            + $"{Pick(ref draws, Lexicon.Relations[(int)fact.Relation])} {Noun(ref draws, fact.Destination)}";
    }

    private static string Noun(ref Draws draws, int color)
    {
        string name = Lexicon.Colors[color];
        return draws.Below(8) switch
        {
            0 => $"{name}",
            1 => $"the {name} one",
            2 or 3 or 4 => $"the {name} ball",
            _ => $"the {name} {Pick(ref draws, Lexicon.Balls)}",
        };
    }

    private static string SideWord(Relation relation) => relation.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string Pick(ref Draws draws, string[] words) => words[draws.Below(words.Length)];

    // one ball, its place, the ball it is placed by
    private readonly record struct Fact(int Source, Relation Relation, int Destination)
    {
        public static Fact Draw(ref Draws draws)
        {
            int source = draws.Below(5);
            return new(source, (Relation)draws.Below(4), (source + 1 + draws.Below(4)) % 5);
        }

        // the same fact told from the other ball
        public Fact Reversed() => new(Destination, Lexicon.Opposite(Relation), Source);

        // what holds when the fact is the wrong way round
        public Fact Opposed() => new(Source, Lexicon.Opposite(Relation), Destination);
    }
}
