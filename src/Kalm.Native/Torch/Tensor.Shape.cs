using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Shapes, views and indices of tensors.</summary>
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements that an index expression names.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The same elements under another shape, without a copy; one size may be -1.</summary>
        public Tensor view(params ReadOnlySpan<long> shape) => View(ViewOperation.View, shape);

        /// <summary>The same elements under another shape, copied if need be; one size may be -1.</summary>
        public Tensor reshape(params ReadOnlySpan<long> shape) => View(ViewOperation.Reshape, shape);

        /// <summary>Dimensions in another order.</summary>
        public Tensor permute(params ReadOnlySpan<long> permutation) => View(ViewOperation.Permute, permutation);

        /// <summary>Dimensions of size 1 repeated without a copy; -1 keeps a size.</summary>
        public Tensor expand(params ReadOnlySpan<long> sizes) => View(ViewOperation.Expand, sizes);

        /// <summary>The tensor copied so many times along each dimension.</summary>
        public Tensor repeat(params ReadOnlySpan<long> sizes) => View(ViewOperation.Repeat, sizes);

        /// <summary>Order reversed along dimensions.</summary>
        public Tensor flip(params ReadOnlySpan<long> dims) => View(ViewOperation.Flip, dims);

        /// <summary>Dimensions of size 1 repeated to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => Binary(BinaryOperation.ExpandAs, other);

        /// <summary>The shape of another tensor, without a copy.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Dimensions from <paramref name="start_dim"/> to <paramref name="end_dim"/> made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1)
        {
            long[] sizes = shape;
            int first = (int)(start_dim < 0 ? start_dim + sizes.Length : start_dim);
            int last = (int)(end_dim < 0 ? end_dim + sizes.Length : end_dim);
            long product = 1;
            for (int i = first; i <= last; i++)
                product *= sizes[i];
            return reshape([.. sizes[..first], product, .. sizes[(last + 1)..]]);
        }

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1)
        {
            NativeError.Check(NativeMethods.kalm_tensor_transpose(Native, dim0, dim1, out TensorHandle result));
            return new Tensor(result);
        }

        /// <summary>Transposed matrix.</summary>
        public Tensor t() => Unary(UnaryOperation.T);

        /// <summary>A copy without gaps, or the tensor itself when it has none.</summary>
        public Tensor contiguous() => Unary(UnaryOperation.Contiguous);

        /// <summary>A copy.</summary>
        public Tensor clone() => Unary(UnaryOperation.Clone);

        /// <summary>A new dimension of size 1.</summary>
        public Tensor unsqueeze(long dim) => Along(AlongOperation.Unsqueeze, dim, keepdim: false);

        /// <summary>Without a dimension of size 1, or without all of them.</summary>
        public Tensor squeeze(long? dim = null) =>
            dim is { } one ? Along(AlongOperation.Squeeze, one, keepdim: false) : Unary(UnaryOperation.Squeeze);

        /// <summary>Part of a dimension, as a view.</summary>
        public Tensor narrow(long dim, long start, long length)
        {
            NativeError.Check(NativeMethods.kalm_tensor_narrow(Native, dim, start, length, out TensorHandle result));
            return new Tensor(result);
        }

        /// <summary>Every <paramref name="step"/>-th element of part of a dimension, as a view.</summary>
        public Tensor slice(long dim, long start, long finish, long step)
        {
            int status = NativeMethods.kalm_tensor_slice(Native, dim, start, finish, step, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        /// <summary>One element of a dimension, which disappears; a view.</summary>
        public Tensor select(long dim, long index)
        {
            NativeError.Check(NativeMethods.kalm_tensor_select(Native, dim, index, out TensorHandle result));
            return new Tensor(result);
        }

        /// <summary>Parts of equal size along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            long total = this.size(dim);
            var parts = new Tensor[(total + size - 1) / size];
            for (int i = 0; i < parts.Length; i++)
                parts[i] = narrow(dim, i * size, Math.Min(size, total - (i * size)));
            return parts;
        }

        /// <summary>Parts of the given sizes along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0)
        {
            var parts = new Tensor[sizes.Length];
            long start = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = narrow(dim, start, sizes[i]);
                start += sizes[i];
            }

            return parts;
        }

        /// <summary>At most so many parts of equal size along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) =>
            split((size((int)dim) + chunks - 1) / chunks, (int)dim);

        /// <summary>Upper triangle, zero below the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Along(AlongOperation.Triu, diagonal, keepdim: false);

        /// <summary>Lower triangle, zero above the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Along(AlongOperation.Tril, diagonal, keepdim: false);

        /// <summary>Every element repeated along a dimension, or of the flattened tensor.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null)
        {
            int status = NativeMethods.kalm_tensor_repeat_interleave(
                Native, repeats, dim ?? 0, dim.HasValue ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        /// <summary>Slices of a dimension in the order of an index tensor.</summary>
        public Tensor index_select(long dim, Tensor index) => Indexed(IndexOperation.Select, dim, index, null, 1);

        /// <summary>Elements of a dimension that an index tensor of equal rank names.</summary>
        public Tensor gather(long dim, Tensor index) => Indexed(IndexOperation.Gather, dim, index, null, 1);

        /// <summary>Slices overwritten, in place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            IndexedInPlace(IndexOperation.CopyInPlace, dim, index, source, 1);

        /// <summary>Slices added to, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            IndexedInPlace(IndexOperation.AddInPlace, dim, index, source, alpha.ToDouble());

        /// <summary>Elements overwritten, in place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            IndexedInPlace(IndexOperation.ScatterInPlace, dim, index, src, 1);

        /// <summary>Elements added to, in place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            IndexedInPlace(IndexOperation.ScatterAddInPlace, dim, index, src, 1);

        /// <summary>A number where the mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => MaskedFill(mask, value, inPlace: false);

        /// <summary>A number where the mask is true, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            MaskedFill(mask, value, inPlace: true).Dispose();
            return this;
        }

        /// <summary>The elements that an index expression names.</summary>
        public unsafe Tensor index(params TensorIndex[] indices)
        {
            Span<NativeSubscript> native = stackalloc NativeSubscript[indices.Length];
            HandleArray held = Subscripts(indices, native);
            try
            {
                fixed (NativeSubscript* list = native)
                {
                    int status = NativeMethods.kalm_tensor_index(Native, list, native.Length, out TensorHandle result);
                    NativeError.Check(status);
                    return new Tensor(result);
                }
            }
            finally
            {
                held.Dispose();
            }
        }

        /// <summary>Overwrites the elements that an index expression names.</summary>
        public unsafe Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            Span<NativeSubscript> native = stackalloc NativeSubscript[indices.Length];
            HandleArray held = Subscripts(indices, native);
            try
            {
                fixed (NativeSubscript* list = native)
                    NativeError.Check(NativeMethods.kalm_tensor_index_put(Native, list, native.Length, value.Native));
                return this;
            }
            finally
            {
                held.Dispose();
            }
        }

        /// <summary>Overwrites the elements that an index expression names by a number.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor number = full([], value, dtype).DetachFromDisposeScope();
            return index_put_(number, indices);
        }

        /// <summary>Converted to another element type.</summary>
        public Tensor to_type(
            ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            int status = NativeMethods.kalm_tensor_to(Native, (int)type, copy ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            var converted = new Tensor(result);
            if (disposeAfter)
                Dispose();
            return converted;
        }

        /// <summary>Converted to another element type.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>On a device; here always the tensor itself.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(dtype, copy, disposeAfter, non_blocking);

        /// <summary>Converted to the element type of another tensor.</summary>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>In main memory; here always the tensor itself.</summary>
        public Tensor cpu() => to_type(dtype);

        private static HandleArray Subscripts(TensorIndex[] indices, Span<NativeSubscript> native)
        {
            var held = new HandleArray(indices.Length);
            for (int i = 0; i < indices.Length; i++)
            {
                native[i] = indices[i].Native;
                if (indices[i].IndexTensor is not { } tensor)
                    continue;
                held.Add(tensor.Native);
                native[i].Tensor = held.Pointers[^1];
            }

            return held;
        }

        private unsafe Tensor View(ViewOperation operation, ReadOnlySpan<long> sizes)
        {
            fixed (long* list = sizes)
            {
                int status = NativeMethods.kalm_tensor_view(
                    (int)operation, Native, list, sizes.Length, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }
        }

        private Tensor Indexed(IndexOperation operation, long dim, Tensor index, Tensor? source, double alpha)
        {
            int status = NativeMethods.kalm_tensor_index_along(
                (int)operation, Native, dim, index.Native, source?.Native ?? TensorHandle.None, alpha,
                out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        private Tensor IndexedInPlace(IndexOperation operation, long dim, Tensor index, Tensor source, double alpha)
        {
            Indexed(operation, dim, index, source, alpha).Dispose();
            return this;
        }

        private Tensor MaskedFill(Tensor mask, Scalar value, bool inPlace)
        {
            int status = NativeMethods.kalm_tensor_masked_fill(
                Native, mask.Native, value.Native, inPlace ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }
    }
}
