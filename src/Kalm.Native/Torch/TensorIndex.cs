using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Places of an index expression that Python writes between brackets.</summary>
public static partial class torch
{
    /// <summary>One index: a number, a slice, a tensor, a new axis or an ellipsis.</summary>
    public readonly struct TensorIndex
    {
        private readonly NativeSubscript _subscript;

        private TensorIndex(NativeSubscript subscript, Tensor? tensor = null)
        {
            _subscript = subscript;
            IndexTensor = tensor;
        }

        /// <summary>All dimensions that are not named.</summary>
        public static TensorIndex Ellipsis { get; } = new(new NativeSubscript { Kind = 1 });

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon { get; } = Slice();

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None { get; } = new(new NativeSubscript { Kind = 0 });

        /// <summary>The tensor of an index tensor.</summary>
        internal Tensor? IndexTensor { get; }

        /// <summary>The native form, without the tensor.</summary>
        internal NativeSubscript Native => _subscript;

        /// <summary>Elements start, start + step, … before stop.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(new NativeSubscript
            {
                Kind = 4,
                Has = (start.HasValue ? 1 : 0) | (stop.HasValue ? 2 : 0) | (step.HasValue ? 4 : 0),
                A = start ?? 0,
                B = stop ?? 0,
                C = step ?? 1,
            });

        /// <summary>One element of a dimension, which disappears.</summary>
        public static TensorIndex Single(long index) => new(new NativeSubscript { Kind = 2, A = index });

        /// <summary>A new dimension that keeps everything (true) or nothing (false).</summary>
        public static TensorIndex Bool(bool value) => new(new NativeSubscript { Kind = 3, A = value ? 1 : 0 });

        /// <summary>Elements that an index or mask tensor names.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(new NativeSubscript { Kind = 5 }, tensor);

        /// <summary>From a number.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>From a tensor.</summary>
        public static implicit operator TensorIndex(Tensor value) => Tensor(value);

        /// <summary>From a pair start, stop.</summary>
        public static implicit operator TensorIndex((long? start, long? stop) range) => Slice(range.start, range.stop);

        /// <summary>From a range such as <c>1..</c> or <c>..^2</c>.</summary>
        public static implicit operator TensorIndex(Range range)
        {
            long? start = !range.Start.IsFromEnd ? range.Start.Value : -range.Start.Value;
            bool toEnd = range.End.IsFromEnd && range.End.Value == 0;
            long? stop = toEnd ? null : range.End.IsFromEnd ? -range.End.Value : range.End.Value;
            return Slice(start, stop);
        }
    }
}
