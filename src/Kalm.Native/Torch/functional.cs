using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Operations of neural networks as functions.</summary>
public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Operations of neural networks as functions.</summary>
        public static class functional
        {
            /// <summary>input · weightsᵀ + bias.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
            {
                int status = NativeMethods.kalm_nn_linear(
                    input.Native, weights.Native, bias?.Native ?? TensorHandle.None, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }

            /// <summary>x · sigmoid(x).</summary>
            public static Tensor silu(Tensor x) => x.silu();

            /// <summary>x · sigmoid(x), under TorchSharp's other name.</summary>
            public static Tensor SiLU(Tensor x) => x.silu();

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>x · Φ(x) with the normal distribution Φ.</summary>
            public static Tensor gelu(Tensor x) => x.Unary(UnaryOperation.Gelu);

            /// <summary>Hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x) => x.tanh();

            /// <summary>1 / (1 + e^−x).</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <summary>log(1 + e^x).</summary>
            public static Tensor softplus(Tensor x) => x.Unary(UnaryOperation.Softplus);

            /// <summary>e^x / Σ e^x along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>log(e^x / Σ e^x) along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>Sets elements to zero with probability p and scales the rest by 1 / (1 − p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true)
            {
                int status = NativeMethods.kalm_nn_dropout(
                    input.Native, p, training ? 1 : 0, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }

            /// <summary>Mean 0 and variance 1 over the last dimensions, then scaled and shifted.</summary>
            public static unsafe Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                fixed (long* sizes = normalized_shape)
                {
                    int status = NativeMethods.kalm_nn_layer_norm(
                        input.Native, sizes, normalized_shape.Length, weight?.Native ?? TensorHandle.None,
                        bias?.Native ?? TensorHandle.None, eps, out TensorHandle result);
                    NativeError.Check(status);
                    return new Tensor(result);
                }
            }

            /// <summary>−log softmax(input)[target]; rows whose target is ignore_index do not count.</summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0)
            {
                int status = NativeMethods.kalm_nn_cross_entropy(
                    input.Native, target.Native, weight?.Native ?? TensorHandle.None, (int)reduction, ignore_index,
                    label_smoothing, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }

            /// <summary>−input[target] for rows of log-probabilities.</summary>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                int status = NativeMethods.kalm_nn_nll_loss(
                    input.Native, target.Native, weight?.Native ?? TensorHandle.None, (int)reduction, -100,
                    out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }

            /// <summary>(input − target)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Loss(LossOperation.Mse, input, target, reduction, 0);

            /// <summary>|input − target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Loss(LossOperation.L1, input, target, reduction, 0);

            /// <summary>Quadratic within beta (divided by it), linear beyond.</summary>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                Loss(LossOperation.SmoothL1, input, target, reduction, beta);

            /// <summary>Quadratic within delta, linear beyond.</summary>
            public static Tensor huber_loss(
                Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                Loss(LossOperation.Huber, input, target, reduction, delta);

            /// <summary>Cross entropy of a yes-or-no answer, from its logit.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Loss(LossOperation.BceWithLogits, input, target, reduction, 0);

            /// <summary>Rows that are 1 at a number and 0 elsewhere.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                NativeError.Check(NativeMethods.kalm_nn_one_hot(x.Native, num_classes, out TensorHandle result));
                return new Tensor(result);
            }

            /// <summary>Borders of a constant; pairs of sizes, last dimension first.</summary>
            public static unsafe Tensor pad(Tensor input, ReadOnlySpan<long> pad, double value = 0)
            {
                fixed (long* sizes = pad)
                {
                    int status = NativeMethods.kalm_nn_pad(
                        input.Native, sizes, pad.Length, value, out TensorHandle result);
                    NativeError.Check(status);
                    return new Tensor(result);
                }
            }

            /// <summary>softmax(query · keyᵀ / √d + mask) · value.</summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                int status = NativeMethods.kalm_nn_attention(
                    query.Native, key.Native, value.Native, attn_mask?.Native ?? TensorHandle.None, p,
                    is_casual ? 1 : 0, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }

            private static Tensor Loss(
                LossOperation operation, Tensor input, Tensor target, Reduction reduction, double parameter)
            {
                int status = NativeMethods.kalm_nn_loss(
                    (int)operation, input.Native, target.Native, (int)reduction, parameter, out TensorHandle result);
                NativeError.Check(status);
                return new Tensor(result);
            }
        }
    }
}
