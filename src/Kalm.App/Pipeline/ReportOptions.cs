using System.ComponentModel.DataAnnotations;

namespace Kalm.App.Pipeline;

/// <summary>Options of <c>kalm report</c>.</summary>
public sealed record ReportOptions
{
    /// <summary>Rollouts to play of each kind (real, imagined, policy).</summary>
    [Range(0, 200)]
    public int Rollouts { get; init; } = 16;

    /// <summary>Points a training curve is drawn with at most; longer curves are averaged.</summary>
    [Range(10, 10000)]
    public int CurvePoints { get; init; } = 200;
}

/// <summary>What <c>kalm report</c> made.</summary>
/// <param name="Report">The page's path.</param>
public sealed record ReportResult(string Report);
