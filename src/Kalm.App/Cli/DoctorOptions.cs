using System.ComponentModel.DataAnnotations;

namespace Kalm.App.Cli;

/// <summary>Options of <c>kalm doctor</c>.</summary>
internal sealed record DoctorOptions
{
    /// <summary>Worker threads.</summary>
    [Range(1, 1024)]
    public int Threads { get; init; } = Environment.ProcessorCount;
}
