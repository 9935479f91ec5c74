namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// The sentence patterns of each level, in words of our own, with the structure and the counts of the KALM paper
/// (appendix A.2). <c>{s}</c> is the color of the moved ball, <c>{d}</c> that of the other one, <c>{r}</c> a phrase for
/// the direction between two balls, <c>{m}</c> a phrase for the direction of a movement.
/// </summary>
/// <remarks>
/// No pattern ends with a punctuation mark. The rephrasing patterns use none of the direction words of the offline
/// level: a reader needs to know English to resolve them.
/// </remarks>
public static class ClevrPatterns
{
    /// <summary>The 18 patterns of the offline level; {r} is one of three phrases.</summary>
    public static IReadOnlyList<string> Offline { get; } =
    [
        "Put the {s} ball {r} the {d} ball",
        "Bring the {s} ball {r} the {d} ball",
        "Hold the {s} ball {r} the {d} ball",
        "Could you put the {s} ball {r} the {d} ball",
        "Could you bring the {s} ball {r} the {d} ball",
        "Could you hold the {s} ball {r} the {d} ball",
        "Would you help me put the {s} ball {r} the {d} ball",
        "Would you help me bring the {s} ball {r} the {d} ball",
        "Would you help me hold the {s} ball {r} the {d} ball",
        "Is the {s} ball {r} the {d} ball",
        "Does any {s} ball lie {r} the {d} ball",
        "The {s} ball goes {r} the {d} ball",
        "The {s} ball is put {r} the {d} ball",
        "The {s} ball is being put {r} the {d} ball",
        "The {s} ball was put {r} the {d} ball",
        "The {s} ball is brought {r} the {d} ball",
        "The {s} ball is being brought {r} the {d} ball",
        "The {s} ball was brought {r} the {d} ball",
    ];

    /// <summary>
    /// Three phrases per direction for {r} on the offline and the hard level, in the order of the directions.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfflineDirections { get; } =
    [
        ["behind", "to the back of", "on the back side of"],
        ["left of", "to the left of", "on the left side of"],
        ["in front of", "to the front of", "on the front side of"],
        ["right of", "to the right of", "on the right side of"],
    ];

    /// <summary>
    /// The ten rephrasing patterns per direction. Behind: dislike of the present order, which is to be swapped. Left:
    /// slow and fast movements. Front: thrown orbs and spheres. Right: pleasure at what shall be.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rephrase { get; } =
    [
        [
            "It bothers me that the {s} ball sits ahead of the {d} one. Swap the two",
            "I cannot stand the {s} ball preceding the {d} one. Trade their places",
            "The {s} ball is nearer to me than the {d} one, and I hate it. Exchange them",
            "What an ugly sight, the {s} ball ahead of its {d} neighbor. Reverse their order",
            "I am sick of seeing the {s} ball nearer than the {d} one, so switch them around",
            "I would much rather have the {s} ball at the rear of the {d} one",
            "I stay unhappy until the {s} ball rests beyond the {d} one",
            "Nothing annoys me more than the {s} ball leading the {d} one. Make it trail instead",
            "I dislike the present order, the {s} ball ought to hide to the rear of the {d} one",
            "I detest this layout, let the {s} ball be farther away than the {d} one",
        ],
        [
            "Slowly roll the {s} ball to the port side of the {d} one",
            "Swiftly shift the {s} ball west of the {d} one",
            "Take your time and ease the {s} ball over to the western flank of the {d} one",
            "Hurry up and get the {s} ball to port of the {d} one",
            "Gently slide the {s} ball until it lies at nine o'clock from the {d} one",
            "Rapidly drive the {s} ball to the west side of the {d} one",
            "At a snail's pace, lead the {s} ball to the port flank of the {d} one",
            "In a flash, dispatch the {s} ball westward of the {d} one",
            "Without any haste, settle the {s} ball on the nine o'clock side of the {d} one",
            "Quickly steer the {s} ball so that it ends up to the west of the {d} one",
        ],
        [
            "Hurl the {s} orb ahead of the {d} sphere",
            "Fling the {s} sphere to the near side of the {d} orb",
            "Toss the {s} orb so that it leads the {d} orb",
            "Launch the {s} sphere to a spot nearer to me than the {d} sphere",
            "Lob the {s} orb until it precedes the {d} orb",
            "Propel the {s} sphere into the foreground of the {d} orb",
            "Catapult the {s} orb nearer to the viewer than the {d} sphere",
            "Sling the {s} sphere to the fore of the {d} sphere",
            "Heave the {s} orb out ahead of the {d} orb",
            "Shoot the {s} sphere over to the near side of the {d} sphere",
        ],
        [
            "It delights me when the {s} ball rests on the starboard side of the {d} one",
            "What a joy to find the {s} ball east of the {d} one",
            "I am thrilled whenever the {s} ball stays to starboard of the {d} one",
            "Seeing the {s} ball at three o'clock from the {d} one makes my day",
            "I love how the {s} ball shines from the eastern flank of the {d} one",
            "My heart leaps if the {s} ball waits on the east side of the {d} one",
            "Few things please me like the {s} ball to the east of the {d} one",
            "I take great pleasure in the {s} ball on the three o'clock side of the {d} one",
            "How charming, the {s} ball by the starboard flank of the {d} one",
            "It would make me happy to have the {s} ball eastward of the {d} one",
        ],
    ];

    /// <summary>
    /// The 20 patterns of one push; pattern k takes phrase k modulo 5 for {m}, which makes 80 in all.
    /// </summary>
    public static IReadOnlyList<string> Easy { get; } =
    [
        "Push the {s} ball {m}",
        "Move the {s} ball {m} by one step",
        "Give the {s} ball a single push {m}",
        "Just nudge the {s} ball {m}",
        "Make the {s} ball go {m} once",
        "Let the {s} ball travel {m}",
        "The {s} ball should move {m}",
        "Can you send the {s} ball {m}",
        "Please tap the {s} ball {m}",
        "One small kick {m} for the {s} ball",
        "I want the {s} ball to advance {m}",
        "Only the {s} ball has to go {m}",
        "Strike the {s} ball so that it runs {m}",
        "The next move is to press the {s} ball {m}",
        "Get the {s} ball rolling {m}",
        "Displace the {s} ball {m}, nothing else",
        "A short push of the {s} ball {m} will do",
        "Knock the {s} ball {m} for me",
        "Try to budge the {s} ball {m}",
        "For now, shove the {s} ball {m}",
    ];

    /// <summary>Five phrases per direction for {m} on the easy level, in the order of the directions.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> EasyDirections { get; } =
    [
        ["backward", "toward the rear", "farther away from me", "to the far end", "away from the viewer"],
        ["leftward", "toward the left", "to port", "toward the west", "to the left-hand side"],
        ["forward", "toward the fore", "nearer to me", "to the near end", "toward the viewer"],
        ["rightward", "toward the right", "to starboard", "toward the east", "to the right-hand side"],
    ];

    /// <summary>The six base patterns of combined relations; two or three of one pattern are joined by "and".</summary>
    public static IReadOnlyList<string> HardRelations { get; } =
    [
        "put the {s} ball {r} the {d} ball",
        "bring the {s} ball {r} the {d} ball",
        "hold the {s} ball {r} the {d} ball",
        "the {s} ball goes {r} the {d} ball",
        "the {s} ball is put {r} the {d} ball",
        "the {s} ball is brought {r} the {d} ball",
    ];

    /// <summary>The 20 sentences that ask for all balls in a row.</summary>
    public static IReadOnlyList<string> LineUp { get; } =
    [
        "Line up all balls from left to right as red, blue, green, purple and cyan",
        "Form a row that begins with the red ball and ends with the cyan ball",
        "Arrange the five balls in one row, red first, then blue, green, purple and cyan",
        "Set all balls side by side in the order red, blue, green, purple, cyan",
        "Make a straight line of the red, the blue, the green, the purple and the cyan ball",
        "Sort the balls into a line that runs from red over blue, green and purple to cyan",
        "Let the five balls queue up from the red one on the left to the cyan one on the right",
        "Build a chain of balls with red at its left end and cyan at its right end",
        "I would like to see red, blue, green, purple and cyan in one straight row",
        "Could you align all balls in the sequence red, blue, green, purple, cyan",
        "Would you help me arrange every ball along a line, red leftmost and cyan rightmost",
        "All five balls belong in a row, red, blue, green, purple, cyan",
        "Place each ball to the right of the one before it, red, blue, green, purple, cyan",
        "String the balls together in a line that starts with red and finishes with cyan",
        "The balls stand in line, red, then blue, then green, then purple, then cyan",
        "Lay the balls out as a row in their usual order from red to cyan",
        "Create one horizontal line of balls, red blue green purple cyan",
        "Give me a neat row of five balls, the red one first and the cyan one last",
        "Order the whole set of balls in a straight line from left to right",
        "A tidy line of all five balls from red to cyan is what I am after",
    ];

    /// <summary>The 20 sentences that ask for all balls around the green one.</summary>
    public static IReadOnlyList<string> Gather { get; } =
    [
        "Gather all balls around the green ball",
        "Form a circle of balls with the green ball at its center",
        "Arrange the other four balls in a ring around the green one",
        "Surround the green ball with all the others",
        "Make every ball come close to the green ball",
        "Cluster the balls about the green one",
        "Let the red, blue, purple and cyan balls meet around the green ball",
        "Collect all balls near the green one",
        "I would like to see the green ball in the middle of the others",
        "Could you assemble all balls around the green one",
        "Would you help me crowd every ball around the green ball",
        "All the other balls belong close to the green one",
        "Place each ball right next to the green ball",
        "Pull the balls together so that green is in their midst",
        "The balls stand in a circle around the green ball",
        "Lay the balls out as a ring whose middle is green",
        "Create a tight group of balls with green at its heart",
        "Give me a circle of four balls and the green one inside",
        "Bunch the whole set of balls up around green",
        "A close ring of balls about the green one is what I am after",
    ];
}
