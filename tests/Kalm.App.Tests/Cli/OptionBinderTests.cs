using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Kalm.App.Cli;
using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Cli;

public class OptionBinderTests
{
    [Fact]
    public void Binder_sets_what_was_typed_and_keeps_the_rest()
    {
        Sample bound = Bind("--batch-size 64 --rate 1e-3 --levels easy,hard --shuffle false --inner.kind second-kind");

        Assert.Equal(64, bound.BatchSize);
        Assert.Equal(1e-3, bound.Rate);
        Assert.Equal(["easy", "hard"], bound.Levels);
        Assert.False(bound.Shuffle);
        Assert.Equal(Kind.SecondKind, bound.Inner.Kind);
        Assert.Equal(5, bound.Inner.Depth);
    }

    [Fact]
    public void Binder_does_not_change_the_record_it_starts_from()
    {
        var start = new Sample();
        Bind("--batch-size 64 --inner.depth 9", start);

        Assert.Equal(32, start.BatchSize);
        Assert.Equal(5, start.Inner.Depth);
    }

    [Theory]
    [InlineData("--batch-size many", "option --batch-size: found 'many', expected a whole number")]
    [InlineData("--batch-size 0", "option --batch-size: found '0', expected 1 … 1000")]
    [InlineData("--rate nan", "option --rate: found 'nan', expected a number")]
    [InlineData("--inner.kind third", "option --inner.kind: found 'third', expected first-kind|second-kind")]
    public void Binder_names_option_found_and_expected(string line, string message)
    {
        var e = Assert.Throws<KalmException>(() => Bind(line));

        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("BatchSize", "batch-size")]
    [InlineData("UseMLP", "use-mlp")]
    [InlineData("MLPSize", "mlp-size")]
    [InlineData("Tau2", "tau2")]
    public void Kebab_splits_words(string name, string expected) => Assert.Equal(expected, OptionText.Kebab(name));

    private static Sample Bind(string line, Sample? start = null)
    {
        var command = new RootCommand();
        var binder = new OptionBinder(new Sample());
        binder.AddTo(command);
        return binder.Bind(command.Parse(line), start ?? new Sample());
    }

    internal enum Kind
    {
        FirstKind,
        SecondKind,
    }

    internal sealed record Sample
    {
        [Range(1, 1000)]
        public int BatchSize { get; init; } = 32;

        public double Rate { get; init; } = 0.1;

        public string[] Levels { get; init; } = ["easy"];

        public bool Shuffle { get; init; } = true;

        public Inner Inner { get; init; } = new();
    }

    internal sealed record Inner
    {
        public Kind Kind { get; init; }

        public int Depth { get; init; } = 5;
    }
}
