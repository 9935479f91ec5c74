namespace Kalm.Kernels.Launch;

/// <summary>
/// Takes the time of the stages inside a kernel. A kernel that can be timed has the clock as a type parameter and
/// calls <see cref="Mark"/> after each stage; with <see cref="NoStageClock"/> nothing of it is left in the code.
/// </summary>
public interface IStageClock
{
    /// <summary>Starts the watch of the running thread.</summary>
    static abstract void Start();

    /// <summary>Adds the time since the last start or mark to stage <paramref name="stage"/>.</summary>
    static abstract void Mark(int stage);
}
