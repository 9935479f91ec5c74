using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Launch;

/// <summary>
/// The production CPU launcher: threads over bundles, one world per SIMD lane. Each thread works on its own fixed
/// range of bundles; a launch allocates nothing. Results do not depend on the number of threads, because bundles
/// share no rows.
/// </summary>
public sealed class CpuLauncher : ILauncher, IDisposable
{
    private readonly ThreadTeam _team;
    private readonly bool _owned;

    /// <summary>A launcher with threads of its own.</summary>
    /// <param name="threads">Number of threads; 0 for one per processor.</param>
    public CpuLauncher(int threads = 0)
    {
        _team = new ThreadTeam(threads);
        _owned = true;
    }

    /// <summary>A launcher on threads that somebody else owns and uses for other work too.</summary>
    public CpuLauncher(ThreadTeam team)
    {
        _team = team;
    }

    /// <summary>Number of threads a launch is spread over.</summary>
    public int Threads => _team.Threads;

    /// <inheritdoc/>
    public void Launch<TKernel>(WorldBlock worlds, in TKernel kernel)
        where TKernel : struct, IKernel
    {
        // with one part the team runs it on the caller, without a look at the threads
        _team.Run(new Sweep<TKernel>(worlds, kernel), Math.Min(_team.Threads, worlds.BundleCount));
    }

    /// <summary>Stops the launcher's own threads.</summary>
    public void Dispose()
    {
        if (_owned) _team.Dispose();
    }

    /// <summary>One launch: the bundles of a batch, in as many ranges as there are parts.</summary>
    private readonly struct Sweep<TKernel>(WorldBlock worlds, TKernel kernel) : ITeamJob
        where TKernel : struct, IKernel
    {
        public void Run(int part, int parts)
        {
            int first = (int)((long)worlds.BundleCount * part / parts);
            int end = (int)((long)worlds.BundleCount * (part + 1) / parts);
            switch (worlds.Kind)
            {
                case LaneKind.Lane1: Bundles<Lane1>(first, end); break;
                case LaneKind.Lane8: Bundles<Lane8>(first, end); break;
                case LaneKind.Lane16: Bundles<Lane16>(first, end); break;
                case LaneKind.Lane1d: Bundles<Lane1d>(first, end); break;
                case LaneKind.Lane4d: Bundles<Lane4d>(first, end); break;
                default: Bundles<Lane8d>(first, end); break;
            }
        }

        private void Bundles<TLane>(int first, int end)
            where TLane : unmanaged, ILane<TLane>
        {
            for (int bundle = first; bundle < end; bundle++)
                kernel.Run<TLane, BundleRows<TLane>>(worlds.Rows<TLane>(bundle), bundle * TLane.Width);
        }
    }
}
