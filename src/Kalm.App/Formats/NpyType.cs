namespace Kalm.App.Formats;

/// <summary>The element types of <c>.npy</c> arrays this program reads and writes.</summary>
public enum NpyType
{
    /// <summary><c>&lt;f4</c>: float.</summary>
    Float32,

    /// <summary><c>&lt;f8</c>: double.</summary>
    Float64,

    /// <summary><c>&lt;i4</c>: int.</summary>
    Int32,

    /// <summary><c>&lt;i8</c>: long.</summary>
    Int64,

    /// <summary><c>|u1</c>: byte.</summary>
    UInt8,

    /// <summary><c>|b1</c>: one byte, 0 or 1.</summary>
    Bool,

    /// <summary><c>&lt;U…</c>: text of a fixed number of UTF-32 code points, padded with zeros.</summary>
    Unicode,

    /// <summary>
    /// <c>|O</c>: pickled Python objects; only the restricted reader of official dictionaries opens them.
    /// </summary>
    Object,
}
