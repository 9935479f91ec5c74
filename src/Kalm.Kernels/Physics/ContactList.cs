namespace Kalm.Kernels.Physics;

/// <summary>
/// Rows of one entry of the contact list: a pair of geoms that touches in at least one world of the bundle, with the
/// contact's geometry in each world (mjContact).
/// </summary>
public static class ContactList
{
    /// <summary>Number of the ordered pair, uniform.</summary>
    public const int Pair = 0;

    /// <summary>Mask of the worlds in which the pair touches.</summary>
    public const int Touching = 1;

    /// <summary>Distance between the surfaces, negative: penetration, m.</summary>
    public const int Distance = 2;

    /// <summary>Midpoint between the surfaces, (3), m.</summary>
    public const int Position = 3;

    /// <summary>Unit normal from geom 1 to geom 2, (3).</summary>
    public const int Normal = 6;

    /// <summary>Rows of one entry.</summary>
    public const int Stride = 9;
}
