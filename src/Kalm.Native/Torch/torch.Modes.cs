using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Modes of the calling thread, seeds, threads.</summary>
public static partial class torch
{
    /// <summary>Opens a scope that frees the tensors made in it.</summary>
    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Operations are not tracked until the result is disposed of.</summary>
    public static IDisposable no_grad() => new GradMode(enabled: false);

    /// <summary>Operations are tracked (or not) until the result is disposed of.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Operations are tracked (or not) until the result is disposed of.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Operations are not tracked until the result is disposed of.</summary>
    public static IDisposable inference_mode(bool mode = true) => new GradMode(!mode);

    /// <summary>Starts the random numbers from a seed.</summary>
    public static void manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>Threads that one operation uses, in libtorch and in the BLAS behind it.</summary>
    public static void set_num_threads(int num) => NativeError.Check(NativeMethods.kalm_set_num_threads(num));

    /// <summary>Threads that one operation of libtorch uses.</summary>
    public static int get_num_threads()
    {
        NativeError.Check(NativeMethods.kalm_get_num_threads(out int threads, out _));
        return threads;
    }

    /// <summary>The random number generator.</summary>
    public static class random
    {
        /// <summary>Starts the random numbers from a seed.</summary>
        public static void manual_seed(long seed) => NativeError.Check(NativeMethods.kalm_manual_seed(seed));

        /// <summary>Everything that decides the next random numbers, as a byte tensor.</summary>
        public static Tensor get_rng_state()
        {
            NativeError.Check(NativeMethods.kalm_get_rng_state(out TensorHandle result));
            return new Tensor(result);
        }

        /// <summary>Goes back to a state of <see cref="get_rng_state"/>.</summary>
        public static void set_rng_state(Tensor new_state) =>
            NativeError.Check(NativeMethods.kalm_set_rng_state(new_state.Native));
    }

    /// <summary>NVIDIA GPUs: none in this binding.</summary>
    public static class cuda
    {
        /// <summary>Whether there is one that can be used.</summary>
        public static bool is_available() => false;

        /// <summary>How many there are.</summary>
        public static int device_count() => 0;
    }

    private sealed class GradMode : IDisposable
    {
        private readonly int _previous;

        internal GradMode(bool enabled) =>
            NativeError.Check(NativeMethods.kalm_set_grad_mode(enabled ? 1 : 0, out _previous));

        public void Dispose() => NativeError.Check(NativeMethods.kalm_set_grad_mode(_previous, out _));
    }
}
