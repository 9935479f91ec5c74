namespace Kalm.Native.Torch;

/// <summary>Learning rates over time.</summary>
public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates over time.</summary>
        public static class lr_scheduler
        {
            /// <summary>The initial rate times a factor of the step number.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda) =>
                new(optimizer, (initial, step) => initial * lr_lambda(step));

            /// <summary>A factor on a straight line from one value to another within total_iters steps.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5) =>
                new(optimizer, (initial, step) => initial
                    * (start_factor + ((end_factor - start_factor) * Math.Min(step, total_iters) / total_iters)));

            /// <summary>Half a cosine wave from the initial rate down to eta_min in T_max steps.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0) =>
                new(optimizer, (initial, step) =>
                    eta_min + ((initial - eta_min) * (1 + Math.Cos(Math.PI * step / T_max)) / 2));

            /// <summary>Sets the learning rate of an optimizer after each step.</summary>
            public sealed class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly Func<double, int, double> _rate;

                /// <summary>A schedule given as a function of initial rate and step number.</summary>
                internal LRScheduler(Optimizer optimizer, Func<double, int, double> rate)
                {
                    _optimizer = optimizer;
                    _rate = rate;
                    Set(0);
                }

                /// <summary>Steps taken.</summary>
                public int last_epoch { get; private set; }

                /// <summary>Goes on by one step, or to the given one.</summary>
                public void step(int? epoch = null) => Set(epoch ?? last_epoch + 1);

                /// <summary>The rates in use.</summary>
                public IEnumerable<double> get_last_lr() => _optimizer.ParamGroups.Select(group => group.LearningRate);

                private void Set(int step)
                {
                    last_epoch = step;
                    foreach (ILearningRateController group in _optimizer.ParamGroups)
                        group.LearningRate = _rate(group.InitialLearningRate, step);
                }
            }
        }
    }
}
