using Kalm.Kernels.Memory;

namespace Kalm.App.Tests.Formats;

/// <summary>Feeds damaged copies of a file to a reader; only <see cref="KalmException"/> may come out.</summary>
internal static class Fuzz
{
    /// <summary>
    /// Runs the reader on <paramref name="count"/> copies, each with a few bytes changed, cut, or doubled.
    /// </summary>
    /// <returns>How many copies were refused.</returns>
    public static int Run(byte[] file, int count, Action<byte[]> read)
    {
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] copy = Damage(file, random);
            try
            {
                read(copy);
            }
            catch (KalmException)
            {
                refused++;
            }
        }

        return refused;
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] copy = [.. file];
        int changes = random.Next(1, 4);
        for (int k = 0; k < changes; k++)
        {
            int at = random.Next(copy.Length);
            switch (random.Next(5))
            {
                case 0: copy[at] = (byte)random.Next(256); break;
                case 1: copy[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: copy = copy[..at]; break;
                case 3: copy = [.. copy[..at], .. copy[Math.Min(at + random.Next(16), copy.Length)..]]; break;
                default: copy = [.. copy[..at], .. copy[random.Next(at + 1)..at], .. copy[at..]]; break;
            }

            if (copy.Length == 0) return copy;
        }

        return copy;
    }
}
