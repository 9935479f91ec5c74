// Optimizer steps and gradient clipping. Mirrored by Interop/NativeMethods.Optim.cs.
#pragma once

#include "kalm_common.h"

// Figures of one Adam step; the same for all tensors of a parameter group.
struct kalm_adam {
    double learning_rate;
    double beta1;
    double beta2;
    double eps;
    double weight_decay;
    int64_t step;       // 1 for the first step
    int32_t decoupled;  // 1 AdamW (decay of the weights), 0 Adam (decay added to the gradient)
    int32_t maximize;   // 1 climbs instead of descending
};
