// Operations of neural networks. Mirrored by Interop/NativeMethods.Nn.cs and the enums of Interop/Operations.cs.
#pragma once

#include "kalm_common.h"

// losses of two tensors
enum kalm_loss_op : int32_t {
    KALM_LOSS_MSE, KALM_LOSS_L1, KALM_LOSS_SMOOTH_L1, KALM_LOSS_HUBER, KALM_LOSS_BCE_WITH_LOGITS,
};
