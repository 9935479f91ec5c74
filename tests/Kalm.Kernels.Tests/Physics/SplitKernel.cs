using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Tests.Physics;

/// <summary>No steps: the positional part; else so many steps from there and a forward pass.</summary>
internal readonly struct SplitKernel(ModelRows model, DataRows data, int steps) : IKernel
{
    public void Run<TLane, TRows>(TRows rows, int firstWorld)
        where TLane : unmanaged, ILane<TLane>
        where TRows : unmanaged, IRows<TLane>
    {
        if (steps == 0) Forward.Positional<TLane, TRows>(rows, model, data);
        for (int i = 0; i < steps; i++) Forward.StepAhead<TLane, TRows>(rows, model, data);
        if (steps > 0) Forward.Control<TLane, TRows>(rows, model, data);
    }
}
