using System.Runtime.InteropServices;

namespace Kalm.App.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks to stop at the next checkpoint, the second ends the process at once.
/// </summary>
internal sealed class InterruptSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly TextWriter _error;

    /// <summary>Starts to listen.</summary>
    /// <param name="error">Where the user is told what happens.</param>
    public InterruptSignal(TextWriter error)
    {
        _error = error;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>Exit code of an interrupted verb, as shells expect it.</summary>
    public const int ExitCode = 130;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        // the second signal takes the default way: the process ends
        if (_source.IsCancellationRequested) return;
        signal.Cancel = true;
        _error.WriteLine("stopping at the next checkpoint (once more to stop now)");
        _source.Cancel();
    }
}
