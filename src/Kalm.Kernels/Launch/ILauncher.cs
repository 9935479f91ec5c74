using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Launch;

/// <summary>Runs kernels over all bundles of a batch.</summary>
public interface ILauncher
{
    /// <summary>
    /// Runs <paramref name="kernel"/> once per bundle of <paramref name="worlds"/> and returns when all are done.
    /// </summary>
    void Launch<TKernel>(WorldBlock worlds, in TKernel kernel)
        where TKernel : struct, IKernel;
}
