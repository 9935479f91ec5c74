#include "kalm_nn.h"

#include <cmath>

KALM_EXPORT int32_t kalm_nn_linear(const kalm_tensor* x, const kalm_tensor* weight, const kalm_tensor* bias,
                                   kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::linear(*x, *weight, kalm::maybe(bias)); });
}

KALM_EXPORT int32_t kalm_nn_embedding(const kalm_tensor* weight, const kalm_tensor* indices, int64_t padding_index,
                                      kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::embedding(*weight, *indices, padding_index); });
}

KALM_EXPORT int32_t kalm_nn_layer_norm(const kalm_tensor* x, const int64_t* shape, int32_t count,
                                       const kalm_tensor* weight, const kalm_tensor* bias, double eps,
                                       kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::layer_norm(*x, kalm::dims(shape, count), kalm::maybe(weight), kalm::maybe(bias), eps);
    });
}

KALM_EXPORT int32_t kalm_nn_dropout(const kalm_tensor* x, double p, int32_t training, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::dropout(*x, p, training != 0); });
}

KALM_EXPORT int32_t kalm_nn_cross_entropy(const kalm_tensor* x, const kalm_tensor* target, const kalm_tensor* weight,
                                          int32_t reduction, int64_t ignore_index, double label_smoothing,
                                          kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::cross_entropy_loss(*x, *target, kalm::maybe(weight), reduction, ignore_index, label_smoothing);
    });
}

KALM_EXPORT int32_t kalm_nn_nll_loss(const kalm_tensor* x, const kalm_tensor* target, const kalm_tensor* weight,
                                     int32_t reduction, int64_t ignore_index, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::nll_loss(*x, *target, kalm::maybe(weight), reduction, ignore_index);
    });
}

KALM_EXPORT int32_t kalm_nn_loss(int32_t op, const kalm_tensor* x, const kalm_tensor* target, int32_t reduction,
                                 double parameter, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        switch (op) {
            case KALM_LOSS_MSE: return at::mse_loss(*x, *target, reduction);
            case KALM_LOSS_L1: return at::l1_loss(*x, *target, reduction);
            case KALM_LOSS_SMOOTH_L1: return at::smooth_l1_loss(*x, *target, reduction, parameter);
            case KALM_LOSS_HUBER: return at::huber_loss(*x, *target, reduction, parameter);
            case KALM_LOSS_BCE_WITH_LOGITS:
                return at::binary_cross_entropy_with_logits(*x, *target, {}, {}, reduction);
            default: kalm::unknown_operation("kalm_nn_loss", op);
        }
    });
}

KALM_EXPORT int32_t kalm_nn_one_hot(const kalm_tensor* x, int64_t classes, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::one_hot(*x, classes); });
}

KALM_EXPORT int32_t kalm_nn_pad(const kalm_tensor* x, const int64_t* pad, int32_t count, double value,
                                kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::constant_pad_nd(*x, kalm::dims(pad, count), value); });
}

// softmax(q k^T / sqrt(d) + mask) v, written out: libtorch 1.13 has no such function.
KALM_EXPORT int32_t kalm_nn_attention(const kalm_tensor* query, const kalm_tensor* key, const kalm_tensor* value,
                                      const kalm_tensor* mask, double dropout, int32_t causal, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        TORCH_CHECK(!(causal && mask), "scaled_dot_product_attention takes a mask or is_casual, not both");
        at::Tensor scores = at::matmul(query->mul(1.0 / std::sqrt(static_cast<double>(query->size(-1)))),
                                       key->transpose(-2, -1));
        if (causal) {
            auto later = at::ones({query->size(-2), key->size(-2)}, query->options().dtype(at::kBool)).triu(1);
            scores = scores.masked_fill(later, -INFINITY);
        } else if (mask) {
            scores = mask->scalar_type() == at::kBool ? scores.masked_fill(mask->logical_not(), -INFINITY)
                                                      : scores.add(*mask);
        }
        return at::matmul(at::dropout(scores.softmax(-1), dropout, dropout > 0), *value);
    });
}
