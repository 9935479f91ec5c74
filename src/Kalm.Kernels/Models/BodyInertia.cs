namespace Kalm.Kernels.Models;

/// <summary>Gives the bodies of a scene their mass and inertia (MuJoCo: mjCBody::Compile, user_objects.cc).</summary>
internal static class BodyInertia
{
    // least mass and inertia of what moves (MuJoCo: mjMINVAL)
    private const double MinVal = 1e-15;

    /// <summary>Fills in what no inertial element gave, and checks all.</summary>
    /// <param name="bodies">All bodies, the world first.</param>
    /// <param name="settings">Compiler settings.</param>
    public static void Finish(IReadOnlyList<SceneBody> bodies, MjcfSettings settings)
    {
        foreach (SceneBody body in bodies.Skip(1))
        {
            if (settings.InertiaFromGeom ?? body.Inertia is null)
            {
                (int lowest, int highest) = settings.InertiaGroups;
                SceneGeom[] geoms = [.. body.Geoms.Where(geom => geom.Group >= lowest && geom.Group <= highest)];
                body.Inertia = GeomInertia.Combine(body, geoms, settings.Compat) ?? body.Inertia;
            }

            // without any the inertial frame takes the numbers of the body frame, as in MuJoCo
            body.Inertia ??= new(0, body.Pos, body.Quat, [0, 0, 0]);
            double[] moments = body.Inertia.Moments;
            if (body.Inertia.Mass < 0 || moments.Min() < 0)
                throw body.Element.Error("mass and inertia cannot be negative");
            if (2 * moments.Max() > moments.Sum() * (1 + 1e-12))
                throw body.Element.Error("not physical: a moment of inertia exceeds the sum of the other two");
        }

        // a moving body needs mass of its own or of what is fixed to it (MuJoCo: mjCModel::CheckBodyMassInertia)
        bool[] heavy = new bool[bodies.Count];
        foreach (SceneBody body in bodies.Skip(1).Reverse())
        {
            heavy[body.Id] |= body.Inertia!.Mass >= MinVal && body.Inertia.Moments.Min() >= MinVal;
            if (body.Joints.Count == 0) heavy[body.Parent!.Id] |= heavy[body.Id];
            else if (!heavy[body.Id])
                throw body.Element.Error("a moving body needs mass and inertia, its own or of a body fixed to it");
        }
    }
}
