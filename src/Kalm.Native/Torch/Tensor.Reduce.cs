using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Sums, extremes, order and random numbers of tensors.</summary>
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => Converted(type, self => self.Unary(UnaryOperation.Sum));

        /// <summary>Sum over a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>Sum over dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Reduce(ReduceOperation.Sum, dim, keepdim, unbiased: false, type);

        /// <summary>Mean of all elements.</summary>
        public Tensor mean() => Unary(UnaryOperation.Mean);

        /// <summary>Mean over dimensions.</summary>
        public Tensor mean(ReadOnlySpan<long> dimensions, bool keepdim = false, ScalarType? type = null) =>
            Reduce(ReduceOperation.Mean, dimensions, keepdim, unbiased: false, type);

        /// <summary>Standard deviation over a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Reduce(ReduceOperation.Std, [dim], keepdim, unbiased, type);

        /// <summary>Standard deviation over dimensions; none named means all.</summary>
        public Tensor std(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Reduce(ReduceOperation.Std, dimensions, keepdim, unbiased, type);

        /// <summary>Standard deviation of all elements.</summary>
        public Tensor std(bool unbiased = true) =>
            Reduce(ReduceOperation.Std, AllDimensions(), keepdim: false, unbiased, null);

        /// <summary>Variance over a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Reduce(ReduceOperation.Var, [dim], keepdim, unbiased, type);

        /// <summary>Variance of all elements.</summary>
        public Tensor var(bool unbiased = true) =>
            Reduce(ReduceOperation.Var, AllDimensions(), keepdim: false, unbiased, null);

        /// <summary>log Σ e^x over a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Reduce(ReduceOperation.Logsumexp, [dim], keepdim, unbiased: false, null);

        /// <summary>Largest elements over dimensions.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false) =>
            Reduce(ReduceOperation.Amax, dims, keepdim, unbiased: false, null);

        /// <summary>Smallest elements over dimensions.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false) =>
            Reduce(ReduceOperation.Amin, dims, keepdim, unbiased: false, null);

        /// <summary>Euclidean norm of all elements.</summary>
        public Tensor norm() => Unary(UnaryOperation.Norm);

        /// <summary>e^x / Σ e^x along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Converted(dtype, self => self.Along(AlongOperation.Softmax, dim, keepdim: false));

        /// <summary>log(e^x / Σ e^x) along a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Converted(dtype, self => self.Along(AlongOperation.LogSoftmax, dim, keepdim: false));

        /// <summary>Running sum along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Converted(type, self => self.Along(AlongOperation.Cumsum, dim, keepdim: false));

        /// <summary>Place of the largest element of the flattened tensor.</summary>
        public Tensor argmax() => Unary(UnaryOperation.Argmax);

        /// <summary>Places of the largest elements along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Along(AlongOperation.Argmax, dim, keepdim);

        /// <summary>Place of the smallest element of the flattened tensor.</summary>
        public Tensor argmin() => Unary(UnaryOperation.Argmin);

        /// <summary>Places of the smallest elements along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Along(AlongOperation.Argmin, dim, keepdim);

        /// <summary>Whether all elements are true.</summary>
        public Tensor all() => Unary(UnaryOperation.All);

        /// <summary>Whether all elements along a dimension are true.</summary>
        public Tensor all(long dim, bool keepdim = false) => Along(AlongOperation.All, dim, keepdim);

        /// <summary>Whether one element is true.</summary>
        public Tensor any() => Unary(UnaryOperation.Any);

        /// <summary>Whether one element along a dimension is true.</summary>
        public Tensor any(long dim, bool keepdim = false) => Along(AlongOperation.Any, dim, keepdim);

        /// <summary>Largest element.</summary>
        public Tensor max() => Unary(UnaryOperation.Max);

        /// <summary>Elementwise larger one.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>Largest elements along a dimension and their places.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Extreme(1, dim, keepdim);

        /// <summary>Smallest element.</summary>
        public Tensor min() => Unary(UnaryOperation.Min);

        /// <summary>Elementwise smaller one.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>Smallest elements along a dimension and their places.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Extreme(0, dim, keepdim);

        /// <summary>The k largest or smallest elements along a dimension and their places.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            int status = NativeMethods.kalm_tensor_topk(
                Native, k, dim, largest ? 1 : 0, sorted ? 1 : 0, out TensorHandle values, out TensorHandle indices);
            NativeError.Check(status);
            return (new Tensor(values), new Tensor(indices));
        }

        /// <summary>Elements in order along a dimension and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            int status = NativeMethods.kalm_tensor_sort(
                Native, dim, descending ? 1 : 0, stable ? 1 : 0, out TensorHandle values, out TensorHandle indices);
            NativeError.Check(status);
            return (new Tensor(values), new Tensor(indices));
        }

        /// <summary>Places drawn with probabilities in proportion to the elements of each row.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false)
        {
            int status = NativeMethods.kalm_tensor_multinomial(
                Native, num_samples, replacement ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        /// <summary>Normally distributed numbers, in place.</summary>
        public Tensor normal_(double mean = 0, double std = 1) => Random(RandomOperation.NormalInPlace, mean, std);

        /// <summary>Uniformly distributed numbers, in place.</summary>
        public Tensor uniform_(double from = 0, double to = 1) => Random(RandomOperation.UniformInPlace, from, to);

        /// <summary>One with probability p, else zero; in place.</summary>
        public Tensor bernoulli_(double p = 0.5) => Random(RandomOperation.BernoulliInPlace, p, 0);

        /// <summary>Fills with random numbers; a quiet fill is hidden from autograd.</summary>
        internal Tensor Random(RandomOperation operation, double a, double b, bool quiet = false)
        {
            NativeError.Check(NativeMethods.kalm_tensor_random((int)operation, Native, a, b, quiet ? 1 : 0));
            return this;
        }

        private Tensor Along(AlongOperation operation, long dim, bool keepdim)
        {
            int status = NativeMethods.kalm_tensor_along(
                (int)operation, Native, dim, keepdim ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        private unsafe Tensor Reduce(
            ReduceOperation operation, ReadOnlySpan<long> dims, bool keepdim, bool unbiased, ScalarType? type)
        {
            using Tensor? converted = type is { } other && other != dtype ? to_type(other) : null;
            fixed (long* list = dims)
            {
                int status = NativeMethods.kalm_tensor_reduce(
                    (int)operation, (converted ?? this).Native, list, dims.Length, keepdim ? 1 : 0, unbiased ? 1 : 0,
                    out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }
        }

        private Tensor Converted(ScalarType? type, Func<Tensor, Tensor> operation)
        {
            using Tensor? converted = type is { } other && other != dtype ? to_type(other) : null;
            return operation(converted ?? this);
        }

        private (Tensor Values, Tensor Indexes) Extreme(int kind, long dim, bool keepdim)
        {
            int status = NativeMethods.kalm_tensor_extreme(
                kind, Native, dim, keepdim ? 1 : 0, out TensorHandle values, out TensorHandle indices);
            NativeError.Check(status);
            return (new Tensor(values), new Tensor(indices));
        }

        private long[] AllDimensions()
        {
            var all = new long[ndim];
            for (int i = 0; i < all.Length; i++)
                all[i] = i;
            return all;
        }
    }
}
