namespace Kalm.Kernels.Tests.Physics;

/// <summary>Scenes that exercise every part of the engine, and random states for them.</summary>
internal static class TestScenes
{
    /// <summary>
    /// An arm of hinges and slides with off-center bodies and limits, a tumbling free body, loose balls.
    /// </summary>
    public const string Machine = """
        <mujoco model="machine">
          <compiler angle="radian"/>
          <option timestep="0.004" iterations="50" impratio="1.5"/>
          <default><geom friction="0.7 0.1 0.1" margin="0.01"/></default>
          <worldbody>
            <geom name="floor" type="plane" size="5 5 0.1" pos="0 0 -0.3"
                  solref="0.03 0.8" solimp="0.8 0.95 0.01 0.4 3"/>
            <geom name="ramp" type="plane" size="5 5 0.1" pos="-0.8 0 0" euler="0 0.9 0" gap="0.004" condim="1"/>
            <body name="post" pos="0.3 0.1 0.2" euler="0.1 0.2 0.3">
              <geom name="post" type="sphere" size="0.1" solmix="2"/>
            </body>
            <body name="upper" pos="0 0 0.5" quat="0.9 0.1 0.2 0.3">
              <joint name="turn" type="hinge" axis="0.1 0.2 1" pos="0.05 0 0.02" damping="0.3"
                     limited="true" range="-1.2 1.1"/>
              <joint name="tilt" type="hinge" axis="1 0 0" damping="0.1" armature="0.02"/>
              <geom name="upper" type="sphere" size="0.06" pos="0.1 0.05 -0.02" density="800"/>
              <geom name="upper2" type="sphere" size="0.05" pos="-0.1 0.02 0.04" density="900"/>
              <body name="fore" pos="0.25 0 0" euler="0.3 -0.2 0.5">
                <joint name="reach" type="slide" axis="1 0.3 0" damping="2"
                       limited="true" range="-0.1 0.12" margin="0.01"/>
                <geom name="fore" type="sphere" size="0.05" pos="0.05 0 0.03" density="700"/>
                <body name="hand" pos="0.2 0.02 0">
                  <joint name="wrist" type="hinge" axis="0 1 0" pos="-0.02 0 0"/>
                  <geom name="hand" type="sphere" size="0.04" pos="0 0 -0.03" priority="1" friction="0.3 0.1 0.1"/>
                  <geom name="finger" type="sphere" size="0.03" pos="0.07 0.03 0.02"/>
                </body>
              </body>
            </body>
            <body name="dumbbell" pos="0.4 0.3 0.1">
              <freejoint name="dumbbell"/>
              <geom name="left" type="sphere" size="0.08" pos="0.1 0.02 0"/>
              <geom name="right" type="sphere" size="0.05" pos="-0.12 0 0.03"/>
            </body>
            <body name="ball" pos="0.1 -0.3 0">
              <joint name="ball" type="free" damping="0.2" armature="0.01"/>
              <geom name="ball" type="sphere" size="0.1" density="500"/>
            </body>
            <body name="ball2" pos="-0.3 0.3 0">
              <freejoint name="ball2"/>
              <geom name="ball2" type="sphere" size="0.12" density="300" condim="1"/>
            </body>
          </worldbody>
          <actuator>
            <motor name="turn" joint="turn" gear="2" ctrllimited="true" ctrlrange="-1 1"/>
            <motor name="wrist" joint="wrist"/>
          </actuator>
        </mujoco>
        """;

    /// <summary>The same machine with elliptic cones; contacts with one, three and four coordinates.</summary>
    public static string Elliptic { get; } = Machine
        .Replace("impratio=\"1.5\"", "impratio=\"1.5\" cone=\"elliptic\"", StringComparison.Ordinal)
        .Replace("<default><geom friction=\"0.7 0.1 0.1\"", "<default><geom friction=\"0.7 0.05 0.1\" condim=\"4\"",
            StringComparison.Ordinal)
        .Replace("size=\"0.1\" density=\"500\"", "size=\"0.1\" density=\"500\" condim=\"3\" priority=\"2\"",
            StringComparison.Ordinal)
        .Replace("density=\"300\" condim=\"1\"", "density=\"300\" condim=\"1\" priority=\"2\"",
            StringComparison.Ordinal);

    /// <summary>
    /// The same with welds: from a mocap body to the hand and to the dumbbell, and from a loose ball to the arm.
    /// </summary>
    public static string Tethered { get; } = Elliptic
        .Replace("<body name=\"post\"", """
            <body name="guide" mocap="true" pos="0.3 -0.1 0.4" quat="0.9 0.1 -0.2 0.3"/><body name="post"
            """, StringComparison.Ordinal)
        .Replace("<actuator>", """
            <equality>
              <weld body1="guide" body2="hand" solref="0.03 1" torquescale="5"/>
              <weld body1="ball" body2="fore" solimp="0.8 0.9 0.3 0.5 2" anchor="0.1 0.02 0.3" torquescale="0.3"/>
              <weld body1="dumbbell" body2="guide" relpose="0.1 0.2 0 0.5 0.5 0.2 0.1"/>
            </equality><actuator>
            """, StringComparison.Ordinal);

    /// <summary>A state near the reference pose with everything in motion.</summary>
    public static (double[] Qpos, double[] Qvel, double[] Ctrl) Near(
        Kalm.Kernels.Models.Model model, Random random, double spread)
    {
        double[] qpos = [.. model.qpos0.Select(x => x + (spread * ((2 * random.NextDouble()) - 1)))];
        double[] qvel = [.. Enumerable.Range(0, model.nv).Select(_ => (4 * random.NextDouble()) - 2)];
        double[] ctrl = [.. Enumerable.Range(0, model.nu).Select(_ => (4 * random.NextDouble()) - 2)];
        return (qpos, qvel, ctrl);
    }

    /// <summary>
    /// A CLEVR-Robot scene: balls crowded on the table and against the walls, some at rest, the pusher inside one of
    /// them with a push in one of eight directions, as the environment places it.
    /// </summary>
    public static (double[] Qpos, double[] Qvel, double[] Ctrl) Clevr(Random random)
    {
        double[] qpos = new double[37];
        double[] qvel = new double[32];
        bool moving = random.NextDouble() < 0.5;
        for (int ball = 0; ball < 5; ball++)
        {
            PlaceBall(qpos, ball, random);
            double[] turn = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5)];
            double length = Math.Sqrt(turn.Sum(x => x * x));
            for (int k = 0; k < 4; k++) qpos[(7 * ball) + 3 + k] = turn[k] / length;
            for (int k = 0; k < 6 && moving; k++)
                qvel[(6 * ball) + k] = (random.NextDouble() - 0.5) * (k == 2 ? 0.05 : 1);
        }

        int pushed = random.Next(5);
        double angle = random.Next(8) * Math.PI / 4;
        double scale = random.Next(2) == 0 ? 1 : 1.1;
        qpos[35] = qpos[7 * pushed] - (0.15 * Math.Cos(angle));
        qpos[36] = qpos[(7 * pushed) + 1] - (0.15 * Math.Sin(angle));
        return (qpos, qvel, [scale * Math.Cos(angle), scale * Math.Sin(angle)]);
    }

    private static void PlaceBall(double[] qpos, int ball, Random random)
    {
        // balls of radius 0.13 may touch but not overlap by more than 2 mm
        for (int attempt = 0; attempt < 200; attempt++)
        {
            qpos[7 * ball] = (0.94 * random.NextDouble()) - 0.47;
            qpos[(7 * ball) + 1] = (0.74 * random.NextDouble()) - 0.17;
            if (ball > 0 && random.NextDouble() < 0.5)
            {
                // beside an earlier ball, touching it or almost
                int neighbor = random.Next(ball);
                double side = 2 * Math.PI * random.NextDouble();
                double gap = 0.2585 + (0.006 * random.NextDouble());
                qpos[7 * ball] = Math.Clamp(qpos[7 * neighbor] + (gap * Math.Cos(side)), -0.472, 0.472);
                qpos[(7 * ball) + 1] = Math.Clamp(qpos[(7 * neighbor) + 1] + (gap * Math.Sin(side)), -0.172, 0.572);
            }

            qpos[(7 * ball) + 2] = -0.195 + (random.NextDouble() < 0.8 ? 0.0 : 0.02);
            bool free = true;
            for (int other = 0; other < ball; other++)
            {
                double x = qpos[7 * ball] - qpos[7 * other];
                double y = qpos[(7 * ball) + 1] - qpos[(7 * other) + 1];
                free &= Math.Sqrt((x * x) + (y * y)) > 0.258;
            }

            if (free) return;
        }
    }
}
