using Kalm.Kernels.Lanes;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Launch;

/// <summary>The production CPU launcher: threads over bundles, one world per SIMD lane.</summary>
public sealed class CpuLauncher : ILauncher
{
    /// <inheritdoc/>
    public void Launch<TKernel>(WorldBlock worlds, in TKernel kernel)
        where TKernel : struct, IKernel
    {
        for (int bundle = 0; bundle < worlds.BundleCount; bundle++) Run(worlds, kernel, bundle);
    }

    private static void Run<TKernel>(WorldBlock worlds, TKernel kernel, int bundle)
        where TKernel : struct, IKernel
    {
        int first = bundle * worlds.Kind.Width();
        switch (worlds.Kind)
        {
            case LaneKind.Lane1: kernel.Run<Lane1, BundleRows<Lane1>>(worlds.Rows<Lane1>(bundle), first); break;
            case LaneKind.Lane8: kernel.Run<Lane8, BundleRows<Lane8>>(worlds.Rows<Lane8>(bundle), first); break;
            case LaneKind.Lane16: kernel.Run<Lane16, BundleRows<Lane16>>(worlds.Rows<Lane16>(bundle), first); break;
            case LaneKind.Lane1d: kernel.Run<Lane1d, BundleRows<Lane1d>>(worlds.Rows<Lane1d>(bundle), first); break;
            case LaneKind.Lane4d: kernel.Run<Lane4d, BundleRows<Lane4d>>(worlds.Rows<Lane4d>(bundle), first); break;
            default: kernel.Run<Lane8d, BundleRows<Lane8d>>(worlds.Rows<Lane8d>(bundle), first); break;
        }
    }
}
