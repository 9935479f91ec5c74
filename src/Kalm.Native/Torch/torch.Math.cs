using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Functions of tensors.</summary>
public static partial class torch
{
    /// <summary>Tensors joined along a dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Join(tensors, dim, stack: false);

    /// <summary>Tensors joined along a dimension.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of equal shape joined along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Join(tensors, dim, stack: true);

    /// <summary>x where the condition is true, else y.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y)
    {
        int status = NativeMethods.kalm_tensor_where(condition.Native, x.Native, y.Native, out TensorHandle result);
        NativeError.Check(status);
        return new Tensor(result);
    }

    /// <summary>Upper triangle, zero below the diagonal.</summary>
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    /// <summary>Lower triangle, zero above the diagonal.</summary>
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    /// <summary>All products of the elements of two vectors.</summary>
    public static Tensor outer(Tensor input, Tensor vec2) => input.Binary(BinaryOperation.Outer, vec2);

    /// <summary>Matrix product, batched over leading dimensions.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>Product of two matrices.</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>Product of two batches of matrices.</summary>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <summary>beta · input + alpha · mat1 · mat2.</summary>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
    {
        int status = NativeMethods.kalm_tensor_addmm(
            input.Native, mat1.Native, mat2.Native, beta, alpha, out TensorHandle result);
        NativeError.Check(status);
        return new Tensor(result);
    }

    /// <summary>e^x / Σ e^x along a dimension.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    /// <summary>log Σ e^x over a dimension.</summary>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <summary>Place of the largest element of the flattened tensor.</summary>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>Places of the largest elements along a dimension.</summary>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <summary>The k largest or smallest elements along a dimension and their places.</summary>
    public static (Tensor values, Tensor indexes) topk(
        Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) =>
        tensor.topk(k, dim, largest, sorted);

    /// <summary>Elements in order along a dimension and where they were.</summary>
    public static (Tensor Values, Tensor Indices) sort(
        Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    /// <summary>Running sum along a dimension.</summary>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    /// <summary>Places drawn with probabilities in proportion to the elements of each row.</summary>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false) =>
        input.multinomial(num_samples, replacement);

    /// <summary>Elements of a dimension that an index tensor of equal rank names.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <summary>Slices of a dimension in the order of an index tensor.</summary>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <summary>e^x.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>Natural logarithm.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>Sine.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>Cosine.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>Square root.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>1 / √x.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>1 / (1 + e^−x).</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>max(x, 0).</summary>
    public static Tensor relu(Tensor input) => input.relu();

    /// <summary>Absolute value.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Elementwise power.</summary>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <summary>Power.</summary>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <summary>Power of a number.</summary>
    public static Tensor pow(Scalar left, Tensor exponent) => exponent.WithScalar(ScalarOperation.Rpow, left);

    /// <summary>Held between two numbers; null is no limit.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>Sum of all elements.</summary>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>Sum over a dimension.</summary>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    /// <summary>Mean of all elements.</summary>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>Mean over dimensions.</summary>
    public static Tensor mean(
        Tensor input, ReadOnlySpan<long> dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    /// <summary>Largest element.</summary>
    public static Tensor max(Tensor input) => input.max();

    /// <summary>Largest elements along a dimension and their places.</summary>
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) =>
        input.max(dim, keepdim);

    /// <summary>Smallest element.</summary>
    public static Tensor min(Tensor input) => input.min();

    /// <summary>Elementwise smaller one.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>Elementwise larger one.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    private static unsafe Tensor Join(IEnumerable<Tensor> tensors, long dim, bool stack)
    {
        HandleArray handles = Handles(tensors);
        try
        {
            fixed (nint* list = handles.Pointers)
            {
                int status = NativeMethods.kalm_tensor_cat(
                    list, handles.Count, dim, stack ? 1 : 0, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }
        }
        finally
        {
            handles.Dispose();
        }
    }
}
