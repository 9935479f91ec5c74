using System.Runtime.InteropServices;
using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>New tensors.</summary>
public static partial class torch
{
    private static ScalarType s_defaultType = ScalarType.Float32;

    /// <summary>Element type of new tensors that do not say otherwise.</summary>
    public static void set_default_dtype(ScalarType dtype) => s_defaultType = dtype;

    /// <summary>Element type of new tensors that do not say otherwise.</summary>
    public static ScalarType get_default_dtype() => s_defaultType;

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 0, dtype ?? s_defaultType, device, requires_grad);

    /// <summary>A vector of zeros.</summary>
    public static Tensor zeros(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([size], dtype, device, requires_grad);

    /// <summary>A matrix of zeros.</summary>
    public static Tensor zeros(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros([rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size, 1, dtype ?? s_defaultType, device, requires_grad);

    /// <summary>A vector of ones.</summary>
    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([size], dtype, device, requires_grad);

    /// <summary>A matrix of ones.</summary>
    public static Tensor ones(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones([rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one number; its type is the number's unless given.</summary>
    public static unsafe Tensor full(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        ScalarType type = dtype ?? (value.IsIntegral ? ScalarType.Int64 : s_defaultType);
        fixed (long* sizes = size)
        {
            int status = NativeMethods.kalm_tensor_full(
                sizes, size.Length, value.Native, (int)type, out TensorHandle result);
            NativeError.Check(status);
            return Finish(new Tensor(result), requires_grad);
        }
    }

    /// <summary>A tensor whose elements are whatever the memory holds.</summary>
    public static unsafe Tensor empty(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        fixed (long* sizes = size)
        {
            int status = NativeMethods.kalm_tensor_empty(
                sizes, size.Length, (int)(dtype ?? s_defaultType), out TensorHandle result);
            NativeError.Check(status);
            return Finish(new Tensor(result), requires_grad);
        }
    }

    /// <summary>A matrix whose elements are whatever the memory holds.</summary>
    public static Tensor empty(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty([rows, columns], dtype, device, requires_grad);

    /// <summary>Numbers uniform in [0, 1).</summary>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(empty(size, dtype).Random(RandomOperation.UniformInPlace, 0, 1), requires_grad);

    /// <summary>A vector of numbers uniform in [0, 1).</summary>
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        rand([size], dtype, device, requires_grad);

    /// <summary>A matrix of numbers uniform in [0, 1).</summary>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        rand([rows, columns], dtype, device, requires_grad);

    /// <summary>Normally distributed numbers, mean 0, deviation 1.</summary>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(empty(size, dtype).Random(RandomOperation.NormalInPlace, 0, 1), requires_grad);

    /// <summary>A vector of normally distributed numbers.</summary>
    public static Tensor randn(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        randn([size], dtype, device, requires_grad);

    /// <summary>A matrix of normally distributed numbers.</summary>
    public static Tensor randn(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        randn([rows, columns], dtype, device, requires_grad);

    /// <summary>Integers uniform in [low, high).</summary>
    public static unsafe Tensor randint(
        long low, long high, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        fixed (long* sizes = size)
        {
            int status = NativeMethods.kalm_tensor_randint(
                low, high, sizes, size.Length, (int)(dtype ?? ScalarType.Int64), out TensorHandle result);
            NativeError.Check(status);
            return Finish(new Tensor(result), requires_grad);
        }
    }

    /// <summary>Integers uniform in [0, high).</summary>
    public static Tensor randint(
        long high, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        randint(0, high, size, dtype, device, requires_grad);

    /// <summary>The numbers 0 to n - 1 in random order.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        int status = NativeMethods.kalm_tensor_randperm(n, (int)(dtype ?? ScalarType.Int64), out TensorHandle result);
        NativeError.Check(status);
        return Finish(new Tensor(result), requires_grad);
    }

    /// <summary>The numbers start, start + step, … before stop.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        bool whole = start.IsIntegral && stop.IsIntegral && step.IsIntegral;
        ScalarType type = dtype ?? (whole ? ScalarType.Int64 : s_defaultType);
        int status = NativeMethods.kalm_tensor_arange(
            start.Native, stop.Native, step.Native, (int)type, out TensorHandle result);
        NativeError.Check(status);
        return Finish(new Tensor(result), requires_grad);
    }

    /// <summary>The numbers start, start + 1, … before stop.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers 0, 1, … before stop.</summary>
    public static Tensor arange(
        Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        int status = NativeMethods.kalm_tensor_eye(
            rows, columns < 0 ? rows : columns, (int)(dtype ?? s_defaultType), out TensorHandle result);
        NativeError.Check(status);
        return Finish(new Tensor(result), requires_grad);
    }

    /// <summary>Zeros in the shape of another tensor.</summary>
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(input.shape, dtype ?? input.dtype, device, requires_grad);

    /// <summary>Ones in the shape of another tensor.</summary>
    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(input.shape, dtype ?? input.dtype, device, requires_grad);

    /// <summary>Unset elements in the shape of another tensor.</summary>
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(input.shape, dtype ?? input.dtype, device, requires_grad);

    /// <summary>One number in the shape of another tensor.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(input.shape, value, dtype ?? input.dtype, device, requires_grad);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(
        float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Float32, device, requires_grad);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(
        double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Float64, device, requires_grad);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(
        long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Int64, device, requires_grad);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(
        int scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Int32, device, requires_grad);

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(
        bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([], scalar, dtype ?? ScalarType.Bool, device, requires_grad);

    /// <summary>A vector with the elements of an array, copied.</summary>
    public static Tensor tensor<T>(
        T[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(rawArray, [rawArray.Length], dtype, requires_grad);

    /// <summary>A vector with the elements of a list, copied.</summary>
    public static Tensor tensor<T>(
        IList<T> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(AsArray(rawArray), [rawArray.Count], dtype, requires_grad);

    /// <summary>A tensor of the given shape with the elements of an array, copied.</summary>
    public static Tensor tensor<T>(
        T[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(rawArray, dimensions, dtype, requires_grad);

    /// <summary>A tensor of the given shape with the elements of a list, copied.</summary>
    public static Tensor tensor<T>(
        IList<T> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(AsArray(rawArray), dimensions, dtype, requires_grad);

    /// <summary>A tensor of the given shape with the elements of memory, copied.</summary>
    public static Tensor tensor<T>(
        Memory<T> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(rawArray.Span, dimensions, dtype, requires_grad);

    /// <summary>A matrix with the elements of a list, copied.</summary>
    public static Tensor tensor<T>(
        IList<T> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
        where T : unmanaged => FromMemory<T>(AsArray(rawArray), [rows, columns], dtype, requires_grad);

    private static T[] AsArray<T>(IList<T> list) => list as T[] ?? list.ToArray();

    private static unsafe Tensor FromMemory<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, bool requiresGrad)
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in dimensions)
            count *= size;
        if (count != elements.Length)
            throw new ArgumentException($"a tensor of {count} elements cannot be made of {elements.Length}");

        ScalarType type = Tensor.TypeOf<T>();
        fixed (T* from = &MemoryMarshal.GetReference(elements))
        fixed (long* sizes = dimensions)
        {
            int status = NativeMethods.kalm_tensor_from_memory(
                from, sizes, dimensions.Length, (int)type, out TensorHandle handle);
            NativeError.Check(status);
            var result = new Tensor(handle);
            return Finish(dtype is { } other && other != type ? result.to_type(other, disposeAfter: true) : result,
                requiresGrad);
        }
    }

    private static Tensor Finish(Tensor tensor, bool requiresGrad)
    {
        if (requiresGrad)
            tensor.requires_grad = true;
        return tensor;
    }
}
