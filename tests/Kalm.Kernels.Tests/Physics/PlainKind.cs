namespace Kalm.Kernels.Tests.Physics;

/// <summary>What a constraint of the slow reference does outside its rows.</summary>
internal enum PlainKind
{
    /// <summary>Resists on both sides.</summary>
    Equality,

    /// <summary>Resists where negative.</summary>
    Limit,

    /// <summary>An elliptic cone; frictionless contacts are limits.</summary>
    Cone,
}
