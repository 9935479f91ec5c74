using System.Runtime.InteropServices;
using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Life, shape and contents of tensors.</summary>
public static partial class torch
{
    /// <summary>
    /// A libtorch tensor. The native memory is freed by <see cref="Dispose()"/>, by the <see cref="DisposeScope"/> the
    /// tensor was made in, or, late, by the garbage collector.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle _handle;

        /// <summary>Takes a native result and puts the tensor into the open scope.</summary>
        internal Tensor(TensorHandle handle)
        {
            _handle = handle;
            DisposeScope.Current?.Add(this);
        }

        /// <summary>Takes over the handle of another tensor, which is empty from then on; in no scope.</summary>
        internal Tensor(Tensor source)
        {
            _handle = source.Native;
            source.Scope?.Remove(source);
            source._handle = TensorHandle.None;
        }

        /// <summary>Native tensors alive in this process.</summary>
        public static long TotalCount
        {
            get
            {
                NativeError.Check(NativeMethods.kalm_handle_count(out long count));
                return count;
            }
        }

        /// <summary>Address of the native tensor.</summary>
        public nint Handle => Native.DangerousGetHandle();

        /// <summary>Whether the tensor holds no native tensor any more.</summary>
        public bool IsInvalid => _handle.IsClosed || _handle.IsInvalid;

        /// <summary>Type of the elements.</summary>
        public ScalarType dtype => (ScalarType)Describe().Dtype;

        /// <summary>Size of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Describe().Dim];
                fixed (long* to = sizes)
                    NativeError.Check(NativeMethods.kalm_tensor_sizes(Native, to, null));
                return sizes;
            }
        }

        /// <summary>Number of dimensions.</summary>
        public long ndim => Describe().Dim;

        /// <summary>Place of the elements.</summary>
        public Device device => CPU;

        /// <summary>Whether the elements lie on an NVIDIA GPU.</summary>
        public bool is_cuda => false;

        /// <summary>Whether the tensor is no result of a tracked operation.</summary>
        public bool is_leaf => Describe().IsLeaf != 0;

        /// <summary>Memory of a contiguous tensor; writing to it changes the tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                NativeDescription about = Describe();
                if (about.Contiguous == 0)
                    throw new InvalidOperationException("bytes needs a contiguous tensor, found one with gaps");
                return new Span<byte>(about.Data, checked((int)(about.Numel * about.ElementSize)));
            }

            set
            {
                Span<byte> memory = bytes;
                if (memory.Length != value.Length)
                    throw new ArgumentException($"the tensor holds {memory.Length} bytes, found {value.Length}");
                value.CopyTo(memory);
            }
        }

        /// <summary>Scope that frees the tensor.</summary>
        internal DisposeScope? Scope { get; set; }

        /// <summary>Place in the list of <see cref="Scope"/>.</summary>
        internal int Slot { get; set; }

        /// <summary>The handle, refused when the tensor was disposed of.</summary>
        internal TensorHandle Native =>
            !IsInvalid ? _handle : throw new InvalidOperationException("the tensor was disposed of");

        /// <summary>Number of dimensions.</summary>
        public long dim() => Describe().Dim;

        /// <summary>Number of elements.</summary>
        public long numel() => Describe().Numel;

        /// <summary>Bytes of one element.</summary>
        public long element_size() => Describe().ElementSize;

        /// <summary>Whether the elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => Describe().Contiguous != 0;

        /// <summary>Size of each dimension.</summary>
        public long[] size() => shape;

        /// <summary>Size of one dimension; a negative number counts from the last.</summary>
        public long size(int dim)
        {
            long[] sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>Steps, in elements, between neighbors of each dimension.</summary>
        public unsafe long[] stride()
        {
            long count = Describe().Dim;
            var sizes = new long[count];
            var strides = new long[count];
            fixed (long* toSizes = sizes, toStrides = strides)
                NativeError.Check(NativeMethods.kalm_tensor_sizes(Native, toSizes, toStrides));
            return strides;
        }

        /// <summary>The element of a one-element tensor; <typeparamref name="T"/> is the element type.</summary>
        /// <exception cref="ArgumentException">The element type is another one.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"item expects one element, found {numel()}");
            return data<T>()[0];
        }

        /// <summary>The elements; <typeparamref name="T"/> is the element type.</summary>
        /// <exception cref="ArgumentException">The element type is another one.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>Another handle on the same native tensor.</summary>
        public Tensor alias() => Unary(UnaryOperation.Alias);

        /// <summary>Takes the tensor out of its scope: its owner frees it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Remove(this);
            return this;
        }

        /// <summary>Hands the tensor to the scope around its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Frees the native tensor.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <inheritdoc/>
        public override string ToString() =>
            IsInvalid ? "tensor (disposed of)" : $"[{string.Join('x', shape)}], type = {dtype}, device = cpu";

        /// <summary>Frees the native tensor.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (!disposing)
                return;
            Scope?.Remove(this);
            if (!ReferenceEquals(_handle, TensorHandle.None))
                _handle.Dispose();
        }

        /// <summary>What one native call tells about the tensor.</summary>
        internal NativeDescription Describe()
        {
            NativeError.Check(NativeMethods.kalm_tensor_describe(Native, out NativeDescription about));
            return about;
        }

        /// <summary>The element of a one-element tensor, with its kind.</summary>
        internal NativeScalar ReadItem()
        {
            NativeError.Check(NativeMethods.kalm_tensor_item(Native, out NativeScalar item));
            return item;
        }

        /// <summary>The element type that a managed type stands for.</summary>
        internal static ScalarType TypeOf<T>()
            where T : unmanaged => default(T) switch
            {
                float => ScalarType.Float32,
                double => ScalarType.Float64,
                long => ScalarType.Int64,
                int => ScalarType.Int32,
                short => ScalarType.Int16,
                sbyte => ScalarType.Int8,
                byte => ScalarType.Byte,
                bool => ScalarType.Bool,
                System.Half => ScalarType.Float16,
                _ => throw new ArgumentException($"no element type of a tensor is a {typeof(T).Name}"),
            };
    }

    /// <summary>Reads and writes the elements of a tensor, in row-major order of its shape.</summary>
    public sealed class TensorAccessor<T> : IEnumerable<T>
        where T : unmanaged
    {
        private readonly Tensor _tensor;
        private readonly long[] _shape;
        private readonly long[] _strides;

        /// <summary>Accessor of a tensor of the element type <typeparamref name="T"/>.</summary>
        internal TensorAccessor(Tensor tensor)
        {
            if (tensor.dtype != Tensor.TypeOf<T>())
                throw new ArgumentException($"expected elements of type {Tensor.TypeOf<T>()}, found {tensor.dtype}");
            _tensor = tensor;
            _shape = tensor.shape;
            _strides = tensor.stride();
            Count = tensor.numel();
        }

        /// <summary>Number of elements.</summary>
        public long Count { get; }

        /// <summary>The element at a position of the row-major order.</summary>
        public ref T this[long index] => ref At(Offset(index));

        /// <summary>The element at one index for each dimension.</summary>
        public ref T this[params long[] indices]
        {
            get
            {
                if (indices.Length == 1)
                    return ref this[indices[0]];
                ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, _shape.Length);
                long offset = 0;
                for (int i = 0; i < indices.Length; i++)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[i], (ulong)_shape[i]);
                    offset += indices[i] * _strides[i];
                }

                return ref At(offset);
            }
        }

        /// <summary>All elements.</summary>
        public T[] ToArray()
        {
            var array = new T[Count];
            CopyTo(array);
            return array;
        }

        /// <summary>Copies the elements from <paramref name="tensorIndex"/> on into an array.</summary>
        public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
            CopyTo(array.AsSpan(arrayIndex), tensorIndex);

        /// <summary>Copies the elements from <paramref name="tensorIndex"/> on.</summary>
        public void CopyTo(Span<T> to, long tensorIndex = 0)
        {
            if (_tensor.is_contiguous())
            {
                MemoryMarshal.Cast<byte, T>(_tensor.bytes)[(int)tensorIndex..].CopyTo(to);
                return;
            }

            for (long i = tensorIndex; i < Count; i++)
                to[(int)(i - tensorIndex)] = this[i];
        }

        /// <summary>Overwrites the elements from <paramref name="tensorIndex"/> on.</summary>
        public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
            CopyFrom(array.AsSpan(arrayIndex), tensorIndex);

        /// <summary>Overwrites the elements from <paramref name="tensorIndex"/> on.</summary>
        public void CopyFrom(ReadOnlySpan<T> from, long tensorIndex = 0)
        {
            for (int i = 0; i < from.Length && tensorIndex + i < Count; i++)
                this[tensorIndex + i] = from[i];
        }

        /// <inheritdoc/>
        public IEnumerator<T> GetEnumerator()
        {
            for (long i = 0; i < Count; i++)
                yield return this[i];
        }

        /// <inheritdoc/>
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private unsafe ref T At(long offset) => ref ((T*)_tensor.Describe().Data)[offset];

        private long Offset(long index)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count);
            long offset = 0;
            for (int i = _shape.Length - 1; i >= 0; i--)
            {
                offset += index % _shape[i] * _strides[i];
                index /= _shape[i];
            }

            return offset;
        }
    }
}
