namespace Kalm.Native.Interop;

/// <summary>One tensor in, one tensor out.</summary>
/// <remarks>Same order as <c>kalm_unary_op</c>.</remarks>
internal enum UnaryOperation
{
    Neg, Exp, Log, Sin, Cos, Sqrt, Rsqrt, Tanh, Sigmoid, Silu, Relu, Gelu, Abs, Square, Reciprocal, Contiguous, Clone,
    Detach, T, Sum, Mean, Min, Max, Argmax, Argmin, All, Any, Isnan, Isfinite, LogicalNot, Squeeze, Floor, Round,
    Alias, Softplus, ZeroInPlace, ReluInPlace, DetachInPlace, Norm,
}

/// <summary>Two tensors in, one out; a name that ends in InPlace changes and returns the first.</summary>
/// <remarks>Same order as <c>kalm_binary_op</c>.</remarks>
internal enum BinaryOperation
{
    Add, Sub, Mul, Div, Pow, Matmul, Mm, Bmm, Outer, Minimum, Maximum, Eq, Ne, Lt, Le, Gt, Ge, LogicalAnd, LogicalOr,
    ExpandAs, CopyInPlace, AddInPlace, SubInPlace, MulInPlace, DivInPlace, SetInPlace,
}

/// <summary>
/// A tensor and a scalar in, one tensor out; a name that ends in InPlace changes and returns the tensor.
/// </summary>
/// <remarks>Same order as <c>kalm_scalar_op</c>.</remarks>
internal enum ScalarOperation
{
    Add, Sub, Rsub, Mul, Div, Rdiv, Pow, Rpow, Eq, Ne, Lt, Le, Gt, Ge, ClampMin, ClampMax, AddInPlace, SubInPlace,
    MulInPlace, DivInPlace, FillInPlace,
}

/// <summary>A tensor and a list of sizes or dimensions in, one tensor out.</summary>
/// <remarks>Same order as <c>kalm_view_op</c>.</remarks>
internal enum ViewOperation
{
    View, Reshape, Permute, Expand, Repeat, Flip,
}

/// <summary>Reductions over a list of dimensions.</summary>
/// <remarks>Same order as <c>kalm_reduce_op</c>.</remarks>
internal enum ReduceOperation
{
    Sum, Mean, Std, Var, Logsumexp, Amax, Amin,
}

/// <summary>Operations along one dimension.</summary>
/// <remarks>Same order as <c>kalm_along_op</c>.</remarks>
internal enum AlongOperation
{
    Softmax, LogSoftmax, Cumsum, Argmax, Argmin, All, Any, Unsqueeze, Squeeze, Triu, Tril,
}

/// <summary>Operations with an index tensor along one dimension.</summary>
/// <remarks>Same order as <c>kalm_index_op</c>.</remarks>
internal enum IndexOperation
{
    Select, Gather, CopyInPlace, AddInPlace, ScatterInPlace, ScatterAddInPlace,
}

/// <summary>How a tensor is filled with random numbers.</summary>
/// <remarks>Same order as <c>kalm_random_op</c>.</remarks>
internal enum RandomOperation
{
    NormalInPlace, UniformInPlace, BernoulliInPlace,
}

/// <summary>Losses of two tensors.</summary>
/// <remarks>Same order as <c>kalm_loss_op</c>.</remarks>
internal enum LossOperation
{
    Mse, L1, SmoothL1, Huber, BceWithLogits,
}
