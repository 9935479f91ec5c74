using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Gradients of tensors.</summary>
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether autograd tracks the tensor.</summary>
        public bool requires_grad
        {
            get => Describe().RequiresGrad != 0;
            set => NativeError.Check(NativeMethods.kalm_tensor_set_requires_grad(Native, value ? 1 : 0));
        }

        /// <summary>The gradient that backward passes added up; null when there is none.</summary>
        public Tensor? grad
        {
            get
            {
                NativeError.Check(NativeMethods.kalm_tensor_grad(Native, out TensorHandle result));
                return result.IsInvalid ? null : new Tensor(result);
            }
            set => NativeError.Check(NativeMethods.kalm_tensor_set_grad(Native, value?.Native ?? TensorHandle.None));
        }

        /// <summary>Turns tracking on or off.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Turns tracking on or off.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => NativeError.Check(NativeMethods.kalm_tensor_retain_grad(Native));

        /// <summary>The same values, untracked.</summary>
        public Tensor detach() => Unary(UnaryOperation.Detach);

        /// <summary>Cuts the tensor out of its graph.</summary>
        public Tensor detach_() => InPlace(UnaryOperation.DetachInPlace);

        /// <summary>Gradients of this one-element tensor, added to the leaves.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Gradients of the leaves, given the gradient with respect to this tensor.</summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }

    /// <summary>Automatic differentiation.</summary>
    public static class autograd
    {
        /// <summary>
        /// Adds the gradients of <paramref name="tensors"/> to the leaves. Each tensor may come with the gradient of
        /// some later quantity with respect to it; without one it has to have one element.
        /// </summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            HandleArray outputs = Handles(tensors);
            HandleArray upstream = Handles(grad_tensors ?? []);
            HandleArray leaves = Handles(inputs ?? []);
            try
            {
                if (grad_tensors is not null && grad_tensors.Count != tensors.Count)
                    throw new ArgumentException($"expected {tensors.Count} gradients, found {grad_tensors.Count}");
                fixed (nint* output = outputs.Pointers, grad = upstream.Pointers, leaf = leaves.Pointers)
                {
                    int status = NativeMethods.kalm_autograd_backward(
                        output, grad_tensors is null ? null : grad, outputs.Count,
                        retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, leaf, leaves.Count);
                    NativeError.Check(status);
                }
            }
            finally
            {
                outputs.Dispose();
                upstream.Dispose();
                leaves.Dispose();
            }
        }

        /// <summary>Gradients of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
        public static unsafe IList<Tensor?> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            HandleArray from = Handles(outputs);
            HandleArray upstream = Handles(grad_outputs ?? []);
            HandleArray to = Handles(inputs);
            try
            {
                if (grad_outputs is not null && grad_outputs.Count != outputs.Count)
                    throw new ArgumentException($"expected {outputs.Count} gradients, found {grad_outputs.Count}");
                var results = new nint[inputs.Count];
                fixed (nint* output = from.Pointers, grad = upstream.Pointers, input = to.Pointers, result = results)
                {
                    int status = NativeMethods.kalm_autograd_grad(
                        output, grad_outputs is null ? null : grad, from.Count, input, to.Count, retain_graph ? 1 : 0,
                        create_graph ? 1 : 0, allow_unused ? 1 : 0, result);
                    NativeError.Check(status);
                }

                return Array.ConvertAll(results, one => one == 0 ? null : new Tensor(new TensorHandle(one)));
            }
            finally
            {
                from.Dispose();
                upstream.Dispose();
                to.Dispose();
            }
        }
    }

    /// <summary>The handles of a list of tensors.</summary>
    internal static HandleArray Handles<T>(IEnumerable<T> tensors)
        where T : Tensor
    {
        IReadOnlyCollection<T> list = tensors as IReadOnlyCollection<T> ?? tensors.ToArray();
        var handles = new HandleArray(list.Count);
        foreach (T tensor in list)
            handles.Add(tensor.Native);
        return handles;
    }
}
