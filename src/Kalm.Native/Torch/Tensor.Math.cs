using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Arithmetic of tensors.</summary>
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>−x.</summary>
        public Tensor neg() => Unary(UnaryOperation.Neg);

        /// <summary>e^x.</summary>
        public Tensor exp() => Unary(UnaryOperation.Exp);

        /// <summary>Natural logarithm.</summary>
        public Tensor log() => Unary(UnaryOperation.Log);

        /// <summary>Sine.</summary>
        public Tensor sin() => Unary(UnaryOperation.Sin);

        /// <summary>Cosine.</summary>
        public Tensor cos() => Unary(UnaryOperation.Cos);

        /// <summary>Square root.</summary>
        public Tensor sqrt() => Unary(UnaryOperation.Sqrt);

        /// <summary>1 / √x.</summary>
        public Tensor rsqrt() => Unary(UnaryOperation.Rsqrt);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => Unary(UnaryOperation.Tanh);

        /// <summary>1 / (1 + e^−x).</summary>
        public Tensor sigmoid() => Unary(UnaryOperation.Sigmoid);

        /// <summary>x · sigmoid(x).</summary>
        public Tensor silu() => Unary(UnaryOperation.Silu);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Unary(UnaryOperation.Relu);

        /// <summary>max(x, 0), in place.</summary>
        public Tensor relu_() => InPlace(UnaryOperation.ReluInPlace);

        /// <summary>Absolute value.</summary>
        public Tensor abs() => Unary(UnaryOperation.Abs);

        /// <summary>x².</summary>
        public Tensor square() => Unary(UnaryOperation.Square);

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => Unary(UnaryOperation.Reciprocal);

        /// <summary>Largest integer not above x.</summary>
        public Tensor floor() => Unary(UnaryOperation.Floor);

        /// <summary>Nearest integer, ties to even.</summary>
        public Tensor round() => Unary(UnaryOperation.Round);

        /// <summary>True where not a number.</summary>
        public Tensor isnan() => Unary(UnaryOperation.Isnan);

        /// <summary>True where neither infinite nor not a number.</summary>
        public Tensor isfinite() => Unary(UnaryOperation.Isfinite);

        /// <summary>True where zero.</summary>
        public Tensor logical_not() => Unary(UnaryOperation.LogicalNot);

        /// <summary>Sum with another tensor.</summary>
        public Tensor add(Tensor target) => Binary(BinaryOperation.Add, target);

        /// <summary>x + alpha · target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => AddScaled(target, alpha, inPlace: false);

        /// <summary>Sum with a number.</summary>
        public Tensor add(Scalar scalar) => WithScalar(ScalarOperation.Add, scalar);

        /// <summary>Difference to another tensor.</summary>
        public Tensor sub(Tensor target) => Binary(BinaryOperation.Sub, target);

        /// <summary>Difference to a number.</summary>
        public Tensor sub(Scalar target) => WithScalar(ScalarOperation.Sub, target);

        /// <summary>Elementwise product.</summary>
        public Tensor mul(Tensor target) => Binary(BinaryOperation.Mul, target);

        /// <summary>Product with a number.</summary>
        public Tensor mul(Scalar target) => WithScalar(ScalarOperation.Mul, target);

        /// <summary>Elementwise quotient.</summary>
        public Tensor div(Tensor target) => Binary(BinaryOperation.Div, target);

        /// <summary>Quotient by a number.</summary>
        public Tensor div(Scalar target) => WithScalar(ScalarOperation.Div, target);

        /// <summary>Elementwise power.</summary>
        public Tensor pow(Tensor exponent) => Binary(BinaryOperation.Pow, exponent);

        /// <summary>Power.</summary>
        public Tensor pow(Scalar exponent) => WithScalar(ScalarOperation.Pow, exponent);

        /// <summary>Matrix product, batched over leading dimensions.</summary>
        public Tensor matmul(Tensor target) => Binary(BinaryOperation.Matmul, target);

        /// <summary>Product of two matrices.</summary>
        public Tensor mm(Tensor target) => Binary(BinaryOperation.Mm, target);

        /// <summary>Product of two batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Binary(BinaryOperation.Bmm, batch2);

        /// <summary>Elementwise smaller one.</summary>
        public Tensor minimum(Tensor other) => Binary(BinaryOperation.Minimum, other);

        /// <summary>Elementwise larger one.</summary>
        public Tensor maximum(Tensor other) => Binary(BinaryOperation.Maximum, other);

        /// <summary>True where equal.</summary>
        public Tensor eq(Tensor target) => Binary(BinaryOperation.Eq, target);

        /// <summary>True where equal.</summary>
        public Tensor eq(Scalar target) => WithScalar(ScalarOperation.Eq, target);

        /// <summary>True where different.</summary>
        public Tensor ne(Tensor target) => Binary(BinaryOperation.Ne, target);

        /// <summary>True where different.</summary>
        public Tensor ne(Scalar target) => WithScalar(ScalarOperation.Ne, target);

        /// <summary>True where less.</summary>
        public Tensor lt(Tensor target) => Binary(BinaryOperation.Lt, target);

        /// <summary>True where less.</summary>
        public Tensor lt(Scalar target) => WithScalar(ScalarOperation.Lt, target);

        /// <summary>True where less or equal.</summary>
        public Tensor le(Tensor target) => Binary(BinaryOperation.Le, target);

        /// <summary>True where less or equal.</summary>
        public Tensor le(Scalar target) => WithScalar(ScalarOperation.Le, target);

        /// <summary>True where greater.</summary>
        public Tensor gt(Tensor target) => Binary(BinaryOperation.Gt, target);

        /// <summary>True where greater.</summary>
        public Tensor gt(Scalar target) => WithScalar(ScalarOperation.Gt, target);

        /// <summary>True where greater or equal.</summary>
        public Tensor ge(Tensor target) => Binary(BinaryOperation.Ge, target);

        /// <summary>True where greater or equal.</summary>
        public Tensor ge(Scalar target) => WithScalar(ScalarOperation.Ge, target);

        /// <summary>True where both are.</summary>
        public Tensor logical_and(Tensor other) => Binary(BinaryOperation.LogicalAnd, other);

        /// <summary>True where one is.</summary>
        public Tensor logical_or(Tensor other) => Binary(BinaryOperation.LogicalOr, other);

        /// <summary>Held between two numbers; null is no limit.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            if (min is null && max is null)
                throw new ArgumentException("clamp expects a minimum or a maximum");
            Tensor low = min is { } least ? WithScalar(ScalarOperation.ClampMin, least) : this;
            Tensor result = max is { } most ? low.WithScalar(ScalarOperation.ClampMax, most) : low;
            if (min is not null && max is not null)
                low.Dispose();
            return result;
        }

        /// <summary>Sum, in place.</summary>
        public Tensor add_(Tensor target) => InPlace(BinaryOperation.AddInPlace, target);

        /// <summary>x + alpha · target, in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha)
        {
            AddScaled(target, alpha, inPlace: true).Dispose();
            return this;
        }

        /// <summary>Sum with a number, in place.</summary>
        public Tensor add_(Scalar scalar) => InPlace(ScalarOperation.AddInPlace, scalar);

        /// <summary>Difference, in place.</summary>
        public Tensor sub_(Tensor target) => InPlace(BinaryOperation.SubInPlace, target);

        /// <summary>Difference to a number, in place.</summary>
        public Tensor sub_(Scalar target) => InPlace(ScalarOperation.SubInPlace, target);

        /// <summary>Product, in place.</summary>
        public Tensor mul_(Tensor target) => InPlace(BinaryOperation.MulInPlace, target);

        /// <summary>Product with a number, in place.</summary>
        public Tensor mul_(Scalar target) => InPlace(ScalarOperation.MulInPlace, target);

        /// <summary>Quotient, in place.</summary>
        public Tensor div_(Tensor target) => InPlace(BinaryOperation.DivInPlace, target);

        /// <summary>Quotient by a number, in place.</summary>
        public Tensor div_(Scalar target) => InPlace(ScalarOperation.DivInPlace, target);

        /// <summary>x + value · a · b, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => AddC(0, tensor1, tensor2, value);

        /// <summary>x + value · a / b, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => AddC(1, tensor1, tensor2, value);

        /// <summary>All elements set to a number.</summary>
        public Tensor fill_(Scalar value) => InPlace(ScalarOperation.FillInPlace, value);

        /// <summary>All elements set to zero.</summary>
        public Tensor zero_() => InPlace(UnaryOperation.ZeroInPlace);

        /// <summary>Elements overwritten by another tensor's, converted and broadcast.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(BinaryOperation.CopyInPlace, source);

        /// <summary>The tensor takes over the storage and shape of another.</summary>
        public Tensor set_(Tensor source) => InPlace(BinaryOperation.SetInPlace, source);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference to a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference of a number.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => right.WithScalar(ScalarOperation.Rsub, left);

        /// <summary>Elementwise product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>Elementwise quotient.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient by a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient of a number.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.WithScalar(ScalarOperation.Rdiv, left);

        /// <summary>−x.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>True where less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>True where greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>A new tensor by one native operation.</summary>
        internal Tensor Unary(UnaryOperation operation)
        {
            NativeError.Check(NativeMethods.kalm_tensor_unary((int)operation, Native, out TensorHandle result));
            return new Tensor(result);
        }

        /// <summary>A new tensor from this one and another.</summary>
        internal Tensor Binary(BinaryOperation operation, Tensor other)
        {
            int status = NativeMethods.kalm_tensor_binary(
                (int)operation, Native, other.Native, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        /// <summary>A new tensor from this one and a number.</summary>
        internal Tensor WithScalar(ScalarOperation operation, Scalar scalar)
        {
            int status = NativeMethods.kalm_tensor_scalar(
                (int)operation, Native, scalar.Native, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        private Tensor InPlace(UnaryOperation operation)
        {
            NativeError.Check(NativeMethods.kalm_tensor_unary((int)operation, Native, out TensorHandle same));
            same.Dispose();
            return this;
        }

        private Tensor InPlace(BinaryOperation operation, Tensor other)
        {
            int status = NativeMethods.kalm_tensor_binary((int)operation, Native, other.Native, out TensorHandle same);
            NativeError.Check(status);
            same.Dispose();
            return this;
        }

        private Tensor InPlace(ScalarOperation operation, Scalar scalar)
        {
            int status = NativeMethods.kalm_tensor_scalar((int)operation, Native, scalar.Native, out TensorHandle same);
            NativeError.Check(status);
            same.Dispose();
            return this;
        }

        private Tensor AddScaled(Tensor other, Scalar alpha, bool inPlace)
        {
            int status = NativeMethods.kalm_tensor_add_scaled(
                Native, other.Native, alpha.Native, inPlace ? 1 : 0, out TensorHandle result);
            NativeError.Check(status);
            return new Tensor(result);
        }

        private Tensor AddC(int kind, Tensor a, Tensor b, Scalar value)
        {
            int status = NativeMethods.kalm_tensor_addc(
                kind, Native, a.Native, b.Native, value.ToDouble(), out TensorHandle same);
            NativeError.Check(status);
            same.Dispose();
            return this;
        }
    }
}
