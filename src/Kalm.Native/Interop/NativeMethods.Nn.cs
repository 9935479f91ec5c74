using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>Imports of <c>kalm_nn.cpp</c>, one for each export.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int kalm_nn_linear(TensorHandle x, TensorHandle weight, TensorHandle bias,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_embedding(TensorHandle weight, TensorHandle indices, long paddingIndex,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_layer_norm(TensorHandle x, long* shape, int count, TensorHandle weight,
        TensorHandle bias, double eps, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_dropout(TensorHandle x, double p, int training, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_cross_entropy(TensorHandle x, TensorHandle target, TensorHandle weight,
        int reduction, long ignoreIndex, double labelSmoothing, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_nll_loss(TensorHandle x, TensorHandle target, TensorHandle weight,
        int reduction, long ignoreIndex, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_loss(int op, TensorHandle x, TensorHandle target, int reduction,
        double parameter, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_one_hot(TensorHandle x, long classes, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_nn_pad(TensorHandle x, long* pad, int count, double value,
        out TensorHandle result);

    // softmax(q k^T / sqrt(d) + mask) v, written out: libtorch 1.13 has no such function
    [LibraryImport(Library)]
    internal static partial int kalm_nn_attention(TensorHandle query, TensorHandle key, TensorHandle value,
        TensorHandle mask, double dropout, int causal, out TensorHandle result);
}
