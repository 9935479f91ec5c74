using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>Turns a native status into an exception.</summary>
internal static class NativeError
{
    /// <summary>Throws what native code reported, unless all went well.</summary>
    /// <exception cref="TorchException">The status is not 0.</exception>
    internal static void Check(int status)
    {
        if (status != 0)
            Throw(status);
    }

    /// <summary>A text that native code owns.</summary>
    internal static unsafe string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static unsafe void Throw(int status)
    {
        string message = Text(NativeMethods.kalm_error_message());
        throw new TorchException(message.TrimEnd(), (TorchErrorKind)status);
    }
}
