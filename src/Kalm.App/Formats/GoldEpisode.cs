using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// A recorded Meta-World episode: the state before every mj_step of a scripted policy in MuJoCo, read from a
/// <c>.npz</c> file.
/// </summary>
public sealed class GoldEpisode
{
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, NpyArray> _arrays;

    private GoldEpisode(string path, IReadOnlyDictionary<string, NpyArray> arrays)
    {
        _path = path;
        _arrays = arrays;
        Task = Path.GetFileNameWithoutExtension(path);
        Xml = Array("xml").WithShape($"{path}: field xml").ToStrings($"{path}: field xml")[0];
        if (Path.GetFileName(Xml) != Xml || Xml.Length == 0)
            throw new KalmException($"{path}: field xml: found '{Xml}', expected the name of a file");
        Qpos = Numbers("qpos", -1, -1);
        Count = Array("qpos").Shape[0];
        if (Count == 0) throw new KalmException($"{path}: field qpos: holds no states");
        Qvel = Numbers("qvel", Count, -1);
        Warmstart = Numbers("warm", Count, Array("qvel").Shape[1]);
        Ctrl = Numbers("ctrl", Count, -1);
        MocapPos = Numbers("mpos", Count, 3);
        MocapQuat = Numbers("mquat", Count, 4);
        LastQpos = Numbers("qposF", Array("qpos").Shape[1]);
        LastQvel = Numbers("qvelF", Array("qvel").Shape[1]);
        BodyPos = Numbers("body_pos", -1, 3);
        SitePos = Numbers("site_pos", -1, 3);
    }

    /// <summary>Name of the task: the file's.</summary>
    public string Task { get; }

    /// <summary>Name of the scene file.</summary>
    public string Xml { get; }

    /// <summary>Recorded states.</summary>
    public int Count { get; }

    /// <summary>Generalized coordinates, (count, nq).</summary>
    public double[] Qpos { get; }

    /// <summary>Generalized velocities, (count, nv).</summary>
    public double[] Qvel { get; }

    /// <summary>What the solver starts from, (count, nv).</summary>
    public double[] Warmstart { get; }

    /// <summary>Controls, (count, nu).</summary>
    public double[] Ctrl { get; }

    /// <summary>Position of the mocap body, (count, 3), m.</summary>
    public double[] MocapPos { get; }

    /// <summary>Orientation of the mocap body, not normalized, (count, 4).</summary>
    public double[] MocapQuat { get; }

    /// <summary>Generalized coordinates after the last step, (nq).</summary>
    public double[] LastQpos { get; }

    /// <summary>Generalized velocities after the last step, (nv).</summary>
    public double[] LastQvel { get; }

    /// <summary>Positions of bodies in their parents in this episode, (nbody, 3), m.</summary>
    public double[] BodyPos { get; }

    /// <summary>Positions of sites in their bodies in this episode, (nsite, 3), m.</summary>
    public double[] SitePos { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KalmException">The file is broken, or its arrays do not fit together.</exception>
    public static GoldEpisode Load(string path) => new(path, Npz.Read(path));

    /// <summary>Generalized coordinates of a state; those of <see cref="Count"/> are the last.</summary>
    public ReadOnlySpan<double> QposOf(int state)
    {
        int nq = LastQpos.Length;
        return state == Count ? LastQpos : Qpos.AsSpan(nq * state, nq);
    }

    private NpyArray Array(string name) => _arrays.TryGetValue(name, out NpyArray? array)
        ? array
        : throw new KalmException($"{_path}: holds no array '{name}'");

    private double[] Numbers(string name, params ReadOnlySpan<int> shape)
    {
        string where = $"{_path}: field {name}";
        NpyArray array = Array(name).WithShape(where, shape);
        if (array.Values is not double[] numbers)
            throw new KalmException($"{where}: found elements of type {array.Type}, expected Float64");
        int bad = System.Array.FindIndex(numbers, x => !double.IsFinite(x));
        return bad < 0 ? numbers : throw new KalmException($"{where}: element {bad}: found {numbers[bad]}");
    }
}
