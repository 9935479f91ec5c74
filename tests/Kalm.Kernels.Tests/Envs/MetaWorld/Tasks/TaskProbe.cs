using System.Runtime.InteropServices;
using Kalm.Kernels.Envs.MetaWorld;
using Kalm.Kernels.Lanes;

namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>Runs a task and its expert on rows that hold nothing but what they may look at.</summary>
internal sealed unsafe class TaskProbe<TTask, TPolicy> : ITaskProbe
    where TTask : struct, ITask
    where TPolicy : struct, IPolicy
{
    // position, matrix, quaternion; a joint uses the first two
    private const int HandleRows = 16;

    public TaskSpec Spec => TTask.Spec;

    private static int HandleCount => CommonHandles.Count + TTask.Spec.Handles.Count;

    private static SceneRows At => new(0, 0);

    public void Reset(ResetScene scene) => TTask.Reset(scene);

    public TaskResult[] RunNarrow(GoldenTask golden) => Run<Lane1d>(golden);

    public TaskResult[] RunWide(GoldenTask golden) => Run<Lane4d>(golden);

    public TaskResult[] RunFloat(GoldenTask golden) => Run<Lane8>(golden);

    private static TaskResult[] Run<TLane>(GoldenTask golden)
        where TLane : unmanaged, ILane<TLane>
    {
        TaskResult[] results = new TaskResult[golden.States.Length];
        int count = SceneRows.Count + (HandleRows * HandleCount);
        byte* rows = (byte*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(TLane)), 64);
        try
        {
            for (int first = 0; first < results.Length; first += TLane.Width)
                RunBundle<TLane>(golden, first, results, new Span<byte>(rows, count * sizeof(TLane)));
        }
        finally
        {
            NativeMemory.AlignedFree(rows);
        }

        return results;
    }

    private static void RunBundle<TLane>(GoldenTask golden, int first, TaskResult[] results, Span<byte> memory)
        where TLane : unmanaged, ILane<TLane>
    {
        int[] table = Table();
        fixed (int* integers = table)
        fixed (byte* numbers = memory)
        {
            BundleRows<TLane> rows = new(numbers, null, integers);
            TaskView<TLane, BundleRows<TLane>> view = new(rows, At);

            Fill<TLane>(golden, first, memory);
            memory.Slice(SceneRows.Observation * sizeof(TLane), 39 * sizeof(TLane)).Clear();
            TTask.Observe<TLane, BundleRows<TLane>>(view);
            double[][] frames = Columns<TLane>(memory, SceneRows.Observation, 18);

            Fill<TLane>(golden, first, memory);
            Evaluation<TLane> evaluation = TTask.Evaluate<TLane, BundleRows<TLane>>(view);
            double[][] after = Columns<TLane>(memory, SceneRows.Memory, SceneRows.MemorySize);
            double[][] judged = Lanes(
                evaluation.Reward, RewardTools.Flag(evaluation.Success), evaluation.NearObject, evaluation.GraspSuccess,
                evaluation.GraspReward, evaluation.InPlaceReward, evaluation.ObjToTarget);

            Fill<TLane>(golden, first, memory);
            double[][] firstReward = Lanes(TTask.EvaluateV1<TLane, BundleRows<TLane>>(view));
            double[][] firstAfter = Columns<TLane>(memory, SceneRows.Memory, SceneRows.MemorySize);

            Fill<TLane>(golden, first, memory);
            PolicyAction<TLane> action = TPolicy.Act<TLane, BundleRows<TLane>>(view.Observation);
            double[][] policy = Lanes(action.Delta.X, action.Delta.Y, action.Delta.Z, action.Grip);

            for (int w = 0; w < TLane.Width && first + w < results.Length; w++)
            {
                results[first + w] = new()
                {
                    Frame = frames[w],
                    Reward = judged[w][0],
                    FirstReward = firstReward[w][0],
                    Info = judged[w][1..],
                    MemoryAfter = after[w],
                    FirstMemoryAfter = firstAfter[w],
                    Policy = policy[w],
                };
            }
        }
    }

    private static int[] Table()
    {
        int[] table = new int[SceneRows.HandleStride * HandleCount];
        for (int handle = 0; handle < HandleCount; handle++)
        {
            int row = SceneRows.Count + (HandleRows * handle);
            bool joint = handle >= CommonHandles.Count
                && TTask.Spec.Handles[handle - CommonHandles.Count].StartsWith("joint:", StringComparison.Ordinal);
            table[SceneRows.HandleStride * handle] = row;
            table[(SceneRows.HandleStride * handle) + 1] = row + (joint ? 1 : 3);
            table[(SceneRows.HandleStride * handle) + 2] = row + 12;
        }

        return table;
    }

    // the rows of one bundle: worlds beyond the last state repeat it
    private static void Fill<TLane>(GoldenTask golden, int first, Span<byte> memory)
        where TLane : unmanaged, ILane<TLane>
    {
        // all bits set is NaN: what a task must not read
        memory.Fill(0xff);
        for (int w = 0; w < TLane.Width; w++)
        {
            GoldenState state = golden.States[Math.Min(first + w, golden.States.Length - 1)];
            GoldenReset reset = golden.Resets[state.Reset];
            Put<TLane>(memory, w, SceneRows.Action, state.Action);
            Put<TLane>(memory, w, SceneRows.Observation, state.Observation);
            Put<TLane>(memory, w, SceneRows.Target, state.Target ?? reset.Target);
            Put<TLane>(memory, w, SceneRows.ObjectInit, reset.Object);
            Put<TLane>(memory, w, SceneRows.TcpInit, reset.Tcp);
            Put<TLane>(memory, w, SceneRows.Memory, state.Memory);
            Put<TLane>(memory, w, SceneRows.Touching, [state.Touching]);
            Put<TLane>(memory, w, SceneRows.Active, [1]);
            for (int i = 0; i < CommonHandles.Count; i++)
            {
                double[] position = state.Common[(3 * i)..((3 * i) + 3)];
                Put<TLane>(memory, w, SceneRows.Count + (HandleRows * i), position);
            }

            for (int i = 0; i < state.Handles.Length; i++)
            {
                double[] pose = [.. state.Handles[i].Select(number => number ?? double.NaN)];
                Put<TLane>(memory, w, SceneRows.Count + (HandleRows * (CommonHandles.Count + i)), pose);
            }
        }
    }

    private static void Put<TLane>(Span<byte> memory, int world, int row, double[] values)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < values.Length; i++)
        {
            int index = ((row + i) * TLane.Width) + world;
            if (TLane.ScalarSize == sizeof(float)) MemoryMarshal.Cast<byte, float>(memory)[index] = (float)values[i];
            else MemoryMarshal.Cast<byte, double>(memory)[index] = values[i];
        }
    }

    private static double[][] Columns<TLane>(Span<byte> memory, int row, int count)
        where TLane : unmanaged, ILane<TLane>
    {
        double[][] columns = new double[TLane.Width][];
        for (int w = 0; w < TLane.Width; w++)
        {
            columns[w] = new double[count];
            for (int i = 0; i < count; i++) columns[w][i] = Get<TLane>(memory, ((row + i) * TLane.Width) + w);
        }

        return columns;
    }

    private static double[][] Lanes<TLane>(params TLane[] lanes)
        where TLane : unmanaged, ILane<TLane>
    {
        double[][] columns = new double[TLane.Width][];
        for (int w = 0; w < TLane.Width; w++)
        {
            columns[w] = new double[lanes.Length];
            for (int i = 0; i < lanes.Length; i++)
            {
                TLane lane = lanes[i];
                columns[w][i] = Get<TLane>(new Span<byte>(&lane, sizeof(TLane)), w);
            }
        }

        return columns;
    }

    private static double Get<TLane>(Span<byte> memory, int index)
        where TLane : unmanaged, ILane<TLane> =>
        TLane.ScalarSize == sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(memory)[index]
            : MemoryMarshal.Cast<byte, double>(memory)[index];
}
