namespace Kalm.Testing;

/// <summary>A comparison that left its bound.</summary>
public sealed class ToleranceException : Exception
{
    /// <summary>A comparison that left its bound.</summary>
    public ToleranceException(string message)
        : base(message)
    {
    }
}
