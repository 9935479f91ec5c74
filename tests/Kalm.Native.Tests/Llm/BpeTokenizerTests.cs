using System.Text.Json.Nodes;
using Kalm.Native.Llm;

namespace Kalm.Native.Tests.Llm;

public sealed class BpeTokenizerTests : IDisposable
{
    private static readonly string[] Sentences =
    [
        "Push the red ball behind the blue ball.",
        "Can you move the green ball to the left of the purple ball?",
        "Can you help me keep the cyan ball in front of the red ball?",
        "The blue ball is being moved to the right of the green ball.",
        "Is the purple ball behind the cyan ball?\nNo.",
    ];

    private readonly string _path = Path.Combine(
        Directory.CreateTempSubdirectory("kalm-bpe").FullName, "tokenizer.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory]
    [InlineData("Push the red ball behind the blue ball.")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  two  spaces, and three   at the end   ")]
    [InlineData("goal:\nrollout:\n\n")]
    [InlineData("Überraschung: 球 🎱 \u0001 \t")]
    [InlineData("<s> </s> <0x41> ▁-free? no: text stays text")]
    public void Tokenizer_decodes_what_it_encoded(string text)
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(Sentences, 400);

        // the mark itself reads back as the space it stands for
        Assert.Equal(text.Replace('▁', ' '), tokenizer.Decode(tokenizer.Encode(text)));
        Assert.DoesNotContain(tokenizer.Encode(text), id => tokenizer.Special.Contains(id));
    }

    [Fact]
    public void Tokenizer_knows_frequent_words_as_one_token()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(Sentences, 400);

        Assert.Equal(["▁the", "▁ball", "▁the", "▁ball", "."],
            tokenizer.Encode("the ball the ball.").Select(id => tokenizer.Tokens[id]));
        Assert.InRange(tokenizer.Count, 300, 400);
        Assert.Equal((0, 1, 2), (tokenizer.PadId, tokenizer.BosId, tokenizer.EosId));
    }

    [Fact]
    public void Tokenizer_spells_unknown_characters_with_bytes()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(Sentences, 400);

        Assert.Equal(["▁", "<0xC3>", "<0x9F>"], tokenizer.Encode("ß").Select(id => tokenizer.Tokens[id]));
    }

    [Fact]
    public void Trainer_applies_merges_in_the_order_of_their_counts()
    {
        // counted by hand: (a,b) 4 times, then (ab,c) 3 times, then the space joins it 3 times
        BpeTokenizer tokenizer = BpeTrainer.Train(["abc", "abc", "abc", "ab"], 3 + 256 + 4 + 3);

        Assert.Equal([("a", "b"), ("▁", "ab"), ("▁ab", "c")], tokenizer.Merges);
    }

    [Fact]
    public void Trainer_gives_the_same_tokenizer_whatever_the_order_of_the_sentences()
    {
        BpeTokenizer one = BpeTrainer.Train(Sentences, 400);
        BpeTokenizer other = BpeTrainer.Train(Sentences.Reverse(), 400);

        Assert.Equal(one.Tokens, other.Tokens);
        Assert.Equal(one.Merges, other.Merges);
    }

    [Fact]
    public void Trainer_refuses_a_vocabulary_smaller_than_the_alphabet()
    {
        var error = Assert.Throws<ArgumentException>(() => BpeTrainer.Train(Sentences, 100));
        Assert.Contains("expected at least", error.Message);
    }

    [Fact]
    public void Tokenizer_json_reads_back_the_same_tokenizer()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(Sentences, 400);
        TokenizerJson.Write(_path, tokenizer);
        BpeTokenizer read = TokenizerJson.Read(_path);

        Assert.Equal(tokenizer.Tokens, read.Tokens);
        Assert.Equal(tokenizer.Merges, read.Merges);
        Assert.Equal(tokenizer.Special.Order(), read.Special.Order());
        Assert.Equal(tokenizer.Encode(Sentences[2]), read.Encode(Sentences[2]));
    }

    [Fact]
    public void Tokenizer_json_of_llama_without_splitting_is_read()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(Sentences, 400);
        TokenizerJson.Write(_path, tokenizer);
        JsonNode root = JsonNode.Parse(File.ReadAllText(_path))!;
        root["pre_tokenizer"] = null;
        root["model"]!["merges"] = new JsonArray([.. tokenizer.Merges.Select(m => (JsonNode)$"{m.Left} {m.Right}")]);
        File.WriteAllText(_path, root.ToJsonString());

        BpeTokenizer read = TokenizerJson.Read(_path);
        Assert.Null(read.Pattern);
        Assert.Equal(tokenizer.Merges, read.Merges);
        Assert.Equal(Sentences[0], read.Decode(read.Encode(Sentences[0])));
    }

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "type: expected \"BPE\"")]
    [InlineData("model.byte_fallback", "false", "byte_fallback: expected true")]
    [InlineData("model.vocab.<0x41>", "-1", "expected an id from 0 on")]
    [InlineData("model.vocab.<0x41>", "5", "expected an id of its own")]
    [InlineData("model.vocab.<0x41>", "100000", "without a gap")]
    [InlineData("model.merges", "[[\"a\",\"nowhere\"]]", "in the vocabulary")]
    [InlineData("model.merges", "[[\"a\"]]", "merges, 0: expected two tokens")]
    [InlineData("model.merges", "[7]", "merges, 0: expected two tokens")]
    [InlineData("model", "[]", "model: expected an object")]
    [InlineData("normalizer", "null", "normalizer: expected an object, found nothing")]
    [InlineData("pre_tokenizer.type", "\"ByteLevel\"", "type: expected \"Split\"")]
    [InlineData("pre_tokenizer.pattern.Regex", "\"(\"", "Invalid pattern")]
    [InlineData("pre_tokenizer.pattern.Regex", "\"(?=a)b\"", "NonBacktracking")]
    [InlineData("added_tokens", "[{\"id\": 4, \"content\": \"<x>\"}]", "id: expected the id of '<x>'")]
    public void Tokenizer_json_with_a_bad_field_is_refused_by_name(string field, string value, string expected)
    {
        TokenizerJson.Write(_path, BpeTrainer.Train(Sentences, 400));
        JsonNode root = JsonNode.Parse(File.ReadAllText(_path))!;
        string[] names = field.Split('.');
        JsonNode node = names[..^1].Aggregate(root, (parent, name) => parent[name]!);
        node[names[^1]] = JsonNode.Parse(value);
        File.WriteAllText(_path, root.ToJsonString());

        var error = Assert.Throws<InvalidDataException>(() => TokenizerJson.Read(_path));
        Assert.StartsWith(_path, error.Message);
        Assert.Contains(expected, error.Message);
    }
}
