using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Memory;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>A launch gives every world the same result wherever it lies and whoever computes it.</summary>
[Trait("Isa", "small")]
public sealed class CpuLauncherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    public void Every_batch_size_and_width_gives_the_same_bits(int nworld)
    {
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            LaneKind scalar = LaneSelector.Choose(precision, "scalar");
            double[][] expected = Pendulums(scalar, 33, threads: 1, world => world);
            foreach (LaneKind kind in Enum.GetValues<LaneKind>().Where(kind => kind.Precision() == precision))
            {
                double[][] actual = Pendulums(kind, nworld, threads: 1, world => world);

                for (int world = 0; world < nworld; world++) Assert.Equal(expected[world], actual[world]);
            }
        }
    }

    [Fact]
    public void Permuted_worlds_give_permuted_results()
    {
        const int N = 33;
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            double[][] straight = Pendulums(kind, N, threads: 1, world => world);
            double[][] permuted = Pendulums(kind, N, threads: 1, world => (world * 10) % N);

            for (int world = 0; world < N; world++) Assert.Equal(straight[(world * 10) % N], permuted[world]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            double[][] one = Pendulums(kind, 100, threads: 1, world => world);
            double[][] many = Pendulums(kind, 100, threads, world => world);

            Assert.Equal(one, many);
        }
    }

    [Fact]
    public void Pendulums_do_not_all_stop_at_once()
    {
        // the comparisons above would prove little if every world took the same path
        double[][] worlds = Pendulums(LaneKind.Lane1, 33, threads: 1, world => world);

        Assert.InRange(worlds.Select(world => world[2]).Distinct().Count(), 10, 33);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_launch_allocates_nothing(int threads)
    {
        using CpuLauncher launcher = new(threads);
        using WorldBlock worlds = new(LaneKind.Lane16, 1000, AllocationKernel.RowCount);
        NoAllocation.Check(() => launcher.Launch(worlds, new AllocationKernel()));

        // the other threads wrote down what they had allocated up to each of the last two launches
        for (int world = 0; world < worlds.WorldCount; world++) Assert.Equal(worlds[world, 0], worlds[world, 1]);
    }

    [Fact]
    public void Firstworld_names_the_first_world_of_each_bundle()
    {
        using CpuLauncher launcher = new(2);
        foreach (LaneKind kind in Enum.GetValues<LaneKind>())
        {
            using WorldBlock worlds = new(kind, 50, 1);
            launcher.Launch(worlds, new NumberKernel());

            for (int world = 0; world < 50; world++)
                Assert.Equal(world / kind.Width() * kind.Width(), worlds[world, 0]);
        }
    }

    private static double[][] Pendulums(LaneKind kind, int nworld, int threads, Func<int, int> start)
    {
        using CpuLauncher launcher = new(threads);
        using WorldBlock worlds = new(
            kind, nworld, PendulumKernel.RowCount, PendulumKernel.Constants, PendulumKernel.Integers);
        for (int world = 0; world < nworld; world++)
        {
            worlds[world, 0] = 0.1 + (0.09 * start(world));
            worlds[world, 1] = 0.02 * start(world);
        }

        launcher.Launch(worlds, new PendulumKernel());
        launcher.Launch(worlds, new PendulumKernel());
        double[][] result = new double[nworld][];
        for (int world = 0; world < nworld; world++)
        {
            result[world] = new double[PendulumKernel.RowCount];
            for (int row = 0; row < PendulumKernel.RowCount; row++) result[world][row] = worlds[world, row];
        }

        return result;
    }

    /// <summary>Writes the number of the bundle's first world.</summary>
    private readonly struct NumberKernel : IKernel
    {
        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane> => rows.Store(0, TLane.Const(firstWorld));
    }

    /// <summary>Shifts row 0 to row 1 and writes the bytes its thread has allocated so far, in units of 16.</summary>
    private readonly struct AllocationKernel : IKernel
    {
        public const int RowCount = 2;

        public void Run<TLane, TRows>(TRows rows, int firstWorld)
            where TLane : unmanaged, ILane<TLane>
            where TRows : unmanaged, IRows<TLane>
        {
            rows.Store(1, rows.Load(0));
            rows.Store(0, TLane.Const((GC.GetAllocatedBytesForCurrentThread() >> 4) & 0xFFFFFF));
        }
    }
}
