namespace Kalm.Benchmarks;

/// <summary>The benchmark program behind <c>./bench</c>.</summary>
public static class Program
{
    /// <summary>Runs one benchmark verb.</summary>
    public static int Main(string[] args)
    {
        return args.Length;
    }
}
