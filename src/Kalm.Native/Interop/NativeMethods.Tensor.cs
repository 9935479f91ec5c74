using System.Runtime.InteropServices;

namespace Kalm.Native.Interop;

/// <summary>Imports of <c>kalm_tensor.cpp</c>, one for each export.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>Name the runtime asks for; <see cref="NativeLibraryFinder"/> answers with a path.</summary>
    internal const string Library = "kalm_native";

    [LibraryImport(Library)]
    internal static partial byte* kalm_error_message();

    [LibraryImport(Library)]
    internal static partial int kalm_handle_count(out long count);

    // throws on purpose, for the tests of guard(): 0 c10::Error, 1 std::exception, 2 something else
    [LibraryImport(Library)]
    internal static partial int kalm_throw(int kind);

    [LibraryImport(Library)]
    internal static partial int kalm_libtorch_version(out byte* text);

    [LibraryImport(Library)]
    internal static partial int kalm_libtorch_config(out byte* text);

    // threads of libtorch and of OpenBLAS, which keeps a number of its own
    [LibraryImport(Library)]
    internal static partial int kalm_set_num_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int kalm_get_num_threads(out int torchThreads, out int blasThreads);

    // name of the CPU kernels that OpenBLAS runs; null when another BLAS is in use
    [LibraryImport(Library)]
    internal static partial int kalm_blas_core(out byte* name);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_from_memory(void* data, long* sizes, int count, int dtype,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_full(long* sizes, int count, NativeScalar value, int dtype,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_empty(long* sizes, int count, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_randint(long low, long high, long* sizes, int count, int dtype,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_randperm(long n, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_arange(NativeScalar start, NativeScalar stop, NativeScalar step,
        int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_eye(long rows, long columns, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_cat(nint* handles, int count, long dim, int stack,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_describe(TensorHandle x, out NativeDescription result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_sizes(TensorHandle x, long* sizes, long* strides);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_item(TensorHandle x, out NativeScalar result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_unary(int op, TensorHandle x, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_binary(int op, TensorHandle x, TensorHandle y, out TensorHandle result);

    // x + alpha * y, or in place
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_add_scaled(TensorHandle x, TensorHandle y, NativeScalar alpha,
        int inPlace, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_scalar(int op, TensorHandle x, NativeScalar s, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_addmm(TensorHandle x, TensorHandle a, TensorHandle b, double beta,
        double alpha, out TensorHandle result);

    // x + value * a * b (kind 0) or x + value * a / b (kind 1), in place
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_addc(int kind, TensorHandle x, TensorHandle a, TensorHandle b,
        double value, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_view(int op, TensorHandle x, long* sizes, int count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_transpose(TensorHandle x, long dim0, long dim1, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_slice(TensorHandle x, long dim, long start, long stop, long step,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_narrow(TensorHandle x, long dim, long start, long length,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_select(TensorHandle x, long dim, long index, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_reduce(int op, TensorHandle x, long* dims, int count, int keepdim,
        int unbiased, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_along(int op, TensorHandle x, long dim, int keepdim,
        out TensorHandle result);

    // largest (kind 1) or smallest (kind 0) values along a dimension, with their places
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_extreme(int kind, TensorHandle x, long dim, int keepdim,
        out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_topk(TensorHandle x, long k, long dim, int largest, int sorted,
        out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_sort(TensorHandle x, long dim, int descending, int stable,
        out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_index_along(int op, TensorHandle x, long dim, TensorHandle index,
        TensorHandle source, double alpha, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_index(TensorHandle x, NativeSubscript* list, int count,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_index_put(TensorHandle x, NativeSubscript* list, int count,
        TensorHandle value);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_where(TensorHandle condition, TensorHandle x, TensorHandle y,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_masked_fill(TensorHandle x, TensorHandle mask, NativeScalar value,
        int inPlace, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_repeat_interleave(TensorHandle x, long repeats, long dim, int hasDim,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_to(TensorHandle x, int dtype, int copy, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int kalm_get_rng_state(out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_set_rng_state(TensorHandle state);

    // fills x from a distribution with parameters a and b, outside autograd when quiet is set
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_random(int op, TensorHandle x, double a, double b, int quiet);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_multinomial(TensorHandle x, long samples, int replacement,
        out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int kalm_set_grad_mode(int enabled, out int previous);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_set_requires_grad(TensorHandle x, int value);

    [LibraryImport(Library)]
    internal static partial int kalm_tensor_retain_grad(TensorHandle x);

    // the gradient as a handle, or null when there is none
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_grad(TensorHandle x, out TensorHandle result);

    // replaces the gradient; null drops it
    [LibraryImport(Library)]
    internal static partial int kalm_tensor_set_grad(TensorHandle x, TensorHandle grad);

    [LibraryImport(Library)]
    internal static partial int kalm_autograd_backward(nint* outputs, nint* grads, int count, int retainGraph,
        int createGraph, nint* inputs, int inputCount);

    // gradients of outputs with respect to inputs; an unused input gives null when allow_unused is set
    [LibraryImport(Library)]
    internal static partial int kalm_autograd_grad(nint* outputs, nint* grads, int count, nint* inputs,
        int inputCount, int retainGraph, int createGraph, int allowUnused, nint* results);
}
