namespace Kalm.App.Pipeline;

/// <summary>Everything the report page shows.</summary>
public sealed record ReportData
{
    /// <summary>Facts for the head of the page.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>Headline.</summary>
    public string Title { get; init; } = "Rollouts imagined by a grounded language model";

    /// <summary>What was done, in two sentences.</summary>
    public string Lead { get; init; } = "";

    /// <summary>How to read the level chart.</summary>
    public string SuccessNote { get; init; } = "";

    /// <summary>Success per level and method.</summary>
    public IReadOnlyList<LevelResult> Levels { get; init; } = [];

    /// <summary>The paper's figures.</summary>
    public IReadOnlyList<PaperFigure> Paper { get; init; } = PaperFigures.Clevr;

    /// <summary>Training curves.</summary>
    public IReadOnlyList<ReportCurve> Curves { get; init; } = [];

    /// <summary>Statistics of the imagined rollouts.</summary>
    public ReportTable Hallucination { get; init; } = new([], []);

    /// <summary>How to read these statistics.</summary>
    public string HallucinationNote { get; init; } = "";

    /// <summary>Rollouts to play.</summary>
    public IReadOnlyList<ReportRollout> Rollouts { get; init; } = [];

    /// <summary>The table the rollouts happen on.</summary>
    public ReportScene Table { get; init; } = new();

    /// <summary>Scenes that can be played in three dimensions.</summary>
    public IReadOnlyList<ReportStageModel> Scenes { get; init; } = [];

    /// <summary>Rollouts in these scenes.</summary>
    public IReadOnlyList<ReportEpisode> Episodes { get; init; } = [];

    /// <summary>The rollouts these were picked from, task by task.</summary>
    public ReportTable Collected { get; init; } = new([], []);

    /// <summary>What stands in place of the scenes where three.js is missing.</summary>
    public string SceneNote { get; init; } = ThreeScript.MissingNote;

    /// <summary>Options, by stage.</summary>
    public IReadOnlyList<ReportOptionGroup> Options { get; init; } = [];

    /// <summary>Time of the stages.</summary>
    public IReadOnlyList<ReportStage> Stages { get; init; } = [];
}

/// <summary>Facts for the head of the report.</summary>
public sealed record ReportRun
{
    /// <summary>Name of the run: its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Preset.</summary>
    public string Preset { get; init; } = "";

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Seconds of all stages together.</summary>
    public double Seconds { get; init; }

    /// <summary>When the run was begun.</summary>
    public string Created { get; init; } = "";

    /// <summary>Processor and memory.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The program's version.</summary>
    public string Kalm { get; init; } = "";
}

/// <summary>One training curve.</summary>
/// <param name="Scope">Whose steps: a stage or a policy of it.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Values">The values; null where there was no number.</param>
public sealed record ReportCurve(string Scope, string Name, IReadOnlyList<double> Steps, IReadOnlyList<double?> Values);

/// <summary>A table.</summary>
/// <param name="Columns">Its head.</param>
/// <param name="Rows">Its rows, as text.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A rollout to play.</summary>
public sealed record ReportRollout
{
    /// <summary>real, imagined or policy.</summary>
    public required string Kind { get; init; }

    /// <summary>Goal level.</summary>
    public required string Level { get; init; }

    /// <summary>The method that acted; empty for real and imagined rollouts.</summary>
    public string Method { get; init; } = "";

    /// <summary>The goal's sentence.</summary>
    public required string Goal { get; init; }

    /// <summary>The goal's integers.</summary>
    public required IReadOnlyList<int> Code { get; init; }

    /// <summary>Whether the goal was reached.</summary>
    public bool Success { get; init; }

    /// <summary>Number of steps.</summary>
    public required int Length { get; init; }

    /// <summary>
    /// Positions of the five balls before each step and after the last, in millimeters, (length + 1, 10).
    /// </summary>
    public required IReadOnlyList<int> States { get; init; }

    /// <summary>Actions, (length).</summary>
    public required IReadOnlyList<int> Actions { get; init; }
}

/// <summary>Measures of the scene, in meters.</summary>
public sealed record ReportScene
{
    /// <summary>Inner faces of the walls: left, front, right, back.</summary>
    public IReadOnlyList<double> Walls { get; init; } = [-0.6, -0.3, 0.6, 0.7];

    /// <summary>Radius of a ball.</summary>
    public double Ball { get; init; } = 0.13;

    /// <summary>Radius of the pusher.</summary>
    public double Pusher { get; init; } = 0.05;

    /// <summary>Distance within which a relation goal counts.</summary>
    public double Reach { get; init; } = 0.391;

    /// <summary>Distance within which the gather goal counts.</summary>
    public double Gather { get; init; } = 0.325;
}

/// <summary>The options of one stage.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Values">Names and values.</param>
public sealed record ReportOptionGroup(string Name, IReadOnlyList<string[]> Values);

/// <summary>Time of one stage.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Seconds">Seconds it took.</param>
public sealed record ReportStage(string Name, double Seconds);
