using System.Text;
using Kalm.App.Formats;
using Kalm.App.Pipeline;
using Kalm.Kernels.Memory;

namespace Kalm.App.Grounding;

/// <summary>
/// Everything that decides how training goes on: weights, moments, number of steps. Batches are a function of seed and
/// step, so that no random state is kept.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="trainer">Whose state it is.</param>
public sealed class GroundCheckpoint(string path, GroundTrainer trainer)
{
    private static ReadOnlySpan<byte> Magic => "KALMGRD1"u8;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="KalmException">It cannot be written.</exception>
    public void Save() => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        trainer.Save(writer);
        writer.Write(Magic);
    });

    /// <summary>Goes back to the file's state, if there is one.</summary>
    /// <exception cref="KalmException">The file is damaged.</exception>
    public void Restore(IProgressSink progress)
    {
        if (!File.Exists(path))
            return;
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            Expect(reader, "begin");
            trainer.Load(reader);
            Expect(reader, "end");
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new KalmException($"{path}: {error.Message}; delete it to train from the beginning");
        }

        progress.Message($"ground: continues after step {trainer.Steps}");
    }

    /// <summary>Deletes the file once it is not needed any more.</summary>
    public void Drop() => File.Delete(path);

    private static void Expect(BinaryReader reader, string where)
    {
        byte[] found = reader.ReadBytes(Magic.Length);
        if (!Magic.SequenceEqual(found))
            throw new InvalidDataException($"{where}: expected a checkpoint of this version, found something else");
    }
}
