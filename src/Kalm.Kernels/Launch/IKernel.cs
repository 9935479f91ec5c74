using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Launch;

/// <summary>
/// A kernel: a struct of its arguments (numbers, row numbers, no references) with one generic method that works on
/// one bundle of worlds.
/// </summary>
public interface IKernel
{
    /// <summary>Works on the worlds <c>firstWorld … firstWorld + TLane.Width - 1</c>.</summary>
    /// <param name="rows">The bundle's rows.</param>
    /// <param name="firstWorld">Number of the bundle's first world.</param>
    void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>;
}
