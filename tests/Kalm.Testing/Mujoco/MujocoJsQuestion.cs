namespace Kalm.Testing.Mujoco;

/// <summary>What <see cref="MujocoJs"/> is asked: a model, states, and the fields to tell.</summary>
public sealed record MujocoJsQuestion
{
    /// <summary>Folder of model files; null: the model stands alone.</summary>
    public string? Folder { get; init; }

    /// <summary>The model's file in the folder, or the name of <see cref="Xml"/>.</summary>
    public string File { get; init; } = "model.xml";

    /// <summary>The model's text, null: it is in the file.</summary>
    public string? Xml { get; init; }

    /// <summary>Arrays of the compiled model to overwrite, by MuJoCo's names.</summary>
    public IReadOnlyDictionary<string, double[]>? Model { get; init; }

    /// <summary>Arrays of the model to tell.</summary>
    public IReadOnlyList<string> ModelFields { get; init; } = [];

    /// <summary>States: arrays of mjData to write after a reset, by MuJoCo's names.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double[]>> States { get; init; } = [];

    /// <summary>Arrays to tell after mj_forward; "M" is the full inertia matrix.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Whether to tell the contacts of mj_forward.</summary>
    public bool Contacts { get; init; }

    /// <summary>Steps to take from each state.</summary>
    public int Steps { get; init; }

    /// <summary>Arrays to tell after the steps.</summary>
    public IReadOnlyList<string> After { get; init; } = [];
}
