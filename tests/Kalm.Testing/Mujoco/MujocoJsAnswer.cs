namespace Kalm.Testing.Mujoco;

/// <summary>What <see cref="MujocoJs"/> tells.</summary>
public sealed record MujocoJsAnswer
{
    /// <summary>Arrays of the model, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Model { get; init; } = new Dictionary<string, double[]>();

    /// <summary>One answer for each state.</summary>
    public IReadOnlyList<MujocoJsState> States { get; init; } = [];
}

/// <summary>What <see cref="MujocoJs"/> tells about one state.</summary>
public sealed record MujocoJsState
{
    /// <summary>Arrays after mj_forward, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Fields { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Arrays after the steps, by name.</summary>
    public IReadOnlyDictionary<string, double[]> After { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Contacts after mj_forward.</summary>
    public IReadOnlyList<MujocoJsContact> Contacts { get; init; } = [];
}

/// <summary>A contact as MuJoCo reports it.</summary>
/// <param name="Geom1">First geom.</param>
/// <param name="Geom2">Second geom.</param>
/// <param name="Dist">Distance, negative: overlap, m.</param>
/// <param name="Dim">Dimensionality.</param>
/// <param name="Pos">Position, (3), m.</param>
/// <param name="Frame">Frame: normal from geom 1 to geom 2 first, (3, 3).</param>
/// <param name="Exclude">0: in the solver; 1: in the gap.</param>
public sealed record MujocoJsContact(
    int Geom1, int Geom2, double Dist, int Dim, double[] Pos, double[] Frame, int Exclude);
