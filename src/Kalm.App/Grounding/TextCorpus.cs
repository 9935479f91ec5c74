using Kalm.Kernels.Envs;

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
    /// <summary>Line <paramref name="index"/> of the text; a pure function of the seed and the index.</summary>
    /// <param name="seed">Key of the text.</param>
    /// <param name="index">Number of the line, from 0.</param>
    /// <returns>One line without a line break.</returns>
    public static string Line(ulong seed, long index)
    {
        DrawSequence draws = new(seed, (ulong)index);
        string line;
        do line = Compose(ref draws);
        while (HeldOut.Any(line));
        return line;
    }

    private static string Compose(ref DrawSequence draws) => draws.NextBelow(20) switch
    {
        < 10 => Meaning(ref draws),
        < 13 => Equivalence(ref draws),
        < 15 => Question(ref draws),
        < 18 => OneBall(ref draws),
        18 => Joined(ref draws),
        _ => Arrangement(ref draws),
    };

    // a wording, then what it comes down to
    private static string Meaning(ref DrawSequence draws)
    {
        Fact fact = Fact.Draw(ref draws);
        return Explain(ref draws, Wording(ref draws, fact), Plain(ref draws, fact));
    }

    private static string Explain(ref DrawSequence draws, string wording, string meaning) => draws.NextBelow(5) switch
    {
        0 => $"{Sentence(wording)}. In other words, {meaning}.",
        1 => $"{Sentence(wording)}. That means: {Sentence(meaning)}.",
        2 => $"Instruction: {Sentence(wording)}. What to do: {Sentence(meaning)}.",
        3 => $"Someone says: {Sentence(wording)}. So the goal is: {Sentence(meaning)}.",
        _ => $"Goal: {Sentence(wording)}. Meaning: {Sentence(meaning)}.",
    };

    private static string Equivalence(ref DrawSequence draws)
    {
        Fact fact = Fact.Draw(ref draws);
        string first = Wording(ref draws, fact);
        return draws.NextBelow(3) switch
        {
            0 => $"{Sentence(first)} is the same as {Wording(ref draws, fact)}.",
            1 => $"{Sentence(first)}. {Sentence(Wording(ref draws, fact))}. Both say one thing.",
            _ => $"{Sentence(Clause(ref draws, fact))}, that is, {Clause(ref draws, fact.Reversed())}.",
        };
    }

    // who is where
    private static string Question(ref DrawSequence draws)
    {
        Fact fact = Fact.Draw(ref draws);
        string clause = Sentence(Clause(ref draws, fact));
        string source = Lexicon.Colors[fact.Source], destination = Lexicon.Colors[fact.Destination];
        int side = (int)fact.Relation, opposite = (int)Lexicon.Opposite(fact.Relation);
        int other = (side + 1 + draws.NextBelow(3)) % 4;
        return draws.NextBelow(5) switch
        {
            0 => $"{clause}. Where is {source}? {Lexicon.Sides[side]}. "
                + $"Where is {destination}? {Lexicon.Sides[opposite]}.",
            1 => $"{clause}. Who is {Lexicon.Relations[side][0]} {destination}? {source}.",
            2 => $"{clause}. Who is {Lexicon.Relations[opposite][0]} {source}? {destination}.",
            3 => $"{clause}. Is {source} {Pick(ref draws, Lexicon.Relations[side])} {destination}? yes.",
            _ => $"{clause}. Is {source} {Pick(ref draws, Lexicon.Relations[other])} {destination}? no.",
        };
    }

    // one ball, one direction
    private static string OneBall(ref DrawSequence draws)
    {
        int ball = draws.NextBelow(5);
        int heading = draws.NextBelow(4);
        string noun = Noun(ref draws, ball);
        int verb = draws.NextBelow(Lexicon.Verbs.Length);
        string way = Pick(ref draws, Lexicon.Headings[heading]);
        string wording = draws.NextBelow(6) switch
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

    // two or three wishes at once; never joined as the sentences of the hard level are
    private static string Joined(ref DrawSequence draws)
    {
        Fact first = Fact.Draw(ref draws), second = Fact.Draw(ref draws), third = Fact.Draw(ref draws);
        string wording = $"{Clause(ref draws, first)} and also {Clause(ref draws, second)}";
        string meaning = $"{Plain(ref draws, first)}, then {Plain(ref draws, second)}";
        if (draws.NextBelow(2) == 0)
        {
            wording += $" and also {Clause(ref draws, third)}";
            meaning += $", then {Plain(ref draws, third)}";
        }

        return Explain(ref draws, wording, meaning);
    }

    // rows and circles of all five
    private static string Arrangement(ref DrawSequence draws) => draws.NextBelow(6) switch
    {
        0 => $"The balls {Pick(ref draws, Rows)}: red is left of blue, blue is left of green, green is left of purple, "
            + "purple is left of cyan.",
        1 => $"The balls {Pick(ref draws, Rings)} the green one: red is near green, blue is near green, "
            + "purple is near green, cyan is near green.",
        2 or 3 => Explain(ref draws, RowWish(ref draws), "line up red, blue, green, purple, cyan"),
        _ => Explain(ref draws, RingWish(ref draws), "gather around green"),
    };

    private static string RowWish(ref DrawSequence draws)
    {
        string who = Pick(ref draws, Everybody), order = Pick(ref draws, Orders);
        return draws.NextBelow(4) switch
        {
            0 => $"{Pick(ref draws, Lexicon.Wishes)} {who} {Pick(ref draws, Rows)}{order}",
            1 => $"{Pick(ref draws, Lexicon.Requests)} {Pick(ref draws, Arrange)} {who} "
                + $"in a {Pick(ref draws, RowNouns)}{order}",
            2 => $"{who} must {Pick(ref draws, Rows)}{order}",
            _ => $"a {Pick(ref draws, RowNouns)} of {who}{order} is wanted",
        };
    }

    private static string RingWish(ref DrawSequence draws)
    {
        string green = Noun(ref draws, 2);
        string who = Pick(ref draws, Everybody), noun = Pick(ref draws, RingNouns);
        return draws.NextBelow(4) switch
        {
            0 => $"{Pick(ref draws, Lexicon.Wishes)} {who} {Pick(ref draws, Rings)} {green}",
            1 => $"{Pick(ref draws, Lexicon.Requests)} {Pick(ref draws, Arrange)} {who} in a {noun} about {green}",
            2 => $"{green} is the {Pick(ref draws, Centers)} of a {noun} of {who}",
            _ => $"{who} must {Pick(ref draws, Rings)} {green}",
        };
    }

    // the plain ways to say a goal
    private static string Plain(ref DrawSequence draws, Fact fact)
    {
        string[] verbs = ["push", "move", "put", "bring"];
        return $"{Pick(ref draws, verbs)} the {Lexicon.Colors[fact.Source]} ball "
            + $"{Lexicon.Relations[(int)fact.Relation][0]} the {Lexicon.Colors[fact.Destination]} ball";
    }

    // any way to say a goal
    private static string Wording(ref DrawSequence draws, Fact fact)
    {
        int verb = draws.NextBelow(Lexicon.Verbs.Length);
        string source = Noun(ref draws, fact.Source), destination = Noun(ref draws, fact.Destination);
        string relation = Pick(ref draws, Lexicon.Relations[(int)fact.Relation]);
        string adverb = Pick(ref draws, Lexicon.Adverbs);
        return draws.NextBelow(15) switch
        {
            0 => $"{Lexicon.Verbs[verb]} {source} {relation} {destination}",
            1 => $"{Pick(ref draws, Lexicon.Requests)} {Lexicon.Verbs[verb]} {source} {relation} {destination}",
            2 => $"{adverb} {Lexicon.Verbs[verb]} {source} until it is {relation} {destination}",
            3 => $"{Lexicon.Verbs[verb]} {source} {adverb} so that it ends up {relation} {destination}",
            4 => $"{source} should be {Lexicon.Participles[verb]} {relation} {destination}",
            5 => $"{source} must be {adverb} {Lexicon.Participles[verb]} {relation} {destination}",
            6 => $"{Pick(ref draws, Lexicon.Wishes)} {Clause(ref draws, fact)}",
            7 => $"{Clause(ref draws, fact)}, {Pick(ref draws, Contentments)}",
            8 or 9 or 14 => Complaint(ref draws, fact),
            10 => $"{relation} {destination} is where {source} belongs",
            11 => $"the place of {source} is {relation} {destination}",
            12 => $"see to it that {Clause(ref draws, fact)}",
            _ => $"{Pick(ref draws, Lexicon.Requests)} {adverb} {Lexicon.Verbs[verb]} {source} "
                + $"{relation} {destination}",
        };
    }

    // something is the wrong way round: the stated clause is the opposite of the goal, the wish is the goal itself
    private static string Complaint(ref DrawSequence draws, Fact fact)
    {
        string stated = Clause(ref draws, fact.Opposed());
        string seen = Sight(ref draws, fact.Opposed());
        string complaint = Pick(ref draws, Lexicon.Complaints), swap = Pick(ref draws, Lexicon.Swaps);
        string dislike = Pick(ref draws, Lexicon.Dislikes), bother = Pick(ref draws, Lexicon.Bothers);
        return draws.NextBelow(9) switch
        {
            0 => $"{complaint} {stated}, {swap}",
            1 => $"{complaint} {stated}. {Sentence(Pick(ref draws, Lexicon.Requests))} {swap}",
            2 => $"{complaint} {stated}, so {swap}",
            3 => $"{stated}. {Sentence(swap)}",
            4 => $"{bother} {seen}. {Sentence(swap)}",
            5 => $"{bother} {seen}, so {swap}",
            6 => $"{dislike}. {Sentence(Wish(ref draws, fact))}",
            7 => $"{dislike}, {Wish(ref draws, fact)}",
            _ => $"{complaint} {stated}. {Sentence(swap)}",
        };
    }

    // what is seen, as a noun phrase
    private static string Sight(ref DrawSequence draws, Fact fact)
    {
        string source = Noun(ref draws, fact.Source), destination = Noun(ref draws, fact.Destination);
        string relation = fact.Relation switch
        {
            Relation.Front when draws.NextBelow(3) == 0 => Pick(ref draws, Lexicon.Preceding),
            Relation.Behind when draws.NextBelow(3) == 0 => Pick(ref draws, Lexicon.Following),
            _ => Pick(ref draws, Lexicon.Relations[(int)fact.Relation]),
        };
        return $"{source} {relation} {destination}";
    }

    private static string Wish(ref DrawSequence draws, Fact fact)
    {
        string source = Noun(ref draws, fact.Source), destination = Noun(ref draws, fact.Destination);
        string place = $"{Pick(ref draws, Lexicon.Relations[(int)fact.Relation])} {destination}";
        return draws.NextBelow(5) switch
        {
            0 => $"let {source} stay {place}",
            1 => $"{source} ought to be {place}",
            2 => $"{source} should rest {place}",
            3 => $"I want {source} {place}",
            _ => $"rather have {source} {place}",
        };
    }

    private static readonly string[] States =
    [
        "is", "is", "was", "lies", "rests", "stays", "sits", "stands", "ends up", "waits", "comes", "goes", "hides",
    ];

    private static readonly string[] Rows =
    [
        "form a row", "stand in a row", "make a line", "line up", "queue", "form a queue", "align",
        "stand side by side from left to right", "make a chain", "go in single file", "keep to one straight line",
    ];

    private static readonly string[] RowNouns =
        ["row", "line", "straight line", "queue", "chain", "string", "single file", "sequence", "horizontal line"];

    private static readonly string[] Orders =
    [
        "", "", " from red to cyan", " beginning with red and ending with cyan", " with red leftmost",
        " from left to right", ", red first and cyan last", ": red, blue, green, purple, cyan",
    ];

    private static readonly string[] Everybody =
    [
        "the balls", "all the balls", "every one of the balls", "the five balls", "all five", "the whole set",
        "them all", "all the others",
    ];

    private static readonly string[] Arrange =
    [
        "arrange", "order", "sort", "lay out", "set up", "put", "gather", "collect", "assemble", "place", "pull",
        "bunch",
    ];

    private static readonly string[] Rings =
    [
        "gather around", "surround", "crowd around", "cluster around", "stay close to", "huddle around", "encircle",
        "come together at", "meet at", "collect around", "assemble near", "bunch up around", "ring", "keep near",
    ];

    private static readonly string[] RingNouns = ["ring", "circle", "cluster", "tight group", "crowd", "close ring"];

    private static readonly string[] Centers = ["center", "middle", "heart", "midst", "core"];

    private static readonly string[] Contentments =
    [
        "then i am glad", "that would be nice", "that is how i like it", "and everyone is pleased", "then all is well",
        "what a pleasure", "as it should be", "that makes me smile", "and i am satisfied", "that would be a delight",
    ];

    private static string Clause(ref DrawSequence draws, Fact fact)
    {
        string source = Noun(ref draws, fact.Source), destination = Noun(ref draws, fact.Destination);
        bool depth = fact.Relation is Relation.Behind or Relation.Front;
        if (depth && draws.NextBelow(4) == 0)
        {
            string verb = Pick(ref draws, fact.Relation == Relation.Front ? Lexicon.Precede : Lexicon.Follow);
            return $"{source} {verb} {destination}";
        }

        string relation = Pick(ref draws, Lexicon.Relations[(int)fact.Relation]);
        return $"{source} {Pick(ref draws, States)} {relation} {destination}";
    }

    private static string Noun(ref DrawSequence draws, int color)
    {
        string name = Lexicon.Colors[color];
        return draws.NextBelow(8) switch
        {
            0 => $"{name}",
            1 => $"the {name} one",
            2 or 3 or 4 => $"the {name} ball",
            _ => $"the {name} {Pick(ref draws, Lexicon.Balls)}",
        };
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Pick(ref DrawSequence draws, string[] words) => words[draws.NextBelow(words.Length)];

    // one ball, its place, the ball it is placed by
    private readonly record struct Fact(int Source, Relation Relation, int Destination)
    {
        public static Fact Draw(ref DrawSequence draws)
        {
            int source = draws.NextBelow(5);
            return new(source, (Relation)draws.NextBelow(4), (source + 1 + draws.NextBelow(4)) % 5);
        }

        // the same fact told from the other ball
        public Fact Reversed() => new(Destination, Lexicon.Opposite(Relation), Source);

        // what holds when the fact is the wrong way round
        public Fact Opposed() => new(Source, Lexicon.Opposite(Relation), Destination);
    }
}
