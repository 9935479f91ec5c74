namespace Kalm.Kernels.Models;

/// <summary>Which MuJoCo generation a model reproduces.</summary>
public enum ModelCompat
{
    /// <summary>MuJoCo up to 2.3: KALM's recorded CLEVR-Robot data.</summary>
    Mj2,

    /// <summary>MuJoCo 3: inverse weights of slide-only bodies ignore armature; Meta-World v3.</summary>
    Mj3,
}
