namespace Kalm.Native.Llm;

/// <summary>What all layers of one forward pass share.</summary>
/// <param name="Cos">Cosines of the rows' positions, (T, D).</param>
/// <param name="Sin">Sines of the rows' positions, (T, D).</param>
/// <param name="Mask">Minus infinity where a row must not look, (T, positions); null for a single row.</param>
/// <param name="Cache">Keys and values of earlier positions, or null.</param>
public sealed record AttentionContext(Tensor Cos, Tensor Sin, Tensor? Mask, KvCache? Cache);
