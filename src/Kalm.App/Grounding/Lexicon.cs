namespace Kalm.App.Grounding;

/// <summary>Where one ball lies relative to another, seen from the camera in front of the table.</summary>
internal enum Relation
{
    /// <summary>Farther from the camera (+y).</summary>
    Behind,

    /// <summary>To the left (-x).</summary>
    Left,

    /// <summary>Nearer to the camera (-y).</summary>
    Front,

    /// <summary>To the right (+x).</summary>
    Right,
}

/// <summary>
/// The words of the text corpus: what a language model would know about balls, colors, directions, motion and wishes
/// before it meets a robot.
/// </summary>
internal static class Lexicon
{
    /// <summary>The colors, in the order of the balls.</summary>
    public static readonly string[] Colors = ["red", "blue", "green", "purple", "cyan"];

    /// <summary>Words for a ball, the plain one first.</summary>
    public static readonly string[] Balls = ["ball", "sphere", "orb", "globe", "marble", "round one"];

    /// <summary>Verbs that move a thing with the hand, the plain ones first.</summary>
    public static readonly string[] Verbs =
    [
        "push", "move", "put", "place", "shift", "slide", "roll", "bring", "send", "get", "nudge", "shove", "hurl", "toss",
        "throw", "fling", "drive", "guide", "steer", "relocate", "transfer", "position", "set", "keep", "leave", "drop",
        "lead", "carry", "usher", "park", "launch", "cast", "lob", "pitch",
    ];

    /// <summary>The same verbs as participles, index by index.</summary>
    public static readonly string[] Participles =
    [
        "pushed", "moved", "put", "placed", "shifted", "slid", "rolled", "brought", "sent", "gotten", "nudged", "shoved",
        "hurled", "tossed", "thrown", "flung", "driven", "guided", "steered", "relocated", "transferred", "positioned",
        "set", "kept", "left", "dropped", "led", "carried", "ushered", "parked", "launched", "cast", "lobbed", "pitched",
    ];

    /// <summary>How fast or how carefully something is done; carries no direction.</summary>
    public static readonly string[] Adverbs =
    [
        "slowly", "quickly", "gently", "swiftly", "carefully", "rapidly", "softly", "briskly", "calmly", "hastily",
        "unhurriedly", "speedily", "patiently", "promptly", "smoothly", "at once", "without haste", "in a hurry",
        "little by little", "at full speed", "leisurely", "steadily",
    ];

    /// <summary>Phrases that place the first ball relative to the second, by relation, the plain ones first.</summary>
    public static readonly string[][] Relations =
    [
        [
            "behind", "at the back of", "to the rear of", "in back of", "on the far side of", "to the back of",
            "at the rear of", "beyond", "farther away than", "on the back side of", "past", "in the rear of",
        ],
        [
            "to the left of", "on the left of", "left of", "on the left side of", "on the left hand side of",
            "to the left hand side of", "leftward of", "at the left of", "to the left side of", "at the left hand of",
            "west of", "at the left flank of",
        ],
        [
            "in front of", "at the front of", "to the front of", "ahead of", "before", "on the near side of",
            "on the front side of", "closer to the viewer than", "nearer than", "in the foreground of", "facing the front of",
            "this side of",
        ],
        [
            "to the right of", "on the right of", "right of", "on the right side of", "on the right hand side of",
            "to the right hand side of", "rightward of", "at the right of", "to the right side of", "at the right hand of",
            "east of", "at the right flank of",
        ],
    ];

    /// <summary>Phrases that send one ball in a direction, by relation, the plain ones first.</summary>
    public static readonly string[][] Headings =
    [
        [
            "backward", "to the back", "toward the back", "away from the viewer", "rearward", "to the rear", "farther away",
            "to the far side", "back", "toward the rear", "into the background", "away",
        ],
        [
            "left", "to the left", "toward the left", "leftward", "to the left side", "to the left hand side", "sideways to the left",
            "westward", "off to the left", "to its left", "in the left direction", "toward the left edge",
        ],
        [
            "forward", "to the front", "toward the front", "toward the viewer", "frontward", "closer", "nearer to us",
            "to the near side", "ahead", "to the foreground", "into the foreground", "toward the camera",
        ],
        [
            "right", "to the right", "toward the right", "rightward", "to the right side", "to the right hand side",
            "sideways to the right", "eastward", "off to the right", "to its right", "in the right direction",
            "toward the right edge",
        ],
    ];

    /// <summary>Openings of a polite request; what follows is a verb.</summary>
    public static readonly string[] Requests =
    [
        "please", "could you", "would you", "kindly", "i need you to", "your job is to", "try to", "go ahead and",
        "let us", "you should", "do me a favor and", "i want you to", "the task is to", "make sure to", "remember to",
    ];

    /// <summary>Openings of a wish; what follows is a clause such as "the red ball is behind the blue ball".</summary>
    public static readonly string[] Wishes =
    [
        "i would be glad if", "it would make me happy if", "i would love it if", "how nice it would be if", "i wish that",
        "it would please me if", "i hope that", "it is my wish that", "nothing would delight me more than if", "i long for the day when",
        "i would enjoy it if", "what a joy it would be if", "it would be wonderful if", "my preference is that", "i am happiest when",
        "it would be a pleasure if", "it gives me pleasure when", "i would be thrilled if", "i would be grateful if", "i favor it when",
        "it would be lovely if", "my heart is content when", "i take delight when", "i am satisfied when",
    ];

    /// <summary>Openings of a complaint; the clause that follows is the opposite of what is wanted.</summary>
    public static readonly string[] Complaints =
    [
        "i do not like that", "it bothers me that", "i am unhappy that", "i dislike that", "it is annoying that", "i hate that",
        "it is a pity that", "i cannot stand that", "it is wrong that", "i am upset that", "i object that", "i regret that",
        "it displeases me that", "i am tired of it that", "i am not fond of it when", "it makes me sad that", "i detest that",
        "i am dissatisfied that", "it is bad that", "i resent that",
    ];

    /// <summary>What a complaint asks for: the two change places.</summary>
    public static readonly string[] Swaps =
    [
        "swap them", "exchange them", "trade their places", "switch them", "reverse them", "change them around", "turn it around",
        "do the opposite", "flip their order", "interchange them", "let them switch positions", "make it the other way round",
    ];

    /// <summary>The relation that holds for the second ball when the given one holds for the first.</summary>
    public static Relation Opposite(Relation relation) => (Relation)(((int)relation + 2) % 4);
}
