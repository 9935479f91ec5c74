namespace Kalm.Kernels.Lanes;

/// <summary>
/// The only door a kernel has to memory. A row is one quantity of every world the kernel instance works on; row r
/// of world w lies wherever the launcher put it.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
public interface IRows<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Reads row <paramref name="row"/>.</summary>
    TLane Load(int row);

    /// <summary>
    /// Reads row <paramref name="row"/> + <paramref name="offset"/>; the offset a constant of the code.
    /// </summary>
    TLane Load(int row, int offset);

    /// <summary>Writes row <paramref name="row"/>.</summary>
    void Store(int row, TLane value);

    /// <summary>
    /// Writes row <paramref name="row"/> + <paramref name="offset"/>; the offset a constant of the code.
    /// </summary>
    void Store(int row, int offset, TLane value);

    /// <summary>
    /// The integer that every world holds in row <paramref name="row"/>: counts and addresses a bundle shares.
    /// </summary>
    int Uniform(int row);

    /// <summary>
    /// Reads a row that differs from world to world; <paramref name="row"/> holds integral row numbers.
    /// </summary>
    TLane Gather(TLane row);

    /// <summary>
    /// Reads row <paramref name="row"/> + <paramref name="offset"/>, which differs from world to world; the offset a
    /// constant of the code.
    /// </summary>
    TLane Gather(TLane row, int offset);

    /// <summary>Writes a row that differs from world to world.</summary>
    void Scatter(TLane row, TLane value);

    /// <summary>
    /// Writes row <paramref name="row"/> + <paramref name="offset"/>, which differs from world to world; the offset a
    /// constant of the code.
    /// </summary>
    void Scatter(TLane row, int offset, TLane value);

    /// <summary>
    /// Element <paramref name="index"/> of the launch's table of real constants, the same in every world.
    /// </summary>
    TLane Constant(int index);

    /// <summary>
    /// Each world's own element of the table of real constants; <paramref name="index"/> holds integers.
    /// </summary>
    TLane GatherConstant(TLane index);

    /// <summary>Element <paramref name="index"/> of the launch's table of integer constants.</summary>
    int Integer(int index);
}
