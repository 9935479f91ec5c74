using System.Runtime.CompilerServices;

// kernels keep vectors on the stack, and clearing them first costs as much as some of the methods themselves
[module: SkipLocalsInit]

namespace Kalm.Kernels.Lanes;
