using Kalm.Native.Interop;

namespace Kalm.Native.Torch;

/// <summary>Optimizers.</summary>
public static partial class torch
{
    /// <summary>Optimizers.</summary>
    public static partial class optim
    {
        /// <summary>Something whose learning rate a schedule may change.</summary>
        public interface ILearningRateController
        {
            /// <summary>Rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>Rate that schedules start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Changes parameters along their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly Parameter[] _parameters;

            /// <summary>An optimizer of a list of parameters.</summary>
            protected Optimizer(IEnumerable<Parameter> parameters)
            {
                _parameters = [.. parameters];
                if (_parameters.Length == 0)
                    throw new ArgumentException("an optimizer expects at least one parameter");
            }

            /// <summary>The group of all parameters.</summary>
            public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

            /// <summary>The parameters in order.</summary>
            protected IReadOnlyList<Parameter> Parameters => _parameters;

            /// <summary>The parameters in order.</summary>
            public IEnumerable<Parameter> parameters() => _parameters;

            /// <summary>Drops all gradients.</summary>
            public virtual void zero_grad() => ZeroGrad(_parameters, setToNone: true);

            /// <summary>One step; a closure computes the loss first.</summary>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Frees the optimizer's own tensors.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees the optimizer's own tensors.</summary>
            protected abstract void Dispose(bool disposing);
        }

        /// <summary>AdamW (Loshchilov and Hutter 2019); the default weight decay is 0, as TorchSharp's.</summary>
        public static AdamW AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            NoAmsgrad(amsgrad);
            return new AdamW(parameters, new AdamOptions(lr, beta1, beta2, eps, weight_decay, maximize));
        }

        /// <summary>Adam (Kingma and Ba 2015).</summary>
        public static Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            NoAmsgrad(amsgrad);
            return new Adam(parameters, new AdamOptions(lr, beta1, beta2, eps, weight_decay, maximize));
        }

        /// <summary>Drops (or zeroes) the gradients of a list of parameters.</summary>
        internal static unsafe void ZeroGrad(IReadOnlyCollection<Parameter> parameters, bool setToNone)
        {
            HandleArray handles = Handles(parameters);
            try
            {
                fixed (nint* list = handles.Pointers)
                    NativeError.Check(NativeMethods.kalm_optim_zero_grad(list, handles.Count, setToNone ? 1 : 0));
            }
            finally
            {
                handles.Dispose();
            }
        }

        // unsupported: amsgrad
        private static void NoAmsgrad(bool amsgrad)
        {
            if (amsgrad)
                throw new NotSupportedException("amsgrad is not part of this binding");
        }
    }
}
