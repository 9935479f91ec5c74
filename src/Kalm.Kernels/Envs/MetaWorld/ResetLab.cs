using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;
using Kalm.Kernels.Models;
using Kalm.Kernels.Physics;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// Finds the state a task's reset leaves behind, in a small simulation of the environment's lane type. Source: reset of
/// metaworld/sawyer_xyz_env.py: reset_model, mj_resetData, reset_model again, each of which first takes the hand to its
/// place in 50 times 5 simulation steps.
/// </summary>
/// <remarks>
/// <para>
/// The first pass matters by the places it gives to bodies and sites, which mj_resetData does not take back. The way
/// of the hand does not depend on them, so it is simulated once; only the last of its steps runs again for every
/// goal, because tasks read positions of that step. Where the hand meets what was moved, it is simulated for every
/// goal, a bundle of goals side by side.
/// </para>
/// <para>
/// The first pass of the original begins where the last episode ended; here it begins at the reference pose.
/// </para>
/// </remarks>
internal sealed class ResetLab : IDisposable
{
    private const int HandSteps = 50 * StepRows.Substeps;
    private readonly TaskEntry _task;
    private readonly TaskLayout _layout;
    private readonly Simulation _simulation;
    private readonly bool _full;
    private readonly double[] _begin;
    private readonly double[] _hand;

    /// <summary>Simulates the way of the hand.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">Its scene.</param>
    /// <param name="kind">Lane type.</param>
    /// <param name="launcher">Runs the kernels.</param>
    /// <param name="full">Whether to simulate the hand for every goal even where its way is always the same.</param>
    public ResetLab(TaskEntry task, Model model, LaneKind kind, ILauncher launcher, bool full = false)
    {
        _task = task;
        _full = full || task.Spec.HandMeetsObject;
        _layout = new TaskLayout(task.Spec, model, RewardVersion.V2);
        _simulation = new Simulation(_layout.Simulation, kind.Width(), kind, launcher);
        DataRows data = _layout.Simulation.DataRows;
        Point hand = task.Spec.HandInit;
        _simulation.Write(0, data.mocap_pos, [hand.X, hand.Y, hand.Z]);
        _simulation.Write(0, data.mocap_quat, [1, 0, 1, 0]);
        _simulation.Write(0, data.ctrl, [-1, 1]);
        _begin = Read(0);
        Load(_begin);
        _simulation.Step(HandSteps - 1);
        _hand = Read(0);
    }

    /// <summary>The state after a reset.</summary>
    /// <param name="vectors">Random vectors of the two passes.</param>
    public double[] Prepare((double[] First, double[] Second) vectors) => Prepare([vectors])[0];

    /// <summary>The states after several resets.</summary>
    /// <param name="vectors">Random vectors of the two passes of each.</param>
    public double[][] Prepare(IReadOnlyList<(double[] First, double[] Second)> vectors)
    {
        double[][] states = new double[vectors.Count][];
        int width = _simulation.Count;
        for (int first = 0; first < vectors.Count; first += width)
        {
            int count = Math.Min(width, vectors.Count - first);
            WorldReset[] scenes = new WorldReset[count];
            double[][] hands = new double[count][];
            for (int i = 0; i < count; i++)
            {
                scenes[i] = new WorldReset(_layout, _simulation);
                Pass(scenes[i], _hand, vectors[first + i].First);
                hands[i] = (double[])(_full ? _begin : _hand).Clone();
                Array.Copy(Read(0), _layout.MovedAt, hands[i], _layout.MovedAt, _layout.MovedSize);
            }

            if (_full) MoveHands(hands);
            for (int i = 0; i < count; i++)
            {
                Pass(scenes[i], hands[i], vectors[first + i].Second);
                scenes[i].End();
                _task.Observe(_simulation, _layout.At);
                states[first + i] = Read(0);
            }
        }

        return states;
    }

    /// <summary>Frees the worlds.</summary>
    public void Dispose() => _simulation.Dispose();

    /// <summary>One reset_model from the hand's last step on.</summary>
    private void Pass(WorldReset scene, double[] hand, double[] vector)
    {
        Load(hand);
        _simulation.Step();
        scene.Begin(vector);
        _task.Reset(scene);
    }

    /// <summary>Simulates the way of the hand in several worlds at once, up to its last step.</summary>
    private void MoveHands(double[][] hands)
    {
        Load(_begin);
        for (int i = 0; i < hands.Length; i++) _layout.SetState(_simulation.Worlds, i, hands[i]);
        _simulation.Place();
        _simulation.Step(HandSteps - 1);
        for (int i = 0; i < hands.Length; i++) hands[i] = Read(i);
    }

    private void Load(double[] state)
    {
        for (int world = 0; world < _simulation.Count; world++)
            _layout.SetState(_simulation.Worlds, world, state);
        _simulation.Place();
    }

    private double[] Read(int world)
    {
        double[] state = new double[_layout.StateSize];
        _layout.GetState(_simulation.Worlds, world, state);
        return state;
    }
}
