using Kalm.Kernels.Learning;

namespace Kalm.Kernels.Tests.Learning;

/// <summary>
/// Every product equals the naive loop bit for bit: both are one chain of fused multiply-adds in the order of the
/// reduction, so no tolerance is needed.
/// </summary>
public unsafe class GemmTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 8, 32, 32 }, { 7, 10, 40 }, { 32, 778, 256 }, { 100, 256, 40 }, { 13, 300, 65 }, { 64, 513, 33 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Product_equals_the_naive_chain(int m, int k, int n)
    {
        Random random = new(1);
        using AlignedFloats x = AlignedFloats.Random(m * k, random), w = AlignedFloats.Random(k * n, random);
        using AlignedFloats bias = AlignedFloats.Random(PackedMatrix.PaddedColumns(n), random);
        using AlignedFloats packed = new(PackedMatrix.Length(k, n)), y = new(m * n), expected = new(m * n);
        PackedMatrix matrix = new(packed.Pointer, k, n);
        matrix.Pack(w.Span, n);
        GemmOptions options = new() { Bias = bias.Pointer, Activation = Activation.Relu };
        Gemm.Multiply(x.Pointer, k, m, matrix, y.Pointer, n, options);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float sum = 0;
                for (int c = 0; c < k; c++) sum = MathF.FusedMultiplyAdd(x.Span[(i * k) + c], w.Span[(c * n) + j], sum);
                expected.Span[(i * n) + j] = Math.Max(sum + bias.Span[j], 0);
            }
        }

        Assert.Equal(expected.Span.ToArray(), y.Span.ToArray());
    }

    [Fact]
    public void Row_segments_accumulate_to_the_whole_product()
    {
        Random random = new(2);
        const int M = 9, K = 26, N = 40;
        using AlignedFloats x = AlignedFloats.Random(M * K, random), w = AlignedFloats.Random(K * N, random);
        using AlignedFloats packed = new(PackedMatrix.Length(K, N)), whole = new(M * N), parts = new(M * N);
        PackedMatrix matrix = new(packed.Pointer, K, N);
        matrix.Pack(w.Span, N);
        Gemm.Multiply(x.Pointer, K, M, matrix, whole.Pointer, N);
        Gemm.Multiply(x.Pointer, K, M, matrix.Slice(0, 16), parts.Pointer, N);
        GemmOptions goOn = new() { Start = parts.Pointer, StartStride = N };
        Gemm.Multiply(x.Pointer + 16, K, M, matrix.Slice(16, 10), parts.Pointer, N, goOn);
        Assert.Equal(whole.Span.ToArray(), parts.Span.ToArray());
    }

    [Fact]
    public void Panel_ranges_and_scattered_rows_give_the_whole_product()
    {
        Random random = new(3);
        const int M = 21, K = 40, N = 100;
        using AlignedFloats x = AlignedFloats.Random(M * K, random), w = AlignedFloats.Random(K * N, random);
        using AlignedFloats packed = new(PackedMatrix.Length(K, N)), whole = new(M * N), parts = new(M * N);
        PackedMatrix matrix = new(packed.Pointer, K, N);
        matrix.Pack(w.Span, N);
        Gemm.Multiply(x.Pointer, K, M, matrix, whole.Pointer, N);
        float** rows = stackalloc float*[M];
        for (int i = 0; i < M; i++) rows[i] = x.Pointer + (i * K);
        Gemm.Multiply(rows, M, matrix, parts.Pointer, N, new() { PanelCount = 1 });
        Gemm.Multiply(rows, M, matrix, parts.Pointer, N, new() { FirstPanel = 1, PanelCount = 3 });
        Assert.Equal(whole.Span.ToArray(), parts.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Weight_gradient_and_column_sums_equal_the_naive_chains(int m, int k, int n)
    {
        Random random = new(4);
        int kp = PackedMatrix.PaddedRows(k), np = PackedMatrix.PaddedColumns(n);
        using AlignedFloats x = new(m * kp), dy = new(m * np), sums = new(np);
        for (int i = 0; i < m; i++)
        {
            for (int c = 0; c < k; c++) x.Span[(i * kp) + c] = random.NextSingle() - 0.5f;
            for (int j = 0; j < n; j++) dy.Span[(i * np) + j] = random.NextSingle() - 0.5f;
        }

        using AlignedFloats packed = AlignedFloats.Random(PackedMatrix.Length(k, n), random);
        PackedMatrix dw = new(packed.Pointer, k, n);
        GradientInput input = GradientInput.RowMajor(x.Pointer, kp);
        Gemm.WeightGradient(input, m, dy.Pointer, np, dw, 0, dw.PanelCount);
        Gemm.ColumnSums(dy.Pointer, np, m, sums.Pointer, 0, dw.PanelCount);
        for (int j = 0; j < n; j++)
        {
            for (int c = 0; c < k; c++)
            {
                float sum = 0;
                for (int i = 0; i < m; i++)
                    sum = MathF.FusedMultiplyAdd(x.Span[(i * kp) + c], dy.Span[(i * np) + j], sum);
                Assert.Equal(sum, *dw.Element(c, j));
            }

            float column = 0;
            for (int i = 0; i < m; i++) column += dy.Span[(i * np) + j];
            Assert.Equal(column, sums.Span[j]);
        }
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void Gate_multiplies_by_the_derivative_of_the_activation(Activation activation)
    {
        Random random = new(7);
        const int M = 9, K = 12, N = 40, Stride = 64;
        using AlignedFloats x = AlignedFloats.Random(M * K, random), w = AlignedFloats.Random(K * N, random);
        using AlignedFloats packed = new(PackedMatrix.Length(K, N)), plain = new(M * N), gated = new(M * N);
        using AlignedFloats h = AlignedFloats.Random(M * Stride, random);
        PackedMatrix matrix = new(packed.Pointer, K, N);
        matrix.Pack(w.Span, N);
        Gemm.Multiply(x.Pointer, K, M, matrix, plain.Pointer, N);
        Gemm.Multiply(
            x.Pointer, K, M, matrix, gated.Pointer, N,
            new() { Activation = activation, Gate = h.Pointer, GateStride = Stride });
        for (int i = 0; i < M * N; i++)
        {
            float at = h.Span[(i / N * Stride) + (i % N)];
            float slope = activation == Activation.Tanh ? MathF.FusedMultiplyAdd(-at, at, 1) : at > 0 ? 1 : 0;
            Assert.Equal(plain.Span[i] * slope, gated.Span[i]);
        }
    }

    [Theory]
    [InlineData(256, 40)]
    [InlineData(40, 256)]
    [InlineData(33, 65)]
    public void Transpose_moves_every_element(int k, int n)
    {
        Random random = new(5);
        using AlignedFloats w = AlignedFloats.Random(k * n, random);
        using AlignedFloats packed = new(PackedMatrix.Length(k, n)), turned = new(PackedMatrix.Length(n, k));
        PackedMatrix matrix = new(packed.Pointer, k, n), transposed = new(turned.Pointer, n, k);
        matrix.Pack(w.Span, n);
        Gemm.Transpose(matrix, transposed, 0, transposed.PanelCount);
        for (int row = 0; row < k; row++)
        {
            for (int column = 0; column < n; column++)
                Assert.Equal(w.Span[(row * n) + column], *transposed.Element(column, row));
        }
    }

    [Fact]
    public void Linear_layer_weights_survive_packing()
    {
        Random random = new(6);
        const int K = 50, N = 40;
        using AlignedFloats outIn = AlignedFloats.Random(N * K, random), packed = new(PackedMatrix.Length(K, N));
        PackedMatrix matrix = new(packed.Pointer, K, N);
        matrix.PackTransposed(outIn.Span, K);
        float[] back = new float[N * K];
        matrix.UnpackTransposed(back, K);
        Assert.Equal(outIn.Span.ToArray(), back);
    }
}
