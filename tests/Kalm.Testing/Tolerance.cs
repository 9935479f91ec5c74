using System.Globalization;

namespace Kalm.Testing;

/// <summary>
/// Compares numbers with a bound. The environment variable <c>KALM_TOL_SCALE</c> multiplies every bound: 0 makes each
/// comparison that is not exact fail, so that a run prints the actual residuals.
/// </summary>
public static class Tolerance
{
    /// <summary>Factor on every bound.</summary>
    public static double Scale { get; } = Environment.GetEnvironmentVariable("KALM_TOL_SCALE") is { Length: > 0 } scale
        ? double.Parse(scale, CultureInfo.InvariantCulture)
        : 1.0;

    /// <summary>Fails unless |actual - expected| is at most <paramref name="bound"/>; NaN never passes.</summary>
    public static void Absolute(double expected, double actual, double bound, string what)
    {
        double error = Math.Abs(actual - expected);
        if (error <= bound * Scale) return;
        throw new ToleranceException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: expected {expected:R}, got {actual:R}, |error| {error:E3} above {bound * Scale:E3}"));
    }

    /// <summary>
    /// Fails unless |actual - expected| is at most bound * max(|expected|, <paramref name="floor"/>).
    /// </summary>
    public static void Relative(double expected, double actual, double bound, string what, double floor = 1.0) =>
        Absolute(expected, actual, bound * Math.Max(Math.Abs(expected), floor), what);

    /// <summary>Compares two arrays element by element and reports the worst one.</summary>
    public static void Absolute(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double bound, string what)
    {
        if (expected.Length != actual.Length)
            throw new ToleranceException($"{what}: expected {expected.Length} numbers, got {actual.Length}");
        if (expected.Length == 0) return;
        int worst = 0;
        double worstError = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);
            if (error <= worstError) continue;
            worst = i;
            worstError = error;
            if (double.IsNaN(error)) break;
        }

        Absolute(expected[worst], actual[worst], bound, $"{what}[{worst}] of {expected.Length}");
    }

    /// <summary>Compares two arrays element by element and reports the worst one.</summary>
    public static void Absolute(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double bound, string what)
    {
        double[] expectedDoubles = new double[expected.Length];
        double[] actualDoubles = new double[actual.Length];
        for (int i = 0; i < expected.Length; i++) expectedDoubles[i] = expected[i];
        for (int i = 0; i < actual.Length; i++) actualDoubles[i] = actual[i];
        Absolute(expectedDoubles, actualDoubles, bound, what);
    }
}
