namespace Kalm.App.Pipeline;

/// <summary>Where a stage tells how far it is. Calls may come from several threads.</summary>
public interface IProgressSink
{
    /// <summary>Begins a piece of work; the piece before it, if any, ends.</summary>
    /// <param name="title">What is being done, a few words.</param>
    /// <param name="total">How many units there are; 0 when nobody knows.</param>
    /// <param name="unit">The unit in plural, for the rate ("rollouts", "steps").</param>
    void Begin(string title, long total, string unit = "");

    /// <summary>Tells how far the piece of work is.</summary>
    /// <param name="done">Units done so far, counted from the piece's begin even when it was resumed half-way.</param>
    /// <param name="text">What else is worth seeing, for example the loss.</param>
    void Report(long done, string? text = null);

    /// <summary>Ends the piece of work.</summary>
    void End();

    /// <summary>Says something once, as a line of its own.</summary>
    /// <param name="text">The line.</param>
    void Message(string text);
}
