namespace Kalm.Testing.Mujoco;

/// <summary>One field of a MuJoCo struct.</summary>
/// <param name="Type">Element type: d double, f float, i int, b byte, c contact.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="IsPointer">Whether the struct holds a pointer to the elements instead of the elements.</param>
/// <param name="Factors">Number of elements as a product of numbers and names of sizes.</param>
internal sealed record MujocoField(char Type, int Offset, bool IsPointer, string[] Factors);
