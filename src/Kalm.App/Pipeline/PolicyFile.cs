using System.Globalization;
using Kalm.Kernels.Learning;
using Kalm.Kernels.Memory;
using Kalm.Native.Llm;

namespace Kalm.App.Pipeline;

/// <summary>Policies and unfinished training on disk, as safetensors.</summary>
public static class PolicyFile
{
    /// <summary>A finished policy's weights.</summary>
    public const string PolicyName = "policy.safetensors";

    /// <summary>The whole state of training that goes on.</summary>
    internal const string CheckpointName = "checkpoint.safetensors";

    private const string Prefix = "policy";

    /// <summary>Reads a finished policy.</summary>
    /// <param name="folder">The policy's folder.</param>
    /// <param name="worlds">Worlds it shall act for.</param>
    /// <exception cref="KalmException">The file is missing, damaged or of another form.</exception>
    public static GreedyPolicy Load(string folder, int worlds)
    {
        string path = Path.Combine(folder, PolicyName);
        using SafetensorsReader reader = Open(path);
        NetworkShape shape = ReadShape(reader);
        List<GoalNetwork> networks = [];
        try
        {
            for (int i = 0; reader.Entries.ContainsKey($"{Prefix}.{i}.layers.0.weight"); i++)
            {
                networks.Add(new GoalNetwork(shape));
                foreach (LearnerTensor tensor in LearnerTensor.Of($"{Prefix}.{i}", networks[i])) Read(reader, tensor);
            }

            if (networks.Count == 0)
            {
                throw new KalmException(
                    $"{path}: tensor '{Prefix}.0.layers.0.weight': expected it in the file, found no such tensor");
            }

            return new GreedyPolicy(networks, worlds);
        }
        catch
        {
            foreach (GoalNetwork network in networks) network.Dispose();
            throw;
        }
    }

    /// <summary>Writes a policy's weights.</summary>
    /// <param name="folder">The policy's folder.</param>
    /// <param name="networks">Its networks.</param>
    public static void Save(string folder, IReadOnlyList<GoalNetwork> networks)
    {
        List<LearnerTensor> tensors = [];
        for (int i = 0; i < networks.Count; i++) tensors.AddRange(LearnerTensor.Of($"{Prefix}.{i}", networks[i]));
        NetworkShape shape = networks[0].Shape;
        Write(Path.Combine(folder, PolicyName), tensors, new()
        {
            ["state_size"] = Text(shape.StateSize),
            ["goal_size"] = Text(shape.GoalSize),
            ["hidden"] = string.Join(',', shape.Hidden.Select(x => Text(x))),
            ["output_size"] = Text(shape.OutputSize),
            ["activation"] = shape.Activation.ToString(),
        });
    }

    /// <summary>Writes all state of a learner.</summary>
    /// <param name="folder">The policy's folder.</param>
    /// <param name="learner">The learner.</param>
    internal static void SaveCheckpoint(string folder, ILearner learner) => Write(
        Path.Combine(folder, CheckpointName), learner.Tensors, new() { ["steps"] = Text(learner.Steps) });

    /// <summary>Continues a learner from its checkpoint, if there is one.</summary>
    /// <param name="folder">The policy's folder.</param>
    /// <param name="learner">A learner of the same options.</param>
    /// <exception cref="KalmException">The checkpoint is damaged or of other options.</exception>
    internal static bool LoadCheckpoint(string folder, ILearner learner)
    {
        string path = Path.Combine(folder, CheckpointName);
        if (!File.Exists(path)) return false;
        using SafetensorsReader reader = Open(path);
        foreach (LearnerTensor tensor in learner.Tensors) Read(reader, tensor);
        learner.Resume(Number(reader, "steps"));
        return true;
    }

    /// <summary>Removes the checkpoint of a finished policy.</summary>
    internal static void DeleteCheckpoint(string folder) => File.Delete(Path.Combine(folder, CheckpointName));

    private static void Write(string path, IReadOnlyList<LearnerTensor> tensors, Dictionary<string, string> metadata)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using SafetensorsWriter writer = new(
                path, tensors.Select(x => (x.Name, x.Shape.Select(size => (long)size).ToArray())), metadata);
            foreach (LearnerTensor tensor in tensors)
            {
                float[] numbers = new float[tensor.Length];
                tensor.Read(numbers);
                writer.Write(tensor.Name, numbers);
            }

            writer.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KalmException($"{path}: cannot be written: {e.Message}");
        }
    }

    private static SafetensorsReader Open(string path)
    {
        if (!File.Exists(path)) throw new KalmException($"{path}: no such file, expected a trained policy");
        try
        {
            return new SafetensorsReader(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            bool named = e.Message.Contains(path, StringComparison.Ordinal);
            throw new KalmException(named ? e.Message : $"{path}: {e.Message}");
        }
    }

    private static void Read(SafetensorsReader reader, LearnerTensor tensor)
    {
        float[] numbers = new float[tensor.Length];
        try
        {
            reader.Read(tensor.Name, tensor.Shape.Select(x => (long)x).ToArray(), numbers);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new KalmException(e.Message);
        }

        tensor.Write(numbers);
    }

    private static NetworkShape ReadShape(SafetensorsReader reader)
    {
        string hidden = Field(reader, "hidden");
        List<int> widths = [];
        foreach (string width in hidden.Split(','))
        {
            if (!int.TryParse(width, CultureInfo.InvariantCulture, out int value) || value < 1)
                throw Bad(reader, "hidden", hidden, "widths separated by commas");
            widths.Add(value);
        }

        string activation = Field(reader, "activation");
        if (!Enum.TryParse(activation, out Activation parsed))
            throw Bad(reader, "activation", activation, string.Join(" or ", Enum.GetNames<Activation>()));
        return new()
        {
            StateSize = (int)Number(reader, "state_size"),
            GoalSize = (int)Number(reader, "goal_size"),
            Hidden = widths,
            OutputSize = (int)Number(reader, "output_size"),
            Activation = parsed,
        };
    }

    private static long Number(SafetensorsReader reader, string field)
    {
        string text = Field(reader, field);
        return long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value is > 0 and < int.MaxValue
            ? value
            : throw Bad(reader, field, text, "a positive number");
    }

    private static string Field(SafetensorsReader reader, string field) =>
        reader.Metadata.TryGetValue(field, out string? value)
            ? value
            : throw Bad(reader, field, "nothing", "it in the metadata");

    private static KalmException Bad(SafetensorsReader reader, string field, string found, string expected) =>
        new($"{reader.FilePath}: field '{field}': found {found}, expected {expected}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
