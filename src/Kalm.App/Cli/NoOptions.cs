namespace Kalm.App.Cli;

/// <summary>Options of a verb that has none of its own.</summary>
internal sealed record NoOptions;
