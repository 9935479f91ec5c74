using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class MujocoOracleTests
{
    private const string FallingBall = """
        <mujoco><option timestep="0.01"/><worldbody><geom name="floor" type="plane" size="1 1 .1"/>
        <body name="ball" pos="0 0 1"><freejoint/><geom type="sphere" size=".1" mass="2"/></body></worldbody></mujoco>
        """;

    [SkippableFact]
    public void Oracle_steps_a_falling_ball_as_semi_implicit_Euler_does()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        using MujocoModel model = MujocoModel.FromXml(FallingBall);
        using MujocoData data = new(model);
        data.Step(3);

        // v = -g h n, z = 1 - g h^2 (1 + 2 + 3); rounding of a few additions
        Assert.Equal(-9.81 * 0.03, data.Reals("qvel")[2], 1e-14);
        Assert.Equal(1 - (9.81 * 1e-4 * 6), data.Reals("qpos")[2], 1e-14);
        Assert.Equal(2 * 9.81, data.Reals("qfrc_bias")[2], 1e-12);
        Assert.Equal(2, data.FullInertia()[0], 1e-14);
    }

    [SkippableFact]
    public void Oracle_reports_contacts_and_their_constraint_rows()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        using MujocoModel model = MujocoModel.FromXml(FallingBall);
        using MujocoData data = new(model);
        data.Reals("qpos")[2] = 0.09;
        data.Forward();
        Assert.Equal(1, data.Count("ncon"));
        Assert.Equal(4, data.Count("nefc"));
        Assert.Equal(-0.01, data.Contacts[0].dist, 1e-14);
        Assert.Equal((0, 1), (data.Contacts[0].geom1, data.Contacts[0].geom2));
        Assert.True(data.Reals("efc_force")[0] > 0);
        using MujocoData copy = new(model);
        copy.CopyFrom(data);
        Assert.Equal(data.Reals("qacc").ToArray(), copy.Reals("qacc").ToArray());
    }

    [SkippableFact]
    public void Oracle_hands_on_MuJoCos_error_for_a_bad_model()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => MujocoModel.FromXml("<mujoco><worldbody><geom type=\"sphere\" size=\"-1\"/></worldbody></mujoco>"));
        Assert.Contains("must be positive", error.Message, StringComparison.Ordinal);
    }
}
