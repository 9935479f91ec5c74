using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>A number that remembers whether it is floating point, integer or bool.</summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly NativeScalar _value;

    private Scalar(double value, long integer, int kind) =>
        _value = new NativeScalar { Value = value, Integer = integer, Kind = kind };

    /// <summary>The native form.</summary>
    internal NativeScalar Native => _value;

    /// <summary>Whether the number is an integer.</summary>
    internal bool IsIntegral => _value.Kind == 1;

    /// <summary>From a double.</summary>
    public static implicit operator Scalar(double value) => new(value, 0, 0);

    /// <summary>From a float.</summary>
    public static implicit operator Scalar(float value) => new(value, 0, 0);

    /// <summary>From an int.</summary>
    public static implicit operator Scalar(int value) => new(value, value, 1);

    /// <summary>From a long.</summary>
    public static implicit operator Scalar(long value) => new(value, value, 1);

    /// <summary>From a bool.</summary>
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, value ? 1 : 0, 2);

    /// <summary>As a double.</summary>
    public double ToDouble() => _value.Value;

    /// <summary>As a float.</summary>
    public float ToSingle() => (float)_value.Value;

    /// <summary>As a long; a fraction is cut off.</summary>
    public long ToInt64() => _value.Kind == 0 ? (long)_value.Value : _value.Integer;

    /// <inheritdoc/>
    public bool Equals(Scalar other) =>
        _value.Kind == other._value.Kind && _value.Value.Equals(other._value.Value)
        && _value.Integer == other._value.Integer;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_value.Kind, _value.Value, _value.Integer);

    /// <summary>Same kind and same number.</summary>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>Another kind or another number.</summary>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);
}

/// <summary>The number of a one-element tensor, converted.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>The number as a float.</summary>
    public static float ToSingle(this torch.Tensor tensor) => (float)tensor.ReadItem().Value;

    /// <summary>The number as a double.</summary>
    public static double ToDouble(this torch.Tensor tensor) => tensor.ReadItem().Value;

    /// <summary>The number as an int.</summary>
    public static int ToInt32(this torch.Tensor tensor) => (int)ToInt64(tensor);

    /// <summary>The number as a long.</summary>
    public static long ToInt64(this torch.Tensor tensor)
    {
        NativeScalar item = tensor.ReadItem();
        return item.Kind == 0 ? (long)item.Value : item.Integer;
    }

    /// <summary>Whether the number is not zero.</summary>
    public static bool ToBoolean(this torch.Tensor tensor) => tensor.ReadItem().Value != 0;
}
