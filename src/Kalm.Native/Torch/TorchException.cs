using System.Runtime.InteropServices;

namespace Kalm.Native.Torch;

/// <summary>Where an error of native code came from.</summary>
public enum TorchErrorKind
{
    /// <summary>libtorch refused the operation (c10::Error).</summary>
    Torch = 1,

    /// <summary>Another C++ exception.</summary>
    Standard = 2,

    /// <summary>Something thrown that is no C++ exception class.</summary>
    Unknown = 3,
}

/// <summary>An error of libtorch, with libtorch's message and no stack text.</summary>
/// <remarks>TorchSharp throws <see cref="ExternalException"/>; catching that works with both.</remarks>
public sealed class TorchException : ExternalException
{
    /// <summary>An error without a message.</summary>
    public TorchException()
    {
    }

    /// <summary>An error with a message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error with a message and the kind of C++ exception behind it.</summary>
    public TorchException(string message, TorchErrorKind kind)
        : base(message) => Kind = kind;

    /// <summary>Kind of C++ exception behind the error.</summary>
    public TorchErrorKind Kind { get; }
}
