namespace Kalm.Kernels.Memory;

/// <summary>
/// A failure the user can act on: bad input, a missing file, a full disk. The message is the whole story (file,
/// field, found, expected); the command line prints it as one line and exits with 2.
/// </summary>
public sealed class KalmException : Exception
{
    /// <summary>A failure with its story.</summary>
    /// <param name="message">What was found where, and what was expected.</param>
    public KalmException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its story and what the runtime said.</summary>
    /// <param name="message">What was found where, and what was expected.</param>
    /// <param name="inner">The exception behind it.</param>
    public KalmException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>A failure without a story; exists for serializers only.</summary>
    public KalmException()
        : base("an unspecified failure")
    {
    }
}
