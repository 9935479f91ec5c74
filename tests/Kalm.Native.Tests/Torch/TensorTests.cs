using System.Runtime.InteropServices;

namespace Kalm.Native.Tests.Torch;

public sealed class TensorTests
{
    [Fact]
    public void Arithmetic_equals_hand_values()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        Tensor y = torch.tensor(new float[] { 5, 6, 7, 8 }, [2, 2]);

        Assert.Equal([6, 8, 10, 12], (x + y).data<float>().ToArray());
        Assert.Equal([-4, -4, -4, -4], (x - y).data<float>().ToArray());
        Assert.Equal([5, 12, 21, 32], (x * y).data<float>().ToArray());
        Assert.Equal([5, 3, 7f / 3, 2], (y / x).data<float>().ToArray());
        Assert.Equal([19, 22, 43, 50], torch.matmul(x, y).data<float>().ToArray());
        Assert.Equal([9, 8, 7, 6], (10 - x).data<float>().ToArray());
        Assert.Equal([0.5f, 1, 1.5f, 2], (x / 2).data<float>().ToArray());
        Assert.Equal([-1, -2, -3, -4], (-x).data<float>().ToArray());
        Assert.Equal([2, 2, 3, 3], x.clamp(2, 3).data<float>().ToArray());
        Assert.Equal([1, 4, 9, 16], x.pow(2).data<float>().ToArray());
    }

    [Fact]
    public void Integer_scalars_keep_integer_tensors()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new long[] { 1, 2 });

        Assert.Equal(ScalarType.Int64, (x + 1).dtype);
        Assert.Equal(ScalarType.Float32, (x + 1.5).dtype);
        Assert.Equal(ScalarType.Int64, torch.arange(3).dtype);
        Assert.Equal(ScalarType.Float32, torch.arange(0, 1, 0.5).dtype);
        Assert.Equal(ScalarType.Int64, torch.full([1], 3).dtype);
    }

    [Fact]
    public void Views_share_memory_and_copies_do_not()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.zeros(2, 3);

        x.narrow(1, 1, 2).fill_(1);
        x.select(0, 1).add_(1);
        x.clone().fill_(9);
        x.transpose(0, 1).select(0, 0).add_(4);

        Assert.Equal([4, 1, 1, 5, 2, 2], x.data<float>().ToArray());
    }

    [Fact]
    public void Index_expressions_name_the_same_elements_as_in_Python()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.arange(24).view(2, 3, 4);

        Assert.Equal([20, 21, 22, 23], x[1, 2].data<long>().ToArray());
        Assert.Equal([3, 7, 11, 15, 19, 23], x[TensorIndex.Ellipsis, -1].reshape(-1).data<long>().ToArray());
        Assert.Equal([5, 6], x[0, 1, 1..3].data<long>().ToArray());
        Assert.Equal([16, 17, 18], x[1, 1, ..^1].data<long>().ToArray());
        Assert.Equal([0, 2], x[0, 0, TensorIndex.Slice(step: 2)].data<long>().ToArray());
        Assert.Equal([1L, 2, 3, 4], x[TensorIndex.None, TensorIndex.Colon].shape[..1].Concat(x.shape));
        Assert.Equal([12, 0], x[torch.tensor(new long[] { 1, 0 }), 0, 0].data<long>().ToArray());

        x[0, 0] = torch.tensor(new long[] { 9, 9, 9, 9 });
        x.index_put_(7, 1, 2, 3);
        Assert.Equal([9, 9, 9, 9, 4], x.reshape(-1).data<long>().ToArray()[..5]);
        Assert.Equal(7, x[1, 2, 3].item<long>());
    }

    [Fact]
    public void Gather_scatter_and_selection_follow_their_indices()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Tensor places = torch.tensor(new long[] { 2, 0 }, [2, 1]);

        Assert.Equal([3, 4], x.gather(1, places).data<float>().ToArray());
        Assert.Equal([3, 1, 6, 4], x.index_select(1, torch.tensor(new long[] { 2, 0 })).data<float>().ToArray());
        Assert.Equal([1, 2, 9, 9, 5, 6], x.clone().scatter_(1, places, torch.full([2, 1], 9f)).data<float>().ToArray());
        Assert.Equal([1, 0, 3, 0, 5, 0], torch.where(x.eq(1).logical_or(x.eq(3)).logical_or(x.eq(5)), x,
            torch.zeros_like(x)).data<float>().ToArray());
        Assert.Equal([0, 0, 3, 4, 5, 6], x.masked_fill(x < 3, 0).data<float>().ToArray());
        Assert.Equal([0, 2, 3, 0, 0, 6], x.triu(1).data<float>().ToArray());
    }

    [Fact]
    public void Reductions_equal_hand_values()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 1, 5, 3, 4, 2, 6 }, [2, 3]);

        Assert.Equal(21, x.sum().ToSingle());
        Assert.Equal([9, 12], x.sum(1).data<float>().ToArray());
        Assert.Equal([2.5f, 3.5f, 4.5f], x.mean([0]).data<float>().ToArray());
        Assert.Equal([1L, 2], x.argmax(1).data<long>().ToArray());
        (Tensor values, Tensor indices) = x.topk(2);
        Assert.Equal([5, 3, 6, 4], values.data<float>().ToArray());
        Assert.Equal([1L, 2, 2, 0], indices.data<long>().ToArray());
        (Tensor largest, Tensor places) = x.max(0);
        Assert.Equal([4, 5, 6], largest.data<float>().ToArray());
        Assert.Equal([1L, 0, 1], places.data<long>().ToArray());
        Assert.Equal([1, 6, 9, 4, 6, 12], x.cumsum(1).data<float>().ToArray());
        Assert.Equal(Math.Sqrt(3.5), x.std().ToDouble(), 1e-6);
        double expected = Math.Log(Math.Exp(1) + Math.Exp(5) + Math.Exp(3));
        Assert.Equal(expected, x.logsumexp(1)[0].ToDouble(), 1e-6);
        Assert.Equal(Math.Exp(5 - expected), x.softmax(1)[0, 1].ToDouble(), 1e-6);
    }

    [Fact]
    public void Join_and_split_are_inverse()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.arange(10);
        Tensor[] parts = x.split(4);

        Assert.Equal([4L, 4, 2], parts.Select(part => part.numel()));
        Assert.Equal(x.data<long>().ToArray(), torch.cat(parts).data<long>().ToArray());
        Assert.Equal([2L, 4], torch.stack(parts[..2]).shape);
    }

    [Fact]
    public void Item_and_data_insist_on_the_element_type()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(1.5f);

        Assert.Equal(1.5f, x.item<float>());
        Assert.Equal(1.5, x.ToDouble());
        Assert.Throws<ArgumentException>(() => x.item<double>());
        Assert.Throws<ArgumentException>(() => torch.zeros(2, 2).item<float>());
    }

    [Fact]
    public void Data_of_a_transposed_tensor_is_in_the_order_of_its_shape()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.arange(6).view(2, 3).t();

        Assert.Equal([0L, 3, 1, 4, 2, 5], x.data<long>().ToArray());
        Assert.Equal(5, x.data<long>()[2, 1]);
        Assert.Throws<InvalidOperationException>(() => x.bytes.Length);
    }

    [Fact]
    public void Span_of_a_tensor_is_its_own_memory()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.zeros(2, 2);

        x.FloatSpan()[3] = 7;

        Assert.Equal(7, x[1, 1].item<float>());
        Assert.Equal(7, MemoryMarshal.Cast<byte, float>(x.bytes)[3]);
        Assert.Throws<ArgumentException>(() => x.Int64Span().Length);
    }

    [Fact]
    public void Same_seed_gives_same_numbers_and_a_saved_state_goes_on()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        float[] first = torch.randn(4).data<float>().ToArray();
        Tensor state = torch.random.get_rng_state();
        float[] second = torch.randn(4).data<float>().ToArray();

        torch.manual_seed(5);
        Assert.Equal(first, torch.randn(4).data<float>().ToArray());
        torch.random.set_rng_state(state);
        Assert.Equal(second, torch.randn(4).data<float>().ToArray());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Bfloat16_rounds_to_8_bits_of_precision()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(1.00390625f).to(ScalarType.BFloat16);

        Assert.Equal(2, x.element_size());
        Assert.Equal(1.0, x.to(ScalarType.Float32).ToDouble());
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        Tensor x = torch.zeros(1);
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Contains("disposed of", Assert.Throws<InvalidOperationException>(() => x + 1).Message);
    }
}
