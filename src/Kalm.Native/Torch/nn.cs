using System.Globalization;
using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Makers of modules, initial values, tools for gradients.</summary>
public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tensor that an optimizer changes; takes over <paramref name="data"/>.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>x · Wᵀ + b.</summary>
        public static Linear Linear(
            long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, dtype);

        /// <summary>A table: number in, row out.</summary>
        public static Embedding Embedding(
            long num_embeddings, long embedding_dims, long? padding_idx = null, Device? device = null,
            ScalarType? dtype = null) => new(num_embeddings, embedding_dims, padding_idx, dtype);

        /// <summary>Mean 0 and variance 1 over the last dimension, then scaled and shifted.</summary>
        public static LayerNorm LayerNorm(
            long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new([normalized_shape], eps, elementwise_affine, bias, dtype);

        /// <summary>Mean 0 and variance 1 over the last dimensions, then scaled and shifted.</summary>
        public static LayerNorm LayerNorm(
            long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true,
            Device? device = null, ScalarType? dtype = null) =>
            new(normalized_shape, eps, elementwise_affine, bias, dtype);

        /// <summary>Sets elements to zero at random in training.</summary>
        public static Dropout Dropout(double p = 0.5) => new(p);

        /// <summary>max(x, 0).</summary>
        public static ReLU ReLU() => new();

        /// <summary>x · sigmoid(x).</summary>
        public static SiLU SiLU() => new();

        /// <summary>Modules in order.</summary>
        public static ModuleList<T> ModuleList<T>(params T[] modules)
            where T : Module => new(modules);

        /// <summary>Modules one after the other.</summary>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
            new(modules.Select((module, i) => (i.ToString(CultureInfo.InvariantCulture), module)));

        /// <summary>Named modules one after the other.</summary>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
            new(modules);

        /// <summary>Initial values; hidden from autograd.</summary>
        public static class init
        {
            /// <summary>Normally distributed numbers.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1) =>
                tensor.Random(RandomOperation.NormalInPlace, mean, std, quiet: true);

            /// <summary>Uniformly distributed numbers.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1) =>
                tensor.Random(RandomOperation.UniformInPlace, low, high, quiet: true);

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>One number.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using IDisposable quiet = no_grad();
                return tensor.fill_(val);
            }

            /// <summary>Uniform within ±√(6 / ((1 + a²) · inputs)) (He et al. 2015).</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0)
            {
                double bound = Math.Sqrt(6 / ((1 + (a * a)) * Fans(tensor).Inputs));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Uniform within ±gain · √(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                (long inputs, long outputs) = Fans(tensor);
                double bound = gain * Math.Sqrt(6.0 / (inputs + outputs));
                return uniform_(tensor, -bound, bound);
            }

            private static (long Inputs, long Outputs) Fans(Tensor tensor)
            {
                long[] sizes = tensor.shape;
                if (sizes.Length < 2)
                    throw new ArgumentException($"expected at least 2 dimensions, found {sizes.Length}");
                long field = 1;
                foreach (long size in sizes.AsSpan(2))
                    field *= size;
                return (sizes[1] * field, sizes[0] * field);
            }
        }

        /// <summary>Tools for gradients.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients to a common norm of at most max_norm; gives the norm before.</summary>
            public static unsafe double clip_grad_norm_(
                IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                HandleArray handles = Handles(tensors);
                try
                {
                    fixed (nint* list = handles.Pointers)
                    {
                        int status = NativeMethods.kalm_optim_clip_grad_norm(
                            list, handles.Count, max_norm, norm_type, out double total);
                        NativeError.Check(status);
                        return total;
                    }
                }
                finally
                {
                    handles.Dispose();
                }
            }

            /// <summary>Holds every gradient element within ±clip_value.</summary>
            public static unsafe void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                HandleArray handles = Handles(tensors);
                try
                {
                    fixed (nint* list = handles.Pointers)
                        NativeError.Check(NativeMethods.kalm_optim_clip_grad_value(list, handles.Count, clip_value));
                }
                finally
                {
                    handles.Dispose();
                }
            }
        }
    }
}
