// What all parts of the C ABI share: export macro, status codes, error text, handles, scalars.
//
// Every export is extern "C", takes fixed-width integers and pointers only, writes its results through pointers and
// returns a status. A status other than KALM_OK means: no result was written, and kalm_error_message() of the same
// thread has the text. Tensors cross the border as owned pointers (handles) that kalm_tensor_free gives back.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <vector>

#define KALM_EXPORT extern "C" __attribute__((visibility("default")))

using kalm_tensor = at::Tensor;

// Result of every export.
enum kalm_status : int32_t {
    KALM_OK = 0,
    KALM_TORCH_ERROR = 1,    // c10::Error: libtorch refused the operation
    KALM_STD_ERROR = 2,      // any other std::exception
    KALM_UNKNOWN_ERROR = 3,  // something thrown that is no std::exception
};

// A number with its kind, so that an integer scalar does not promote an integer tensor to float.
struct kalm_scalar {
    double value;
    int64_t integer;
    int32_t kind;  // 0 floating point, 1 integer, 2 bool
};

namespace kalm {

// Keeps the text for kalm_error_message() of this thread.
void set_error(const char* message) noexcept;

// Moves a tensor to the heap as a counted handle.
kalm_tensor* own(at::Tensor&& tensor);

// Runs body and turns whatever it throws into a status and a message.
template <class Body>
int32_t guard(Body&& body) noexcept
{
    try {
        body();
        return KALM_OK;
    } catch (const c10::Error& error) {
        set_error(error.what_without_backtrace());
        return KALM_TORCH_ERROR;
    } catch (const std::exception& error) {
        set_error(error.what());
        return KALM_STD_ERROR;
    } catch (...) {
        set_error("an unknown exception was thrown by native code");
        return KALM_UNKNOWN_ERROR;
    }
}

// guard() for a body that returns one tensor.
template <class Body>
int32_t guard_tensor(kalm_tensor** result, Body&& body) noexcept
{
    return guard([&] { *result = own(body()); });
}

inline at::Scalar scalar(const kalm_scalar& s)
{
    switch (s.kind) {
        case 1: return at::Scalar(s.integer);
        case 2: return at::Scalar(s.integer != 0);
        default: return at::Scalar(s.value);
    }
}

inline at::IntArrayRef dims(const int64_t* values, int32_t count)
{
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline at::TensorOptions options(int32_t dtype)
{
    return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(at::kCPU);
}

// The tensors behind an array of handles; a null handle gives an undefined tensor.
inline std::vector<at::Tensor> tensors(kalm_tensor* const* handles, int32_t count)
{
    std::vector<at::Tensor> list;
    list.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++)
        list.push_back(handles[i] ? *handles[i] : at::Tensor());
    return list;
}

inline c10::optional<at::Tensor> maybe(const kalm_tensor* handle)
{
    return handle ? c10::optional<at::Tensor>(*handle) : c10::nullopt;
}

[[noreturn]] inline void unknown_operation(const char* where, int32_t operation)
{
    TORCH_CHECK(false, where, ": unknown operation ", operation);
}

}  // namespace kalm
