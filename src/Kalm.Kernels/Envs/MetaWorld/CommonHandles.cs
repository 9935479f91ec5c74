namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>The handles all tasks have, before their own.</summary>
public static class CommonHandles
{
    /// <summary>Body that carries the fingers; its position is what the observation calls the hand.</summary>
    public const int Hand = 0;

    /// <summary>Body of the left pad.</summary>
    public const int LeftPad = 1;

    /// <summary>Body of the right pad.</summary>
    public const int RightPad = 2;

    /// <summary>Body of the left claw.</summary>
    public const int LeftClaw = 3;

    /// <summary>Body of the right claw.</summary>
    public const int RightClaw = 4;

    /// <summary>Site at the tip of the left finger.</summary>
    public const int LeftFinger = 5;

    /// <summary>Site at the tip of the right finger.</summary>
    public const int RightFinger = 6;

    /// <summary>Number of common handles.</summary>
    public const int Count = 7;

    /// <summary>Their names in that order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "body:hand", "body:leftpad", "body:rightpad", "body:leftclaw", "body:rightclaw", "site:leftEndEffector",
        "site:rightEndEffector",
    ];
}
