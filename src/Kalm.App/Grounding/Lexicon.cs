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

    /// <summary>One word per relation.</summary>
    public static readonly string[] Sides = ["behind", "left", "front", "right"];

    /// <summary>Words for a ball, the plain one first.</summary>
    public static readonly string[] Balls = ["ball", "sphere", "orb", "globe", "marble", "round one"];

    /// <summary>Verbs that move a thing with the hand, the plain ones first.</summary>
    public static readonly string[] Verbs =
    [
        "push", "move", "put", "place", "shift", "slide", "roll", "bring", "send", "get", "nudge", "shove",
        "hurl", "toss", "throw", "fling", "drive", "guide", "steer", "relocate", "transfer", "position", "set",
        "keep", "leave", "drop", "lead", "carry", "usher", "park", "launch", "cast", "lob", "pitch", "hold",
        "ease", "dispatch", "settle", "propel", "catapult", "sling", "heave", "shoot", "kick", "tap", "knock",
        "strike", "press", "displace", "budge",
    ];

    /// <summary>The same verbs as participles, index by index.</summary>
    public static readonly string[] Participles =
    [
        "pushed", "moved", "put", "placed", "shifted", "slid", "rolled", "brought", "sent", "gotten", "nudged",
        "shoved", "hurled", "tossed", "thrown", "flung", "driven", "guided", "steered", "relocated",
        "transferred", "positioned", "set", "kept", "left", "dropped", "led", "carried", "ushered", "parked",
        "launched", "cast", "lobbed", "pitched", "held", "eased", "dispatched", "settled", "propelled",
        "catapulted", "slung", "heaved", "shot", "kicked", "tapped", "knocked", "struck", "pressed",
        "displaced", "budged",
    ];

    /// <summary>How fast or how carefully something is done; carries no direction.</summary>
    public static readonly string[] Adverbs =
    [
        "slowly", "quickly", "gently", "swiftly", "carefully", "rapidly", "softly", "briskly", "calmly",
        "hastily", "unhurriedly", "speedily", "patiently", "promptly", "smoothly", "at once", "without haste",
        "in a hurry", "little by little", "at full speed", "leisurely", "steadily", "without any haste",
        "at a snail's pace", "in a flash", "taking your time", "hurrying up", "in no time",
    ];

    /// <summary>Phrases that place the first ball relative to the second, by relation, the plain ones first.</summary>
    public static readonly string[][] Relations =
    [
        [
            "behind", "at the back of", "to the rear of", "in back of", "on the far side of", "to the back of",
            "at the rear of", "beyond", "farther away than", "on the back side of", "past", "in the rear of",
            "farther from the viewer than", "farther from me than", "after", "trailing", "to the far side of",
            "rearward of",
        ],
        [
            "to the left of", "on the left of", "left of", "on the left side of", "on the left-hand side of",
            "to the left-hand side of", "leftward of", "at the left of", "to the left side of",
            "on the left flank of", "west of", "to the west of", "on the west side of",
            "on the western side of", "at the western flank of", "westward of", "on the port side of",
            "to port of", "to the port side of", "at the port flank of", "at nine o'clock from",
            "on the nine o'clock side of", "at nine o'clock of",
        ],
        [
            "in front of", "at the front of", "to the front of", "ahead of", "before", "on the near side of",
            "on the front side of", "closer to the viewer than", "nearer than", "in the foreground of",
            "preceding", "this side of", "nearer to me than", "nearer to the viewer than",
            "to the near side of", "to the fore of", "leading", "closer to me than", "at the fore of",
        ],
        [
            "to the right of", "on the right of", "right of", "on the right side of",
            "on the right-hand side of", "to the right-hand side of", "rightward of", "at the right of",
            "to the right side of", "on the right flank of", "east of", "to the east of", "on the east side of",
            "on the eastern side of", "at the eastern flank of", "eastward of", "on the starboard side of",
            "to starboard of", "to the starboard side of", "at the starboard flank of", "at three o'clock from",
            "on the three o'clock side of", "at three o'clock of",
        ],
    ];

    /// <summary>Verbs for being in front.</summary>
    public static readonly string[] Precede = ["precedes", "leads", "comes before", "goes ahead of", "precedes"];

    /// <summary>Verbs for being behind.</summary>
    public static readonly string[] Follow = ["follows", "trails", "comes after", "hides behind", "trails"];

    /// <summary>The same verbs as participles: being in front.</summary>
    public static readonly string[] Preceding = ["preceding", "leading", "coming before", "going ahead of"];

    /// <summary>The same verbs as participles: being behind.</summary>
    public static readonly string[] Following = ["following", "trailing", "coming after", "hiding behind"];

    /// <summary>Phrases that send one ball in a direction, by relation, the plain ones first.</summary>
    public static readonly string[][] Headings =
    [
        [
            "backward", "to the back", "toward the back", "away from the viewer", "rearward", "to the rear",
            "farther away", "to the far side", "back", "toward the rear", "into the background", "away",
            "to the far end", "farther away from me", "away from me",
        ],
        [
            "left", "to the left", "toward the left", "leftward", "to the left side", "to the left-hand side",
            "sideways to the left", "westward", "off to the left", "to its left", "toward the left edge",
            "to port", "toward the west", "to the west", "toward the port side",
        ],
        [
            "forward", "to the front", "toward the front", "toward the viewer", "frontward", "closer",
            "nearer to us", "to the near side", "ahead", "to the foreground", "into the foreground",
            "toward the camera", "nearer to me", "to the near end", "toward the fore", "closer to me",
        ],
        [
            "right", "to the right", "toward the right", "rightward", "to the right side",
            "to the right-hand side", "sideways to the right", "eastward", "off to the right", "to its right",
            "toward the right edge", "to starboard", "toward the east", "to the east",
            "toward the starboard side",
        ],
    ];

    /// <summary>Openings of a polite request; what follows is a verb.</summary>
    public static readonly string[] Requests =
    [
        "please", "could you", "would you", "kindly", "I need you to", "your job is to", "try to",
        "go ahead and", "let us", "you should", "do me a favor and", "I want you to", "the task is to",
        "make sure to", "remember to",
    ];

    /// <summary>Openings of a wish; what follows is a clause such as "the red ball is behind the blue ball".</summary>
    public static readonly string[] Wishes =
    [
        "I would be glad if", "it would make me happy if", "I would love it if", "how nice it would be if",
        "I wish that", "it would please me if", "I hope that", "it is my wish that",
        "nothing would delight me more than if", "I long for the day when", "I would enjoy it if",
        "what a joy it would be if", "it would be wonderful if", "my preference is that", "I am happiest when",
        "it would be a pleasure if", "it gives me pleasure when", "I would be thrilled if",
        "I would be grateful if", "I favor it when", "it would be lovely if", "my heart leaps when",
        "I take great pleasure when", "I am satisfied when", "I love it when", "it delights me if",
        "it makes my day when", "few things please me as when", "how charming it is when", "what a joy when",
        "I would rather have it that", "I am thrilled when",
    ];

    /// <summary>Openings of a complaint; the clause that follows is the opposite of what is wanted.</summary>
    public static readonly string[] Complaints =
    [
        "I do not like that", "it bothers me that", "I am unhappy that", "I dislike that",
        "it is annoying that", "I hate that", "it is a pity that", "I cannot stand that", "it is wrong that",
        "I am upset that", "I object that", "I regret that", "it displeases me that", "I am tired of it that",
        "I am not fond of it when", "it makes me sad that", "I detest that", "I am dissatisfied that",
        "it is bad that", "I resent that", "I am sick of it that", "what an ugly sight that",
        "it annoys me that", "nothing annoys me more than that",
    ];

    /// <summary>Openings of a complaint; the noun phrase that follows is the opposite of what is wanted.</summary>
    public static readonly string[] Bothers =
    [
        "I can hardly bear", "away with", "I do not want", "nothing is worse than", "I am tired of", "I cannot stand",
        "how I hate", "I am sick of seeing", "it hurts my eyes,", "how annoying,", "what an ugly thing,",
        "nothing annoys me like",
    ];

    /// <summary>Complaints that name nothing; what follows is the wish itself.</summary>
    public static readonly string[] Dislikes =
    [
        "I dislike this layout", "I detest the present order", "I am unhappy with the arrangement",
        "this order is wrong",
        "I do not like how they lie", "I stay unhappy", "what a bad layout", "the present arrangement annoys me",
        "I would much rather have another order", "it bothers me how they are placed",
    ];

    /// <summary>What a complaint asks for: the two change places.</summary>
    public static readonly string[] Swaps =
    [
        "swap them", "exchange them", "trade their places", "switch them", "reverse them", "change them around",
        "turn it around", "do the opposite", "flip their order", "interchange them",
        "let them switch positions", "make it the other way round", "swap the two", "reverse their order",
        "switch them around", "exchange the two", "trade the two", "let it trail", "make it follow",
    ];

    /// <summary>The relation that holds for the second ball when the given one holds for the first.</summary>
    public static Relation Opposite(Relation relation) => (Relation)(((int)relation + 2) % 4);
}
