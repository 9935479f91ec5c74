namespace Kalm.App.Formats;

/// <summary>
/// An array inside a pickle: made empty, filled by a later instruction, shared by reference meanwhile.
/// </summary>
internal sealed class PickledArray
{
    /// <summary>The array; null until its state was read.</summary>
    public NpyArray? Value { get; set; }
}

/// <summary>A name the restricted reader knows; it stands for a function and is never called.</summary>
/// <param name="Name">Module and member, joined by a dot.</param>
internal sealed record PickledGlobal(string Name);

/// <summary>An element type inside a pickle.</summary>
/// <param name="Type">Element type.</param>
/// <param name="ItemSize">Bytes of one element.</param>
internal sealed record PickledType(NpyType Type, int ItemSize);
