using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>
/// A goal and its code of <see cref="Size"/> integers: the kind, then up to three triples of source ball, destination
/// ball and direction; places that the kind does not use hold zero.
/// </summary>
public sealed record ClevrGoal
{
    /// <summary>Integers of a goal code.</summary>
    public const int Size = 10;

    /// <summary>Balls of the scene, in the order of <see cref="BallNames"/>.</summary>
    public const int BallCount = 5;

    /// <summary>Directions of goals.</summary>
    public const int DirectionCount = 4;

    private ClevrGoal(ClevrGoalKind kind, params ClevrRelation[] relations)
    {
        Kind = kind;
        Relations = relations;
    }

    /// <summary>Colors of the balls in the order of the observation.</summary>
    public static IReadOnlyList<string> BallNames { get; } = ["red", "blue", "green", "purple", "cyan"];

    /// <summary>What the goal asks for.</summary>
    public ClevrGoalKind Kind { get; }

    /// <summary>The relations of the goal; a step goal has its ball as source and no destination.</summary>
    public IReadOnlyList<ClevrRelation> Relations { get; }

    /// <summary>One ball beside another.</summary>
    /// <param name="source">The ball that shall be moved, 0 to 4.</param>
    /// <param name="destination">The ball it shall be beside, another one.</param>
    /// <param name="direction">On which side.</param>
    public static ClevrGoal Relation(int source, int destination, ClevrDirection direction) =>
        new(ClevrGoalKind.Relation, new ClevrRelation(source, destination, direction));

    /// <summary>One push of a ball.</summary>
    /// <param name="ball">The ball, 0 to 4.</param>
    /// <param name="direction">Where to.</param>
    public static ClevrGoal Step(int ball, ClevrDirection direction) =>
        new(ClevrGoalKind.Step, new ClevrRelation(ball, 0, direction));

    /// <summary>Two or three relations at once.</summary>
    /// <param name="relations">The relations.</param>
    public static ClevrGoal All(params ClevrRelation[] relations) => relations.Length is 2 or 3
        ? new(relations.Length == 2 ? ClevrGoalKind.TwoRelations : ClevrGoalKind.ThreeRelations, relations)
        : throw new ArgumentOutOfRangeException(nameof(relations), "two or three relations are combined");

    /// <summary>All balls in a row.</summary>
    public static ClevrGoal LineUp() => new(ClevrGoalKind.LineUp);

    /// <summary>All balls around the green one.</summary>
    public static ClevrGoal Gather() => new(ClevrGoalKind.Gather);

    /// <summary>The 80 configurations of relation goals: 20 ordered pairs of balls x 4 directions.</summary>
    public static IReadOnlyList<ClevrGoal> Configurations { get; } =
    [
        .. from source in Enumerable.Range(0, BallCount)
           from destination in Enumerable.Range(0, BallCount)
           where source != destination
           from direction in Enum.GetValues<ClevrDirection>()
           select Relation(source, destination, direction),
    ];

    /// <summary>Reads a code.</summary>
    /// <param name="code">Its integers.</param>
    /// <param name="where">Where the code was found, for errors.</param>
    /// <exception cref="KalmException">An integer is out of range.</exception>
    public static ClevrGoal Decode(ReadOnlySpan<int> code, string where = "goal")
    {
        if (code.Length != Size) throw new KalmException($"{where}: found {code.Length} integers, expected {Size}");
        if (code[0] is < 0 or > (int)ClevrGoalKind.Gather)
            throw new KalmException($"{where}: kind: found {code[0]}, expected 0 to 5");
        var kind = (ClevrGoalKind)code[0];
        var relations = new ClevrRelation[RelationCount(kind)];
        for (int k = 0; k < relations.Length; k++)
        {
            (int source, int destination, int direction) = (code[1 + (3 * k)], code[2 + (3 * k)], code[3 + (3 * k)]);
            bool sameBall = kind != ClevrGoalKind.Step && source == destination;
            bool ballsExist = source is >= 0 and < BallCount && destination is >= 0 and < BallCount;
            if (!ballsExist || sameBall || direction is < 0 or >= DirectionCount)
                throw new KalmException(
                    $"{where}: relation {k}: found source {source}, destination {destination}, direction {direction}");
            relations[k] = new ClevrRelation(source, destination, (ClevrDirection)direction);
        }

        return new ClevrGoal(kind, relations);
    }

    /// <summary>Relations a kind of goal has.</summary>
    public static int RelationCount(ClevrGoalKind kind) => kind switch
    {
        ClevrGoalKind.Relation or ClevrGoalKind.Step => 1,
        ClevrGoalKind.TwoRelations => 2,
        ClevrGoalKind.ThreeRelations => 3,
        _ => 0,
    };

    /// <summary>Writes the code.</summary>
    /// <param name="code">Room for <see cref="Size"/> integers.</param>
    public void Encode(Span<int> code)
    {
        code[..Size].Clear();
        code[0] = (int)Kind;
        for (int k = 0; k < Relations.Count; k++)
        {
            code[1 + (3 * k)] = Relations[k].Source;
            code[2 + (3 * k)] = Relations[k].Destination;
            code[3 + (3 * k)] = (int)Relations[k].Direction;
        }
    }

    /// <summary>The code as an array.</summary>
    public int[] ToCode()
    {
        int[] code = new int[Size];
        Encode(code);
        return code;
    }

    /// <inheritdoc/>
    public bool Equals(ClevrGoal? other) =>
        other != null && Kind == other.Kind && Relations.SequenceEqual(other.Relations);

    /// <inheritdoc/>
    public override int GetHashCode() => Relations.Aggregate((int)Kind, HashCode.Combine);
}

/// <summary>One ball beside another.</summary>
/// <param name="Source">The ball that is moved.</param>
/// <param name="Destination">The ball it shall be beside.</param>
/// <param name="Direction">On which side.</param>
public readonly record struct ClevrRelation(int Source, int Destination, ClevrDirection Direction);
