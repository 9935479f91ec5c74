namespace Kalm.Native.Torch;

/// <summary>What happens to the elements of a loss.</summary>
public enum Reduction
{
    /// <summary>All elements.</summary>
    None = 0,

    /// <summary>Their mean.</summary>
    Mean = 1,

    /// <summary>Their sum.</summary>
    Sum = 2,
}

/// <summary>Kind of device.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    CPU = 0,

    /// <summary>NVIDIA GPU.</summary>
    CUDA = 1,
}

/// <summary>PyTorch's functions under PyTorch's names, as TorchSharp spells them.</summary>
public static partial class torch
{
    /// <summary>Type of the elements of a tensor, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>8-bit unsigned.</summary>
        Byte = 0,

        /// <summary>8-bit signed.</summary>
        Int8 = 1,

        /// <summary>16-bit signed.</summary>
        Int16 = 2,

        /// <summary>32-bit signed.</summary>
        Int32 = 3,

        /// <summary>64-bit signed.</summary>
        Int64 = 4,

        /// <summary>16-bit floating point.</summary>
        Float16 = 5,

        /// <summary>32-bit floating point.</summary>
        Float32 = 6,

        /// <summary>64-bit floating point.</summary>
        Float64 = 7,

        /// <summary>Boolean, one byte.</summary>
        Bool = 11,

        /// <summary>16-bit floating point with the exponent of 32 bits.</summary>
        BFloat16 = 15,
    }

    /// <summary>8-bit unsigned.</summary>
    public const ScalarType uint8 = ScalarType.Byte;

    /// <summary>32-bit signed.</summary>
    public const ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit signed.</summary>
    public const ScalarType int64 = ScalarType.Int64;

    /// <summary>16-bit floating point.</summary>
    public const ScalarType float16 = ScalarType.Float16;

    /// <summary>32-bit floating point.</summary>
    public const ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floating point.</summary>
    public const ScalarType float64 = ScalarType.Float64;

    /// <summary>16-bit floating point with the exponent of 32 bits.</summary>
    public const ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Boolean.</summary>
    public const ScalarType @bool = ScalarType.Bool;

    /// <summary>Main memory, the one device of this binding.</summary>
    public static Device CPU { get; } = new(DeviceType.CPU);

    /// <summary>Place where a tensor lives.</summary>
    public sealed class Device
    {
        /// <summary>A device of a kind.</summary>
        /// <exception cref="NotSupportedException">The kind is not <see cref="DeviceType.CPU"/>.</exception>
        public Device(DeviceType type, int index = -1)
        {
            if (type != DeviceType.CPU)
                throw new NotSupportedException($"this binding holds tensors in main memory only, found device {type}");
            this.type = type;
            this.index = index;
        }

        /// <summary>A device by name, such as <c>cpu</c>.</summary>
        public Device(string description)
            : this(description == "cpu" ? DeviceType.CPU : DeviceType.CUDA)
        {
        }

        /// <summary>Kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Number among devices of the kind, -1 for the default one.</summary>
        public int index { get; }

        /// <inheritdoc/>
        public override string ToString() => "cpu";
    }
}
