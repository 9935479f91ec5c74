using System.Globalization;

namespace Kalm.App.Cli;

/// <summary>Rate and time left of one piece of work.</summary>
/// <param name="time">The clock.</param>
/// <param name="title">What is being done.</param>
/// <param name="total">Units in all; 0 when unknown.</param>
/// <param name="unit">The unit in plural.</param>
internal sealed class ProgressClock(TimeProvider time, string title, long total, string unit)
{
    private readonly long _begin = time.GetTimestamp();
    private long _first = -1;
    private long _firstAt;

    /// <summary>What is being done.</summary>
    public string Title => title;

    /// <summary>Units in all; 0 when unknown.</summary>
    public long Total => total;

    /// <summary>Seconds since the begin.</summary>
    public double Seconds => time.GetElapsedTime(_begin).TotalSeconds;

    /// <summary>
    /// One line about the state: done, rate, time left, text. Work that was done before this process began (a first
    /// report above zero) is not part of the rate.
    /// </summary>
    /// <param name="done">Units done.</param>
    /// <param name="text">What else is worth seeing.</param>
    public string Line(long done, string? text)
    {
        if (_first < 0) (_first, _firstAt) = (Seconds < 1 ? done : 0, time.GetTimestamp());
        double seconds = time.GetElapsedTime(_first > 0 ? _firstAt : _begin).TotalSeconds;
        double rate = seconds > 0 ? (done - _first) / seconds : 0;
        var parts = new List<string> { total > 0 ? $"{Number(done)}/{Number(total)}" : Number(done) };
        if (rate > 0) parts.Add($"{Rate(rate)} {unit}/s".Replace(" /s", "/s", StringComparison.Ordinal));
        if (rate > 0 && total > done) parts.Add($"{Duration((total - done) / rate)} left");
        if (!string.IsNullOrEmpty(text)) parts.Add(text);
        return string.Join("  ", parts);
    }

    /// <summary>One line about work that came to its end.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="text">What else is worth seeing.</param>
    public string Summary(long done, string? text)
    {
        string count = done > 0 ? $"{Number(done)}{(unit.Length > 0 ? " " + unit : "")} in " : "";
        return count + Duration(Seconds) + (string.IsNullOrEmpty(text) ? "" : "  " + text);
    }

    /// <summary>A duration in words of fixed size.</summary>
    /// <param name="seconds">Seconds.</param>
    public static string Duration(double seconds) => seconds switch
    {
        < 10 => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        < 100 => $"{seconds:0} s",
        < 5400 => $"{(int)(seconds / 60)} min {(int)seconds % 60:00} s",
        _ => $"{(int)(seconds / 3600)} h {(int)(seconds / 60) % 60:00} min",
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
