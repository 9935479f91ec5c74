#include "kalm_optim.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <limits>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KALM_WIDEST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KALM_WIDEST
#endif

namespace {

// Figures of a step that do not depend on the element.
struct AdamFactors {
    float beta1, beta2, rest1, rest2, eps, keep, decay, sign, step_size, root_bias2;
};

AdamFactors factors(const kalm_adam& o)
{
    double bias1 = 1 - std::pow(o.beta1, static_cast<double>(o.step));
    double bias2 = 1 - std::pow(o.beta2, static_cast<double>(o.step));
    AdamFactors f{};
    f.beta1 = static_cast<float>(o.beta1);
    f.beta2 = static_cast<float>(o.beta2);
    f.rest1 = static_cast<float>(1 - o.beta1);
    f.rest2 = static_cast<float>(1 - o.beta2);
    f.eps = static_cast<float>(o.eps);
    f.keep = o.decoupled ? static_cast<float>(1 - o.learning_rate * o.weight_decay) : 1.0f;
    f.decay = o.decoupled ? 0.0f : static_cast<float>(o.weight_decay);
    f.sign = o.maximize ? -1.0f : 1.0f;
    f.step_size = static_cast<float>(o.learning_rate / bias1);
    f.root_bias2 = static_cast<float>(std::sqrt(bias2));
    return f;
}

// One pass over weights, gradient and both moments (Kingma & Ba 2015 alg. 1; Loshchilov & Hutter 2019 alg. 2).
KALM_WIDEST void adam_pass(float* __restrict p, const float* __restrict g, float* __restrict m, float* __restrict v,
                           int64_t begin, int64_t end, const AdamFactors f)
{
    for (int64_t i = begin; i < end; i++) {
        float gradient = f.sign * g[i] + f.decay * p[i];
        m[i] = f.beta1 * m[i] + f.rest1 * gradient;
        v[i] = f.beta2 * v[i] + f.rest2 * gradient * gradient;
        p[i] = f.keep * p[i] - f.step_size * m[i] / (std::sqrt(v[i]) / f.root_bias2 + f.eps);
    }
}

// Sum of squares in a fixed order: blocks of 4096 in double, then the blocks one after the other.
double sum_of_squares(const float* x, int64_t n)
{
    double total = 0;
    for (int64_t begin = 0; begin < n; begin += 4096) {
        int64_t end = std::min(n, begin + 4096);
        double lanes[8] = {0};
        int64_t i = begin;
        for (; i + 8 <= end; i += 8)
            for (int64_t k = 0; k < 8; k++) lanes[k] += static_cast<double>(x[i + k]) * x[i + k];
        for (; i < end; i++) lanes[0] += static_cast<double>(x[i]) * x[i];
        for (double lane : lanes) total += lane;
    }
    return total;
}

bool is_plain(const at::Tensor& t) { return t.scalar_type() == at::kFloat && t.is_contiguous(); }

// The same step with tensor operations, for other element types and layouts.
void adam_general(at::Tensor& p, const at::Tensor& grad, at::Tensor& m, at::Tensor& v, const kalm_adam& o)
{
    at::Tensor g = o.maximize ? grad.neg() : grad;
    if (o.decoupled)
        p.mul_(1 - o.learning_rate * o.weight_decay);
    else if (o.weight_decay != 0)
        g = g.add(p, o.weight_decay);
    m.mul_(o.beta1).add_(g, 1 - o.beta1);
    v.mul_(o.beta2).addcmul_(g, g, 1 - o.beta2);
    double bias1 = 1 - std::pow(o.beta1, static_cast<double>(o.step));
    double bias2 = 1 - std::pow(o.beta2, static_cast<double>(o.step));
    p.addcdiv_(m, v.sqrt().div_(std::sqrt(bias2)).add_(o.eps), -o.learning_rate / bias1);
}

}  // namespace

// One Adam or AdamW step of every parameter that has a gradient; moments are handles of equal shape.
KALM_EXPORT int32_t kalm_optim_adam_step(kalm_tensor* const* parameters, kalm_tensor* const* first,
                                         kalm_tensor* const* second, int32_t count, kalm_adam options)
{
    return kalm::guard([&] {
        at::NoGradGuard quiet;
        AdamFactors f = factors(options);
        for (int32_t k = 0; k < count; k++) {
            at::Tensor p = parameters[k]->detach();
            at::Tensor grad = parameters[k]->grad();
            if (!grad.defined()) continue;
            if (!is_plain(p) || grad.scalar_type() != at::kFloat || !is_plain(*first[k]) || !is_plain(*second[k])) {
                adam_general(p, grad, *first[k], *second[k], options);
                continue;
            }
            at::Tensor g = grad.contiguous();
            float* weights = p.data_ptr<float>();
            const float* slopes = g.data_ptr<float>();
            float* m = first[k]->data_ptr<float>();
            float* v = second[k]->data_ptr<float>();
            at::parallel_for(0, p.numel(), 32768, [&](int64_t begin, int64_t end) {
                adam_pass(weights, slopes, m, v, begin, end, f);
            });
        }
    });
}

// Drops (or zeroes) all gradients.
KALM_EXPORT int32_t kalm_optim_zero_grad(kalm_tensor* const* parameters, int32_t count, int32_t set_to_none)
{
    return kalm::guard([&] {
        at::NoGradGuard quiet;
        for (int32_t k = 0; k < count; k++) {
            at::Tensor& grad = parameters[k]->mutable_grad();
            if (!grad.defined()) continue;
            if (set_to_none)
                grad.reset();
            else
                grad.detach_().zero_();
        }
    });
}

// Scales all gradients so that their common norm is at most max_norm; gives the norm before.
KALM_EXPORT int32_t kalm_optim_clip_grad_norm(kalm_tensor* const* parameters, int32_t count, double max_norm,
                                              double norm_type, double* total)
{
    return kalm::guard([&] {
        at::NoGradGuard quiet;
        std::vector<at::Tensor> grads;
        for (int32_t k = 0; k < count; k++)
            if (parameters[k]->grad().defined()) grads.push_back(parameters[k]->grad());

        double sum = 0;
        for (const at::Tensor& g : grads) {
            if (norm_type == 2 && is_plain(g))
                sum += sum_of_squares(g.data_ptr<float>(), g.numel());
            else if (std::isinf(norm_type))
                sum = std::max(sum, g.abs().max().item<double>());
            else
                sum += std::pow(g.norm(norm_type).item<double>(), norm_type);
        }
        *total = std::isinf(norm_type) ? sum : std::pow(sum, 1 / norm_type);

        double scale = max_norm / (*total + 1e-6);
        if (!(scale < 1)) return;
        for (at::Tensor& g : grads) g.mul_(scale);
    });
}

// Clamps every gradient element to [-limit, limit].
KALM_EXPORT int32_t kalm_optim_clip_grad_value(kalm_tensor* const* parameters, int32_t count, double limit)
{
    return kalm::guard([&] {
        at::NoGradGuard quiet;
        for (int32_t k = 0; k < count; k++) {
            at::Tensor grad = parameters[k]->grad();
            if (grad.defined()) grad.clamp_(-limit, limit);
        }
    });
}
