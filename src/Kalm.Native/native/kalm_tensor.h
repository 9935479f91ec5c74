// Tensors: creation, reading, arithmetic, shapes, reductions, random numbers, autograd, library information.
// Mirrored by Interop/NativeMethods.Tensor.cs and the enums of Interop/Operations.cs, name by name.
#pragma once

#include "kalm_common.h"

// one tensor in, one tensor out
enum kalm_unary_op : int32_t {
    KALM_UNARY_NEG, KALM_UNARY_EXP, KALM_UNARY_LOG, KALM_UNARY_SIN, KALM_UNARY_COS, KALM_UNARY_SQRT,
    KALM_UNARY_RSQRT, KALM_UNARY_TANH, KALM_UNARY_SIGMOID, KALM_UNARY_SILU, KALM_UNARY_RELU, KALM_UNARY_GELU,
    KALM_UNARY_ABS, KALM_UNARY_SQUARE, KALM_UNARY_RECIPROCAL, KALM_UNARY_CONTIGUOUS, KALM_UNARY_CLONE,
    KALM_UNARY_DETACH, KALM_UNARY_T, KALM_UNARY_SUM, KALM_UNARY_MEAN, KALM_UNARY_MIN, KALM_UNARY_MAX,
    KALM_UNARY_ARGMAX, KALM_UNARY_ARGMIN, KALM_UNARY_ALL, KALM_UNARY_ANY, KALM_UNARY_ISNAN, KALM_UNARY_ISFINITE,
    KALM_UNARY_LOGICAL_NOT, KALM_UNARY_SQUEEZE, KALM_UNARY_FLOOR, KALM_UNARY_ROUND, KALM_UNARY_ALIAS,
    KALM_UNARY_SOFTPLUS, KALM_UNARY_ZERO_, KALM_UNARY_RELU_, KALM_UNARY_DETACH_, KALM_UNARY_NORM,
};

// two tensors in, one out; names that end in _ change and return the first
enum kalm_binary_op : int32_t {
    KALM_BINARY_ADD, KALM_BINARY_SUB, KALM_BINARY_MUL, KALM_BINARY_DIV, KALM_BINARY_POW, KALM_BINARY_MATMUL,
    KALM_BINARY_MM, KALM_BINARY_BMM, KALM_BINARY_OUTER, KALM_BINARY_MINIMUM, KALM_BINARY_MAXIMUM, KALM_BINARY_EQ,
    KALM_BINARY_NE, KALM_BINARY_LT, KALM_BINARY_LE, KALM_BINARY_GT, KALM_BINARY_GE, KALM_BINARY_LOGICAL_AND,
    KALM_BINARY_LOGICAL_OR, KALM_BINARY_EXPAND_AS, KALM_BINARY_COPY_, KALM_BINARY_ADD_, KALM_BINARY_SUB_,
    KALM_BINARY_MUL_, KALM_BINARY_DIV_, KALM_BINARY_SET_,
};

// a tensor and a scalar in, one tensor out; names that end in _ change and return the tensor
enum kalm_scalar_op : int32_t {
    KALM_SCALAR_ADD, KALM_SCALAR_SUB, KALM_SCALAR_RSUB, KALM_SCALAR_MUL, KALM_SCALAR_DIV, KALM_SCALAR_RDIV,
    KALM_SCALAR_POW, KALM_SCALAR_RPOW, KALM_SCALAR_EQ, KALM_SCALAR_NE, KALM_SCALAR_LT, KALM_SCALAR_LE,
    KALM_SCALAR_GT, KALM_SCALAR_GE, KALM_SCALAR_CLAMP_MIN, KALM_SCALAR_CLAMP_MAX, KALM_SCALAR_ADD_,
    KALM_SCALAR_SUB_, KALM_SCALAR_MUL_, KALM_SCALAR_DIV_, KALM_SCALAR_FILL_,
};

// a tensor and a list of sizes or dimensions in, one tensor out
enum kalm_view_op : int32_t {
    KALM_VIEW_VIEW, KALM_VIEW_RESHAPE, KALM_VIEW_PERMUTE, KALM_VIEW_EXPAND, KALM_VIEW_REPEAT, KALM_VIEW_FLIP,
};

// reductions over a list of dimensions
enum kalm_reduce_op : int32_t {
    KALM_REDUCE_SUM, KALM_REDUCE_MEAN, KALM_REDUCE_STD, KALM_REDUCE_VAR, KALM_REDUCE_LOGSUMEXP, KALM_REDUCE_AMAX,
    KALM_REDUCE_AMIN,
};

// operations along one dimension
enum kalm_along_op : int32_t {
    KALM_ALONG_SOFTMAX, KALM_ALONG_LOG_SOFTMAX, KALM_ALONG_CUMSUM, KALM_ALONG_ARGMAX, KALM_ALONG_ARGMIN,
    KALM_ALONG_ALL, KALM_ALONG_ANY, KALM_ALONG_UNSQUEEZE, KALM_ALONG_SQUEEZE, KALM_ALONG_TRIU, KALM_ALONG_TRIL,
};

// operations with an index tensor along one dimension; names that end in _ change and return the tensor
enum kalm_index_op : int32_t {
    KALM_INDEX_SELECT, KALM_INDEX_GATHER, KALM_INDEX_COPY_, KALM_INDEX_ADD_, KALM_INDEX_SCATTER_,
    KALM_INDEX_SCATTER_ADD_,
};

// how a tensor is filled
enum kalm_random_op : int32_t {
    KALM_RANDOM_NORMAL_, KALM_RANDOM_UNIFORM_, KALM_RANDOM_BERNOULLI_,
};

// What one call tells about a tensor.
struct kalm_description {
    int64_t dim;
    int64_t numel;
    int64_t element_size;
    void* data;
    int32_t dtype;
    int32_t contiguous;
    int32_t requires_grad;
    int32_t is_leaf;
};

// One index of an index expression.
struct kalm_subscript {
    int32_t kind;  // 0 none (new axis), 1 ellipsis, 2 integer, 3 bool, 4 slice, 5 tensor
    int32_t has;   // slice: bit 0 start given, bit 1 stop given, bit 2 step given
    int64_t a;     // integer, bool, slice start
    int64_t b;     // slice stop
    int64_t c;     // slice step
    kalm_tensor* tensor;
};
