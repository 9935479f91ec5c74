using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>Mass, center and inertia of a body and all that is attached rigidly below it, in its frame.</summary>
internal sealed class LinkInertia
{
    private readonly double[] _tensor;

    /// <summary>Joins bodies, given by their frames in the first one's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="members">The bodies, the link's own first.</param>
    /// <param name="pos">Positions of all bodies in their link.</param>
    /// <param name="quat">Orientations of all bodies in their link.</param>
    public LinkInertia(Model model, IEnumerable<int> members, double[][] pos, double[][] quat)
    {
        int[] bodies = [.. members];
        double[][] centers = [.. bodies.Select(body => Center0(model, body, pos[body], quat[body]))];
        Mass = bodies.Sum(body => model.body_mass[body]);
        Center = centers[0];
        if (Mass > 0 && bodies.Length > 1)
        {
            Center = new double[3];
            for (int i = 0; i < bodies.Length; i++)
            {
                for (int k = 0; k < 3; k++) Center[k] += model.body_mass[bodies[i]] * centers[i][k] / Mass;
            }
        }

        _tensor = new double[9];
        for (int i = 0; i < bodies.Length; i++) AddBody(model, bodies[i], quat[bodies[i]], centers[i]);
    }

    /// <summary>Mass, kg.</summary>
    public double Mass { get; }

    /// <summary>Center of mass, (3), m.</summary>
    public double[] Center { get; }

    /// <summary>Whether the axes of the frame are principal ones.</summary>
    public bool Principal => _tensor[1] == 0 && _tensor[2] == 0 && _tensor[5] == 0;

    /// <summary>The constants of <see cref="LinkTable.Inertia"/>.</summary>
    /// <param name="total">Mass of all links with the same root, kg.</param>
    public double[] Constants(double total) =>
    [
        Mass, total > 0 ? Mass / total : 0, .. Center,
        _tensor[0], _tensor[4], _tensor[8], _tensor[1], _tensor[2], _tensor[5],
    ];

    private static double[] Center0(Model model, int body, double[] pos, double[] quat)
    {
        double[] turned = Rotation.Apply(Rotation.ToMatrix(quat), model.body_ipos.AsSpan(3 * body, 3));
        return [.. turned.Zip(pos, (a, b) => a + b)];
    }

    private void AddBody(Model model, int body, double[] quat, double[] center)
    {
        // R diag(moments) R' + mass (d.d - d d')
        double[] frame = Rotation.ToMatrix(Rotation.Multiply(quat, model.body_iquat[(4 * body)..((4 * body) + 4)]));
        double[] own = Rotation.Conjugate(frame, model.body_inertia.AsSpan(3 * body, 3));
        double[] d = [.. center.Zip(Center, (a, b) => a - b)];
        double square = Rotation.Dot(d, d);
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                double spread = (i == k ? square : 0) - (d[i] * d[k]);
                _tensor[(3 * i) + k] += own[(3 * i) + k] + (model.body_mass[body] * spread);
            }
        }
    }
}
