using System.Runtime.InteropServices;

namespace Kalm.Testing.Mujoco;

/// <summary>An mjModel of libmujoco, its fields by MuJoCo's names.</summary>
public sealed unsafe class MujocoModel : IDisposable
{
    private nint _handle;

    private MujocoModel(nint handle) => _handle = handle;

    /// <summary>The mjModel pointer.</summary>
    internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(MujocoModel));

    /// <summary>Compiles MJCF text.</summary>
    public static MujocoModel FromXml(string xml) => new(MujocoLibrary.Load(xml));

    /// <summary>Compiles an MJCF file.</summary>
    public static MujocoModel FromFile(string path) => new(MujocoLibrary.LoadFile(path));

    /// <summary>One of the model's sizes: nq, nv, nbody, ...</summary>
    public int Size(string name) => Integers(name)[0];

    /// <summary>A field of doubles; writable.</summary>
    public Span<double> Reals(string name) => Elements<double>(name, 'd');

    /// <summary>A field of floats.</summary>
    public Span<float> Floats(string name) => Elements<float>(name, 'f');

    /// <summary>A field of ints; writable.</summary>
    public Span<int> Integers(string name) => Elements<int>(name, 'i');

    /// <summary>A field of bytes.</summary>
    public Span<byte> Bytes(string name) => Elements<byte>(name, 'b');

    /// <summary>Name of a part, empty where it has none.</summary>
    /// <param name="kind">body, joint, geom, site or actuator.</param>
    /// <param name="id">Its number.</param>
    public string Name(string kind, int id)
    {
        // numbers of mjtObj
        int type = kind switch
        {
            "body" => 1,
            "joint" => 3,
            "geom" => 5,
            "site" => 6,
            "actuator" => 18,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return Marshal.PtrToStringUTF8((nint)MujocoLibrary.mj_id2name(Handle, type, id)) ?? "";
    }

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        if (_handle != 0) MujocoLibrary.mj_deleteModel(_handle);
        _handle = 0;
    }

    /// <summary>Number of elements of a field.</summary>
    internal int Count(MujocoField field)
    {
        int count = 1;
        foreach (string factor in field.Factors)
        {
            count *= int.TryParse(factor, out int number) ? number : Size(factor);
        }

        return count;
    }

    private Span<T> Elements<T>(string name, char type)
    {
        MujocoField field = MujocoLayout.Model[name];
        if (field.Type != type)
            throw new ArgumentException($"{name} holds elements of type {field.Type}", nameof(name));
        return new Span<T>(MujocoLibrary.Address(Handle, field), Count(field));
    }
}
