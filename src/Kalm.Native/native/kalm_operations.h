// What each operation number of kalm_tensor.h does. Part of kalm_tensor.cpp, apart for its length.
#pragma once

#include "kalm_tensor.h"

namespace kalm {

inline at::Tensor apply_unary(int32_t op, at::Tensor& x)
{
    switch (op) {
        case KALM_UNARY_NEG: return x.neg();
        case KALM_UNARY_EXP: return x.exp();
        case KALM_UNARY_LOG: return x.log();
        case KALM_UNARY_SIN: return x.sin();
        case KALM_UNARY_COS: return x.cos();
        case KALM_UNARY_SQRT: return x.sqrt();
        case KALM_UNARY_RSQRT: return x.rsqrt();
        case KALM_UNARY_TANH: return x.tanh();
        case KALM_UNARY_SIGMOID: return x.sigmoid();
        case KALM_UNARY_SILU: return at::silu(x);
        case KALM_UNARY_RELU: return x.relu();
        case KALM_UNARY_GELU: return at::gelu(x);
        case KALM_UNARY_ABS: return x.abs();
        case KALM_UNARY_SQUARE: return x.square();
        case KALM_UNARY_RECIPROCAL: return x.reciprocal();
        case KALM_UNARY_CONTIGUOUS: return x.contiguous();
        case KALM_UNARY_CLONE: return x.clone();
        case KALM_UNARY_DETACH: return x.detach();
        case KALM_UNARY_T: return x.t();
        case KALM_UNARY_SUM: return x.sum();
        case KALM_UNARY_MEAN: return x.mean();
        case KALM_UNARY_MIN: return x.min();
        case KALM_UNARY_MAX: return x.max();
        case KALM_UNARY_ARGMAX: return x.argmax();
        case KALM_UNARY_ARGMIN: return x.argmin();
        case KALM_UNARY_ALL: return x.all();
        case KALM_UNARY_ANY: return x.any();
        case KALM_UNARY_ISNAN: return x.isnan();
        case KALM_UNARY_ISFINITE: return x.isfinite();
        case KALM_UNARY_LOGICAL_NOT: return x.logical_not();
        case KALM_UNARY_SQUEEZE: return x.squeeze();
        case KALM_UNARY_FLOOR: return x.floor();
        case KALM_UNARY_ROUND: return x.round();
        case KALM_UNARY_ALIAS: return x;
        case KALM_UNARY_SOFTPLUS: return at::softplus(x);
        case KALM_UNARY_ZERO_: return x.zero_();
        case KALM_UNARY_RELU_: return x.relu_();
        case KALM_UNARY_DETACH_: return x.detach_();
        case KALM_UNARY_NORM: return x.norm();
        default: unknown_operation("kalm_tensor_unary", op);
    }
}

inline at::Tensor apply_binary(int32_t op, at::Tensor& x, const at::Tensor& y)
{
    switch (op) {
        case KALM_BINARY_ADD: return x.add(y);
        case KALM_BINARY_SUB: return x.sub(y);
        case KALM_BINARY_MUL: return x.mul(y);
        case KALM_BINARY_DIV: return x.div(y);
        case KALM_BINARY_POW: return x.pow(y);
        case KALM_BINARY_MATMUL: return x.matmul(y);
        case KALM_BINARY_MM: return x.mm(y);
        case KALM_BINARY_BMM: return x.bmm(y);
        case KALM_BINARY_OUTER: return at::outer(x, y);
        case KALM_BINARY_MINIMUM: return at::minimum(x, y);
        case KALM_BINARY_MAXIMUM: return at::maximum(x, y);
        case KALM_BINARY_EQ: return x.eq(y);
        case KALM_BINARY_NE: return x.ne(y);
        case KALM_BINARY_LT: return x.lt(y);
        case KALM_BINARY_LE: return x.le(y);
        case KALM_BINARY_GT: return x.gt(y);
        case KALM_BINARY_GE: return x.ge(y);
        case KALM_BINARY_LOGICAL_AND: return x.logical_and(y);
        case KALM_BINARY_LOGICAL_OR: return x.logical_or(y);
        case KALM_BINARY_EXPAND_AS: return x.expand_as(y);
        case KALM_BINARY_COPY_: return x.copy_(y);
        case KALM_BINARY_ADD_: return x.add_(y);
        case KALM_BINARY_SUB_: return x.sub_(y);
        case KALM_BINARY_MUL_: return x.mul_(y);
        case KALM_BINARY_DIV_: return x.div_(y);
        case KALM_BINARY_SET_: return x.set_(y);
        default: unknown_operation("kalm_tensor_binary", op);
    }
}

inline at::Tensor apply_scalar(int32_t op, at::Tensor& x, const at::Scalar& s)
{
    switch (op) {
        case KALM_SCALAR_ADD: return x.add(s);
        case KALM_SCALAR_SUB: return x.sub(s);
        case KALM_SCALAR_RSUB: return at::rsub(x, s);
        case KALM_SCALAR_MUL: return x.mul(s);
        case KALM_SCALAR_DIV: return x.div(s);
        case KALM_SCALAR_RDIV: return x.reciprocal().mul(s);
        case KALM_SCALAR_POW: return x.pow(s);
        case KALM_SCALAR_RPOW: return at::pow(s, x);
        case KALM_SCALAR_EQ: return x.eq(s);
        case KALM_SCALAR_NE: return x.ne(s);
        case KALM_SCALAR_LT: return x.lt(s);
        case KALM_SCALAR_LE: return x.le(s);
        case KALM_SCALAR_GT: return x.gt(s);
        case KALM_SCALAR_GE: return x.ge(s);
        case KALM_SCALAR_CLAMP_MIN: return x.clamp_min(s);
        case KALM_SCALAR_CLAMP_MAX: return x.clamp_max(s);
        case KALM_SCALAR_ADD_: return x.add_(s);
        case KALM_SCALAR_SUB_: return x.sub_(s);
        case KALM_SCALAR_MUL_: return x.mul_(s);
        case KALM_SCALAR_DIV_: return x.div_(s);
        case KALM_SCALAR_FILL_: return x.fill_(s);
        default: unknown_operation("kalm_tensor_scalar", op);
    }
}

inline at::Tensor apply_view(int32_t op, const at::Tensor& x, at::IntArrayRef sizes)
{
    switch (op) {
        case KALM_VIEW_VIEW: return x.view(sizes);
        case KALM_VIEW_RESHAPE: return x.reshape(sizes);
        case KALM_VIEW_PERMUTE: return x.permute(sizes);
        case KALM_VIEW_EXPAND: return x.expand(sizes);
        case KALM_VIEW_REPEAT: return x.repeat(sizes);
        case KALM_VIEW_FLIP: return x.flip(sizes);
        default: unknown_operation("kalm_tensor_view", op);
    }
}

inline at::Tensor apply_reduce(int32_t op, const at::Tensor& x, at::IntArrayRef over, bool keepdim, bool unbiased)
{
    switch (op) {
        case KALM_REDUCE_SUM: return x.sum(over, keepdim);
        case KALM_REDUCE_MEAN: return x.mean(over, keepdim);
        case KALM_REDUCE_STD: return x.std(over, unbiased, keepdim);
        case KALM_REDUCE_VAR: return x.var(over, unbiased, keepdim);
        case KALM_REDUCE_LOGSUMEXP: return x.logsumexp(over, keepdim);
        case KALM_REDUCE_AMAX: return x.amax(over, keepdim);
        case KALM_REDUCE_AMIN: return x.amin(over, keepdim);
        default: unknown_operation("kalm_tensor_reduce", op);
    }
}

inline at::Tensor apply_along(int32_t op, const at::Tensor& x, int64_t dim, bool keepdim)
{
    switch (op) {
        case KALM_ALONG_SOFTMAX: return x.softmax(dim);
        case KALM_ALONG_LOG_SOFTMAX: return x.log_softmax(dim);
        case KALM_ALONG_CUMSUM: return x.cumsum(dim);
        case KALM_ALONG_ARGMAX: return x.argmax(dim, keepdim);
        case KALM_ALONG_ARGMIN: return x.argmin(dim, keepdim);
        case KALM_ALONG_ALL: return x.all(dim, keepdim);
        case KALM_ALONG_ANY: return x.any(dim, keepdim);
        case KALM_ALONG_UNSQUEEZE: return x.unsqueeze(dim);
        case KALM_ALONG_SQUEEZE: return x.squeeze(dim);
        case KALM_ALONG_TRIU: return x.triu(dim);
        case KALM_ALONG_TRIL: return x.tril(dim);
        default: unknown_operation("kalm_tensor_along", op);
    }
}

inline at::Tensor apply_index(int32_t op, at::Tensor& x, int64_t dim, const at::Tensor& index, const at::Tensor& source,
                       double alpha)
{
    switch (op) {
        case KALM_INDEX_SELECT: return x.index_select(dim, index);
        case KALM_INDEX_GATHER: return x.gather(dim, index);
        case KALM_INDEX_COPY_: return x.index_copy_(dim, index, source);
        case KALM_INDEX_ADD_: return x.index_add_(dim, index, source, alpha);
        case KALM_INDEX_SCATTER_: return x.scatter_(dim, index, source);
        case KALM_INDEX_SCATTER_ADD_: return x.scatter_add_(dim, index, source);
        default: unknown_operation("kalm_tensor_index_along", op);
    }
}

}  // namespace kalm
