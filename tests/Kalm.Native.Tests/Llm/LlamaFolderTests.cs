using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

public sealed class LlamaFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kalm-llama").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Folder_reads_back_the_same_model(bool tied)
    {
        using Llama model = Save(tied);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order());

        (Llama read, BpeTokenizer tokenizer) = LlamaFolder.Load(_folder);
        Assert.Equal(model.Options, read.Options);
        Assert.Equal(300, tokenizer.Count);
        foreach (((string name, Parameter expected), (string other, Parameter found)) in
            model.named_parameters().Zip(read.named_parameters()))
        {
            Assert.Equal(name, other);
            Assert.Equal(expected.FloatSpan().ToArray(), found.FloatSpan().ToArray());
        }

        read.Dispose();
    }

    [Fact]
    public void Sharded_folder_of_hugging_face_is_read()
    {
        using Llama model = Save(tied: false);
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        List<(string Name, Parameter Value)> all = [.. model.named_parameters()];
        string[] map = [.. all.Select((p, i) => $"\"{p.Name}\": \"part-{i % 2}.safetensors\"")];
        for (int shard = 0; shard < 2; shard++)
        {
            List<(string Name, Parameter Value)> part = [.. all.Where((_, i) => i % 2 == shard)];
            using var writer = new SafetensorsWriter(
                Path.Combine(_folder, $"part-{shard}.safetensors"), part.Select(p => (p.Name, p.Value.shape)));
            foreach ((string name, Parameter value) in part) writer.Write(name, value.FloatSpan());
            writer.Commit();
        }

        string index = Path.Combine(_folder, "model.safetensors.index.json");
        File.WriteAllText(index, $$"""{"metadata": {"total_size": 1}, "weight_map": { {{string.Join(",", map)}} } }""");
        (Llama read, _) = LlamaFolder.Load(_folder);
        Assert.Equal(model.EmbedTokens.FloatSpan().ToArray(), read.EmbedTokens.FloatSpan().ToArray());
        read.Dispose();

        // a shard somewhere else is refused
        File.WriteAllText(index, """{"weight_map": {"model.norm.weight": "../part-0.safetensors"}}""");
        var error = Assert.Throws<InvalidDataException>(() => LlamaFolder.Load(_folder));
        Assert.StartsWith(index, error.Message);
        Assert.Contains("expected a file name", error.Message);
    }

    [Fact]
    public void Folder_whose_files_do_not_fit_together_is_refused()
    {
        using Llama model = Save(tied: false);
        string config = Path.Combine(_folder, "config.json");
        LlamaConfigFile.Write(config, model.Options with { IntermediateSize = 60 });
        Assert.Contains("shape: expected [60, 32], found [56, 32]", Message());
        LlamaConfigFile.Write(config, model.Options with { Layers = 3 });
        Assert.Contains("'model.layers.2.", Message());
        LlamaConfigFile.Write(config, model.Options with { Layers = 1 });
        Assert.Contains("found one it does not have", Message());
        LlamaConfigFile.Write(config, model.Options with { VocabSize = 200 });
        Assert.Contains("found 300 tokens", Message());
        LlamaConfigFile.Write(config, model.Options);
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "model.safetensors"));
        File.WriteAllBytes(Path.Combine(_folder, "model.safetensors"), bytes[..^4]);
        Assert.Contains("model.safetensors", Message());
    }

    private string Message() => Assert.Throws<InvalidDataException>(() => LlamaFolder.Load(_folder)).Message;

    private Llama Save(bool tied)
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(
            Enumerable.Repeat("push the red ball behind the blue ball, then move the green one left of it", 3), 300);
        var model = new Llama(LlamaTests.Options(32, 4, 2, tied) with { VocabSize = tokenizer.Count }, seed: 5);
        LlamaFolder.Save(_folder, model, tokenizer);
        return model;
    }
}
