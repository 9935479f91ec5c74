namespace Kalm.Native.Llm;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name, for example <c>model.layers.0.mlp.up_proj.weight</c>.</param>
/// <param name="Type">Element type as the file spells it: <c>F32</c>, <c>BF16</c>, <c>F16</c>, ...</param>
/// <param name="Shape">Sizes, row-major; empty for a scalar.</param>
/// <param name="Begin">First byte within the data part of the file.</param>
/// <param name="End">One past its last byte within the data part of the file.</param>
public sealed record SafetensorsEntry(string Name, string Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of one element of type <paramref name="type"/>; 0 if the type is not known.</summary>
    public static int ElementSize(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => 0,
    };

    /// <summary>The shape as it is printed in messages: <c>[2, 3]</c>.</summary>
    public static string Format(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
