using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>A number with its kind, laid out as <c>kalm_scalar</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeScalar
{
    /// <summary>The value as a floating-point number.</summary>
    public double Value;

    /// <summary>The value as an integer, when the kind is integer or bool.</summary>
    public long Integer;

    /// <summary>0 floating point, 1 integer, 2 bool.</summary>
    public int Kind;
}

/// <summary>What one call tells about a tensor, laid out as <c>kalm_description</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDescription
{
    /// <summary>Number of dimensions.</summary>
    public long Dim;

    /// <summary>Number of elements.</summary>
    public long Numel;

    /// <summary>Bytes of one element.</summary>
    public long ElementSize;

    /// <summary>First element.</summary>
    public void* Data;

    /// <summary>Element type, libtorch's number.</summary>
    public int Dtype;

    /// <summary>1 when the elements lie in row-major order without gaps.</summary>
    public int Contiguous;

    /// <summary>1 when autograd tracks the tensor.</summary>
    public int RequiresGrad;

    /// <summary>1 when the tensor is no result of a tracked operation.</summary>
    public int IsLeaf;
}

/// <summary>One index of an index expression, laid out as <c>kalm_subscript</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeSubscript
{
    /// <summary>0 new axis, 1 ellipsis, 2 integer, 3 bool, 4 slice, 5 tensor.</summary>
    public int Kind;

    /// <summary>Slice: bit 0 start given, bit 1 stop given, bit 2 step given.</summary>
    public int Has;

    /// <summary>Integer, bool or slice start.</summary>
    public long A;

    /// <summary>Slice stop.</summary>
    public long B;

    /// <summary>Slice step.</summary>
    public long C;

    /// <summary>Native tensor of an index tensor.</summary>
    public nint Tensor;
}

/// <summary>Figures of one Adam step, laid out as <c>kalm_adam</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeAdam
{
    /// <summary>Learning rate.</summary>
    public double LearningRate;

    /// <summary>Decay of the first moment.</summary>
    public double Beta1;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2;

    /// <summary>Guard of the division.</summary>
    public double Eps;

    /// <summary>Weight decay.</summary>
    public double WeightDecay;

    /// <summary>1 for the first step.</summary>
    public long Step;

    /// <summary>1 AdamW, 0 Adam.</summary>
    public int Decoupled;

    /// <summary>1 climbs instead of descending.</summary>
    public int Maximize;
}
