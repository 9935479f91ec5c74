namespace Kalm.Kernels.Launch;

/// <summary>Work that a <see cref="ThreadTeam"/> cuts in parts.</summary>
public interface ITeamJob
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/>; parts run at the same time.</summary>
    void Run(int part, int parts);
}
