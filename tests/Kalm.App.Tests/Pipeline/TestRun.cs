using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

/// <summary>A run folder in a temporary place.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("kalm-run-");

    public string Path => System.IO.Path.Combine(_root.FullName, "run");

    public StageContext Open(ulong seed = 1, IProgressSink? progress = null, CancellationToken cancel = default)
    {
        RunFolder folder = RunFolder.Open(Path, new Manifest { Seed = seed }, seedGiven: true);
        return new StageContext
        {
            Folder = folder,
            Progress = progress ?? SilentProgress.Instance,
            Metrics = new MetricsWriter(folder.MetricsFile),
            Cancel = cancel,
            Threads = 2,
            Seed = seed,
        };
    }

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => _root.Delete(recursive: true);
}
