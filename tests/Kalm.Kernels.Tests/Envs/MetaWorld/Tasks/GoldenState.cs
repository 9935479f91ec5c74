namespace Kalm.Kernels.Tests.Envs.MetaWorld.Tasks;

/// <summary>One state and what the original computed from it.</summary>
internal sealed record GoldenState
{
    /// <summary>Number of the reset the state belongs to.</summary>
    public required int Reset { get; init; }

    /// <summary>Positions of the common handles, 3 numbers each.</summary>
    public required double[] Common { get; init; }

    /// <summary>Per handle position, matrix, quaternion as far as it has them and somebody reads them; coordinate and
    /// velocity of a joint.</summary>
    public required double?[][] Handles { get; init; }

    public required double[] Action { get; init; }

    public required double Touching { get; init; }

    public required double[] Memory { get; init; }

    /// <summary>Goal position; null: that of the reset.</summary>
    public double[]? Target { get; init; }

    /// <summary>The clipped observation, (39).</summary>
    public required double[] Observation { get; init; }

    /// <summary>Expected: the current part of the observation, not clipped, (18).</summary>
    public required double[] Frame { get; init; }

    /// <summary>Expected: reward version 2.</summary>
    public required double Reward { get; init; }

    /// <summary>Expected: reward version 1.</summary>
    public required double FirstReward { get; init; }

    /// <summary>
    /// Expected: success, near_object, grasp_success, grasp_reward, in_place_reward, obj_to_target.
    /// </summary>
    public required double[] Info { get; init; }

    /// <summary>Expected: the memory after version 2.</summary>
    public required double[] MemoryAfter { get; init; }

    /// <summary>Expected: the memory after version 1.</summary>
    public required double[] FirstMemoryAfter { get; init; }

    /// <summary>Expected: the expert's action.</summary>
    public required double[] Policy { get; init; }
}
