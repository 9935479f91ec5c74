using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>Kernels stay inside what a GPU compiler takes, and the lint that says so sees what it must see.</summary>
[Trait("Isa", "once")]
public sealed class KernelLintTests
{
    [Fact]
    public void Kernels_keep_to_what_a_gpu_compiler_takes()
    {
        Type[] kernels = KernelLint.Kernels(typeof(IKernel).Assembly);
        List<string> found = [];
        foreach (Type kernel in kernels)
            found.AddRange(KernelLint.Check(kernel).Select(what => $"{kernel.Name}: {what}"));

        Assert.NotEmpty(kernels);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void A_good_kernel_has_nothing_to_name() => Assert.Empty(KernelLint.Check(typeof(PendulumKernel)));

    [Theory]
    [InlineData(typeof(Bad<Boxes>), "Boxes.Do boxes")]
    [InlineData(typeof(Bad<Throws>), "Throws.Do throws")]
    [InlineData(typeof(Bad<Allocates>), "Allocates.Do allocates an array")]
    [InlineData(typeof(Bad<Creates>), "Creates.Do creates a Object")]
    [InlineData(typeof(Bad<Stack>), "Stack.Do allocates on the stack")]
    [InlineData(typeof(Bad<Delegates>), "Delegates.Do takes the address of a function")]
    [InlineData(typeof(Bad<Asks>), "Asks.Do asks get_IsSupported")]
    [InlineData(typeof(Bad<Types>), "Types.Do uses typeof or a table of data")]
    [InlineData(typeof(Bad<Spans>), "Spans.Do uses Span`1")]
    [InlineData(typeof(Bad<Statics>), "Statics.Do uses the static Counter")]
    [InlineData(typeof(Bad<Handles>), "Handles.Do handles exceptions")]
    [InlineData(typeof(Bad<Calls>), "Calls.Do calls MathF.Sin")]
    [InlineData(typeof(BadField), "BadField._text is a reference")]
    public void Each_forbidden_thing_is_named(Type kernel, string expected) =>
        Assert.Contains(expected, KernelLint.Check(kernel));

    private interface IBad
    {
        static abstract int Do(int value);
    }

    /// <summary>A kernel whose only stage is its type argument.</summary>
    private readonly struct Bad<T> : IKernel
        where T : IBad
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => rows.Store(0, TLane.Const(T.Do(firstWorld)));
    }

    private readonly struct BadField(string text) : IKernel
    {
        private readonly string _text = text;

        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => rows.Store(0, TLane.Const(_text.Length));
    }

    private sealed class Boxes : IBad
    {
        public static int Do(int value) => value.Equals((object)value) ? 1 : 0;
    }

    private sealed class Throws : IBad
    {
        public static int Do(int value) => value > 0 ? value : throw new InvalidOperationException();
    }

    private sealed class Allocates : IBad
    {
        public static int Do(int value) => new int[value].Length;
    }

    private sealed class Creates : IBad
    {
        public static int Do(int value) => new object().GetHashCode() + value;
    }

    private sealed unsafe class Stack : IBad
    {
        public static int Do(int value)
        {
            int* memory = stackalloc int[4];
            return memory[value & 3];
        }
    }

    private sealed class Delegates : IBad
    {
        public static int Do(int value)
        {
            Func<int, int> twice = Twice;
            return twice(value);
        }

        private static int Twice(int value) => 2 * value;
    }

    private sealed class Asks : IBad
    {
        public static int Do(int value) => System.Runtime.Intrinsics.X86.Avx2.IsSupported ? value : 0;
    }

    private sealed class Types : IBad
    {
        public static int Do(int value) => typeof(int).Name.Length + value;
    }

    private sealed class Spans : IBad
    {
        public static int Do(int value)
        {
            Span<int> span = new(ref value);
            return span[0];
        }
    }

    private sealed class Statics : IBad
    {
        public static int Counter;

        public static int Do(int value) => value + ++Counter;
    }

    private sealed class Handles : IBad
    {
        public static int Do(int value)
        {
            try
            {
                return value;
            }
            finally
            {
                Statics.Counter++;
            }
        }
    }

    private sealed class Calls : IBad
    {
        public static int Do(int value) => (int)MathF.Sin(value);
    }
}
