namespace Kalm.Native.Torch.Modules;

/// <summary>A tensor that an optimizer changes. In no scope: the module that holds it frees it.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes over the tensor, which is empty from then on.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data) => this.requires_grad = requires_grad;
}
