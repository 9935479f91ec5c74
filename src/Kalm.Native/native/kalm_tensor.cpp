#include "kalm_tensor.h"

#include "kalm_operations.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <atomic>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>

namespace {

thread_local std::string last_error;
std::atomic<int64_t> handle_count{0};

std::vector<at::indexing::TensorIndex> subscripts(const kalm_subscript* list, int32_t count)
{
    using namespace at::indexing;
    std::vector<TensorIndex> indices;
    for (int32_t i = 0; i < count; i++) {
        const kalm_subscript& s = list[i];
        auto part = [&](int bit, int64_t v) {
            return (s.has >> bit) & 1 ? c10::optional<int64_t>(v) : c10::nullopt;
        };
        switch (s.kind) {
            case 0: indices.emplace_back(None); break;
            case 1: indices.emplace_back(Ellipsis); break;
            case 2: indices.emplace_back(s.a); break;
            case 3: indices.emplace_back(s.a != 0); break;
            case 4: indices.emplace_back(Slice(part(0, s.a), part(1, s.b), part(2, s.c))); break;
            case 5: indices.emplace_back(*s.tensor); break;
            default: kalm::unknown_operation("index", s.kind);
        }
    }
    return indices;
}

}  // namespace

void kalm::set_error(const char* message) noexcept
{
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

kalm_tensor* kalm::own(at::Tensor&& tensor)
{
    auto* handle = new at::Tensor(std::move(tensor));
    handle_count.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

// ---- errors, counters, library ------------------------------------------------------------------------------------

KALM_EXPORT const char* kalm_error_message() { return last_error.c_str(); }

KALM_EXPORT int32_t kalm_handle_count(int64_t* count)
{
    return kalm::guard([&] { *count = handle_count.load(std::memory_order_relaxed); });
}

// Throws on purpose, for the tests of guard(): 0 c10::Error, 1 std::exception, 2 something else.
KALM_EXPORT int32_t kalm_throw(int32_t kind)
{
    return kalm::guard([&] {
        TORCH_CHECK(kind != 0, "thrown as c10::Error");
        if (kind == 1) throw std::runtime_error("thrown as std::exception");
        throw 42;
    });
}

KALM_EXPORT int32_t kalm_libtorch_version(const char** text)
{
    return kalm::guard([&] { *text = TORCH_VERSION; });
}

KALM_EXPORT int32_t kalm_libtorch_config(const char** text)
{
    return kalm::guard([&] {
        static const std::string config = at::show_config();
        *text = config.c_str();
    });
}

// Threads of libtorch and of OpenBLAS, which keeps a number of its own.
KALM_EXPORT int32_t kalm_set_num_threads(int32_t threads)
{
    return kalm::guard([&] {
        TORCH_CHECK(threads > 0, "set_num_threads expects a positive number, found ", threads);
        at::set_num_threads(threads);
        if (void* set = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
            reinterpret_cast<void (*)(int)>(set)(threads);
    });
}

KALM_EXPORT int32_t kalm_get_num_threads(int32_t* torch_threads, int32_t* blas_threads)
{
    return kalm::guard([&] {
        *torch_threads = at::get_num_threads();
        void* get = dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
        *blas_threads = get ? reinterpret_cast<int (*)()>(get)() : 0;
    });
}

// Name of the CPU kernels that OpenBLAS runs; null when another BLAS is in use.
KALM_EXPORT int32_t kalm_blas_core(const char** name)
{
    return kalm::guard([&] {
        void* get = dlsym(RTLD_DEFAULT, "openblas_get_corename");
        *name = get ? reinterpret_cast<const char* (*)()>(get)() : nullptr;
    });
}

// ---- creation ------------------------------------------------------------------------------------------------------

KALM_EXPORT int32_t kalm_tensor_free(kalm_tensor* tensor)
{
    return kalm::guard([&] {
        if (tensor == nullptr) return;
        delete tensor;
        handle_count.fetch_sub(1, std::memory_order_relaxed);
    });
}

KALM_EXPORT int32_t kalm_tensor_from_memory(const void* data, const int64_t* sizes, int32_t count, int32_t dtype,
                                            kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        at::Tensor tensor = at::empty(kalm::dims(sizes, count), kalm::options(dtype));
        std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
        return tensor;
    });
}

KALM_EXPORT int32_t kalm_tensor_full(const int64_t* sizes, int32_t count, kalm_scalar value, int32_t dtype,
                                     kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::full(kalm::dims(sizes, count), kalm::scalar(value), kalm::options(dtype));
    });
}

KALM_EXPORT int32_t kalm_tensor_empty(const int64_t* sizes, int32_t count, int32_t dtype, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::empty(kalm::dims(sizes, count), kalm::options(dtype)); });
}

KALM_EXPORT int32_t kalm_tensor_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t count, int32_t dtype,
                                        kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::randint(low, high, kalm::dims(sizes, count), kalm::options(dtype));
    });
}

KALM_EXPORT int32_t kalm_tensor_randperm(int64_t n, int32_t dtype, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::randperm(n, kalm::options(dtype)); });
}

KALM_EXPORT int32_t kalm_tensor_arange(kalm_scalar start, kalm_scalar stop, kalm_scalar step, int32_t dtype,
                                       kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::arange(kalm::scalar(start), kalm::scalar(stop), kalm::scalar(step), kalm::options(dtype));
    });
}

KALM_EXPORT int32_t kalm_tensor_eye(int64_t rows, int64_t columns, int32_t dtype, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::eye(rows, columns, kalm::options(dtype)); });
}

KALM_EXPORT int32_t kalm_tensor_cat(kalm_tensor* const* handles, int32_t count, int64_t dim, int32_t stack,
                                    kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        auto list = kalm::tensors(handles, count);
        return stack ? at::stack(list, dim) : at::cat(list, dim);
    });
}

// ---- reading -------------------------------------------------------------------------------------------------------

KALM_EXPORT int32_t kalm_tensor_describe(const kalm_tensor* x, kalm_description* result)
{
    return kalm::guard([&] {
        result->dim = x->dim();
        result->numel = x->numel();
        result->element_size = static_cast<int64_t>(x->element_size());
        result->data = x->data_ptr();
        result->dtype = static_cast<int32_t>(x->scalar_type());
        result->contiguous = x->is_contiguous();
        result->requires_grad = x->requires_grad();
        result->is_leaf = x->is_leaf();
    });
}

KALM_EXPORT int32_t kalm_tensor_sizes(const kalm_tensor* x, int64_t* sizes, int64_t* strides)
{
    return kalm::guard([&] {
        for (int64_t i = 0; i < x->dim(); i++) {
            sizes[i] = x->size(i);
            if (strides) strides[i] = x->stride(i);
        }
    });
}

KALM_EXPORT int32_t kalm_tensor_item(const kalm_tensor* x, kalm_scalar* result)
{
    return kalm::guard([&] {
        at::Scalar item = x->item();
        result->kind = item.isBoolean() ? 2 : item.isIntegral(false) ? 1 : 0;
        result->integer = result->kind == 0 ? 0 : item.toLong();
        result->value = item.toDouble();
    });
}

// ---- arithmetic, shapes, reductions --------------------------------------------------------------------------------

KALM_EXPORT int32_t kalm_tensor_unary(int32_t op, kalm_tensor* x, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return kalm::apply_unary(op, *x); });
}

KALM_EXPORT int32_t kalm_tensor_binary(int32_t op, kalm_tensor* x, const kalm_tensor* y, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return kalm::apply_binary(op, *x, *y); });
}

// x + alpha * y, or in place.
KALM_EXPORT int32_t kalm_tensor_add_scaled(kalm_tensor* x, const kalm_tensor* y, kalm_scalar alpha, int32_t in_place,
                                           kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return in_place ? at::Tensor(x->add_(*y, kalm::scalar(alpha))) : x->add(*y, kalm::scalar(alpha));
    });
}

KALM_EXPORT int32_t kalm_tensor_scalar(int32_t op, kalm_tensor* x, kalm_scalar s, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return kalm::apply_scalar(op, *x, kalm::scalar(s)); });
}

KALM_EXPORT int32_t kalm_tensor_addmm(const kalm_tensor* x, const kalm_tensor* a, const kalm_tensor* b, double beta,
                                      double alpha, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::addmm(*x, *a, *b, beta, alpha); });
}

// x + value * a * b (kind 0) or x + value * a / b (kind 1), in place.
KALM_EXPORT int32_t kalm_tensor_addc(int32_t kind, kalm_tensor* x, const kalm_tensor* a, const kalm_tensor* b,
                                     double value, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return at::Tensor(kind == 0 ? x->addcmul_(*a, *b, value) : x->addcdiv_(*a, *b, value));
    });
}

KALM_EXPORT int32_t kalm_tensor_view(int32_t op, const kalm_tensor* x, const int64_t* sizes, int32_t count,
                                     kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return kalm::apply_view(op, *x, kalm::dims(sizes, count)); });
}

KALM_EXPORT int32_t kalm_tensor_transpose(const kalm_tensor* x, int64_t dim0, int64_t dim1, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->transpose(dim0, dim1); });
}

KALM_EXPORT int32_t kalm_tensor_slice(const kalm_tensor* x, int64_t dim, int64_t start, int64_t stop, int64_t step,
                                      kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->slice(dim, start, stop, step); });
}

KALM_EXPORT int32_t kalm_tensor_narrow(const kalm_tensor* x, int64_t dim, int64_t start, int64_t length,
                                       kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->narrow(dim, start, length); });
}

KALM_EXPORT int32_t kalm_tensor_select(const kalm_tensor* x, int64_t dim, int64_t index, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->select(dim, index); });
}

KALM_EXPORT int32_t kalm_tensor_reduce(int32_t op, const kalm_tensor* x, const int64_t* dims, int32_t count,
                                       int32_t keepdim, int32_t unbiased, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return kalm::apply_reduce(op, *x, kalm::dims(dims, count), keepdim != 0, unbiased != 0);
    });
}

KALM_EXPORT int32_t kalm_tensor_along(int32_t op, const kalm_tensor* x, int64_t dim, int32_t keepdim,
                                      kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return kalm::apply_along(op, *x, dim, keepdim != 0); });
}

// Largest (kind 1) or smallest (kind 0) values along a dimension, with their places.
KALM_EXPORT int32_t kalm_tensor_extreme(int32_t kind, const kalm_tensor* x, int64_t dim, int32_t keepdim,
                                        kalm_tensor** values, kalm_tensor** indices)
{
    return kalm::guard([&] {
        auto both = kind ? x->max(dim, keepdim != 0) : x->min(dim, keepdim != 0);
        *values = kalm::own(std::move(std::get<0>(both)));
        *indices = kalm::own(std::move(std::get<1>(both)));
    });
}

KALM_EXPORT int32_t kalm_tensor_topk(const kalm_tensor* x, int64_t k, int64_t dim, int32_t largest, int32_t sorted,
                                     kalm_tensor** values, kalm_tensor** indices)
{
    return kalm::guard([&] {
        auto both = x->topk(k, dim, largest != 0, sorted != 0);
        *values = kalm::own(std::move(std::get<0>(both)));
        *indices = kalm::own(std::move(std::get<1>(both)));
    });
}

KALM_EXPORT int32_t kalm_tensor_sort(const kalm_tensor* x, int64_t dim, int32_t descending, int32_t stable,
                                     kalm_tensor** values, kalm_tensor** indices)
{
    return kalm::guard([&] {
        auto both = x->sort(stable != 0, dim, descending != 0);
        *values = kalm::own(std::move(std::get<0>(both)));
        *indices = kalm::own(std::move(std::get<1>(both)));
    });
}

KALM_EXPORT int32_t kalm_tensor_index_along(int32_t op, kalm_tensor* x, int64_t dim, const kalm_tensor* index,
                                            const kalm_tensor* source, double alpha, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return kalm::apply_index(op, *x, dim, *index, source ? *source : at::Tensor(), alpha);
    });
}

KALM_EXPORT int32_t kalm_tensor_index(const kalm_tensor* x, const kalm_subscript* list, int32_t count,
                                      kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->index(subscripts(list, count)); });
}

KALM_EXPORT int32_t kalm_tensor_index_put(kalm_tensor* x, const kalm_subscript* list, int32_t count,
                                          const kalm_tensor* value)
{
    return kalm::guard([&] { x->index_put_(subscripts(list, count), *value); });
}

KALM_EXPORT int32_t kalm_tensor_where(const kalm_tensor* condition, const kalm_tensor* x, const kalm_tensor* y,
                                      kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return at::where(*condition, *x, *y); });
}

KALM_EXPORT int32_t kalm_tensor_masked_fill(kalm_tensor* x, const kalm_tensor* mask, kalm_scalar value,
                                            int32_t in_place, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return in_place ? at::Tensor(x->masked_fill_(*mask, kalm::scalar(value)))
                        : x->masked_fill(*mask, kalm::scalar(value));
    });
}

KALM_EXPORT int32_t kalm_tensor_repeat_interleave(const kalm_tensor* x, int64_t repeats, int64_t dim, int32_t has_dim,
                                                  kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return x->repeat_interleave(repeats, has_dim ? c10::optional<int64_t>(dim) : c10::nullopt);
    });
}

KALM_EXPORT int32_t kalm_tensor_to(const kalm_tensor* x, int32_t dtype, int32_t copy, kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        return x->to(static_cast<at::ScalarType>(dtype), /*non_blocking=*/false, copy != 0);
    });
}

// ---- random numbers ------------------------------------------------------------------------------------------------

KALM_EXPORT int32_t kalm_manual_seed(int64_t seed)
{
    return kalm::guard([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

KALM_EXPORT int32_t kalm_get_rng_state(kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] {
        auto generator = at::detail::getDefaultCPUGenerator();
        std::lock_guard<std::mutex> lock(generator.mutex());
        return generator.get_state();
    });
}

KALM_EXPORT int32_t kalm_set_rng_state(const kalm_tensor* state)
{
    return kalm::guard([&] {
        auto generator = at::detail::getDefaultCPUGenerator();
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(*state);
    });
}

// Fills x from a distribution with parameters a and b, outside autograd when quiet is set.
KALM_EXPORT int32_t kalm_tensor_random(int32_t op, kalm_tensor* x, double a, double b, int32_t quiet)
{
    return kalm::guard([&] {
        at::AutoGradMode mode(at::GradMode::is_enabled() && quiet == 0);
        switch (op) {
            case KALM_RANDOM_NORMAL_: x->normal_(a, b); break;
            case KALM_RANDOM_UNIFORM_: x->uniform_(a, b); break;
            case KALM_RANDOM_BERNOULLI_: x->bernoulli_(a); break;
            default: kalm::unknown_operation("kalm_tensor_random", op);
        }
    });
}

KALM_EXPORT int32_t kalm_tensor_multinomial(const kalm_tensor* x, int64_t samples, int32_t replacement,
                                            kalm_tensor** result)
{
    return kalm::guard_tensor(result, [&] { return x->multinomial(samples, replacement != 0); });
}

// ---- autograd ------------------------------------------------------------------------------------------------------

KALM_EXPORT int32_t kalm_set_grad_mode(int32_t enabled, int32_t* previous)
{
    return kalm::guard([&] {
        *previous = at::GradMode::is_enabled();
        at::GradMode::set_enabled(enabled != 0);
    });
}

KALM_EXPORT int32_t kalm_tensor_set_requires_grad(kalm_tensor* x, int32_t value)
{
    return kalm::guard([&] { x->requires_grad_(value != 0); });
}

KALM_EXPORT int32_t kalm_tensor_retain_grad(kalm_tensor* x)
{
    return kalm::guard([&] { x->retain_grad(); });
}

// The gradient as a handle, or null when there is none.
KALM_EXPORT int32_t kalm_tensor_grad(const kalm_tensor* x, kalm_tensor** result)
{
    return kalm::guard([&] {
        const at::Tensor& grad = x->grad();
        *result = grad.defined() ? kalm::own(at::Tensor(grad)) : nullptr;
    });
}

// Replaces the gradient; null drops it.
KALM_EXPORT int32_t kalm_tensor_set_grad(kalm_tensor* x, const kalm_tensor* grad)
{
    return kalm::guard([&] { x->mutable_grad() = grad ? *grad : at::Tensor(); });
}

KALM_EXPORT int32_t kalm_autograd_backward(kalm_tensor* const* outputs, kalm_tensor* const* grads, int32_t count,
                                           int32_t retain_graph, int32_t create_graph, kalm_tensor* const* inputs,
                                           int32_t input_count)
{
    return kalm::guard([&] {
        auto upstream = grads ? kalm::tensors(grads, count) : std::vector<at::Tensor>();
        torch::autograd::backward(kalm::tensors(outputs, count), upstream, retain_graph != 0, create_graph != 0,
                                  kalm::tensors(inputs, input_count));
    });
}

// Gradients of outputs with respect to inputs; an unused input gives null when allow_unused is set.
KALM_EXPORT int32_t kalm_autograd_grad(kalm_tensor* const* outputs, kalm_tensor* const* grads, int32_t count,
                                       kalm_tensor* const* inputs, int32_t input_count, int32_t retain_graph,
                                       int32_t create_graph, int32_t allow_unused, kalm_tensor** results)
{
    return kalm::guard([&] {
        auto upstream = grads ? kalm::tensors(grads, count) : std::vector<at::Tensor>();
        auto list = torch::autograd::grad(kalm::tensors(outputs, count), kalm::tensors(inputs, input_count), upstream,
                                          retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; i++)
            results[i] = list[i].defined() ? kalm::own(std::move(list[i])) : nullptr;
    });
}
