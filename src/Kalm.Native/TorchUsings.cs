// The one place that decides which binding the backbone is written against: ours (Torch/) or the TorchSharp package.
// Both offer the same names; projects that use tensors link this file.
#pragma warning disable IDE0005 // a project that links this file need not use every name
#if KALM_TORCHSHARP
global using TorchSharp;
global using TorchSharp.Modules;
global using static TorchSharp.torch;
global using F = TorchSharp.torch.nn.functional;
#else
global using Kalm.Native.Torch;
global using Kalm.Native.Torch.Modules;
global using static Kalm.Native.Torch.torch;
global using F = Kalm.Native.Torch.torch.nn.functional;
#endif
