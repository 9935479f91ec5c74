using System.Reflection;
using System.Runtime.InteropServices;

namespace Kalm.Testing.Mujoco;

/// <summary>
/// The system's libmujoco 2.2.2, the oracle of the physics tests and the peer of the simulator benchmark. Where it is
/// not installed <see cref="Missing"/> says so and tests skip.
/// </summary>
public static unsafe partial class MujocoLibrary
{
    private const string Library = "libmujoco.so.2.2.2";
    private const int Version = 222;

    private static readonly Lazy<string?> State = new(Probe);

    /// <summary>Why the library cannot be used; null where it can.</summary>
    public static string? Missing => State.Value;

    /// <summary>Reads MJCF text into an mjModel.</summary>
    /// <exception cref="InvalidOperationException">MuJoCo refused the text; the message is MuJoCo's.</exception>
    internal static nint Load(string xml)
    {
        string path = Path.Combine(Path.GetTempPath(), $"kalm-mujoco-{Guid.NewGuid():N}.xml");
        File.WriteAllText(path, xml);
        try
        {
            return LoadFile(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Reads an MJCF file into an mjModel.</summary>
    internal static nint LoadFile(string path)
    {
        const int Size = 1024;
        byte* error = stackalloc byte[Size];
        error[0] = 0;
        nint model = mj_loadXML(path, 0, error, Size);
        string message = Marshal.PtrToStringUTF8((nint)error) ?? "";
        return model != 0 ? model : throw new InvalidOperationException($"MuJoCo: {message}");
    }

    /// <summary>Address of a field's elements.</summary>
    internal static void* Address(nint owner, MujocoField field)
    {
        byte* address = (byte*)owner + field.Offset;
        return field.IsPointer ? *(void**)address : address;
    }

    private static string? Probe()
    {
        if (!NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out nint handle))
        {
            return $"{Library} is not installed (Debian: libmujoco-dev)";
        }

        // MuJoCo would otherwise append every warning to a log file in the working directory
        *(delegate* unmanaged<byte*, void>*)NativeLibrary.GetExport(handle, "mju_user_warning") = &IgnoreWarning;
        int version = mj_version();
        if (version != Version) return $"{Library} says it is version {version}, the oracle reads {Version}";

        // contexts of the layout: sizes, options, statistics, arrays at both ends, names
        const string Xml = """
            <mujoco><option timestep="0.0625" gravity="0 0 -2" iterations="17"/><worldbody>
            <geom name="floor" type="plane" size="1 1 .1"/><body name="ball" pos="0 0 .125">
            <freejoint/><geom type="sphere" size=".25" mass="3"/></body></worldbody></mujoco>
            """;
        using MujocoModel model = MujocoModel.FromXml(Xml);
        using MujocoData data = new(model);
        data.Forward();
        bool good = sizeof(MujocoContact) == MujocoLayout.ContactBytes
            && model.Size("nq") == 7 && model.Size("nv") == 6 && model.Size("nbody") == 2
            && model.Reals("timestep")[0] == 0.0625 && model.Reals("gravity")[2] == -2
            && model.Integers("iterations")[0] == 17 && model.Reals("meanmass")[0] == 3
            && model.Reals("qpos0")[2] == 0.125 && model.Reals("body_mass")[1] == 3
            && model.Name("geom", 0) == "floor" && model.Name("body", 1) == "ball"
            && data.Count("ncon") == 1 && data.Count("nefc") == 4 && data.Contacts[0].geom2 == 1
            && data.Reals("qpos")[2] == 0.125 && data.Reals("cfrc_ext").Length == 12;
        return good ? null : $"{Library} does not lay out its structs as the oracle expects";
    }

    [UnmanagedCallersOnly]
    private static void IgnoreWarning(byte* message)
    {
    }

    [LibraryImport(Library)]
    private static partial int mj_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint mj_loadXML(string filename, nint vfs, byte* error, int errorSize);

    [LibraryImport(Library)]
    internal static partial void mj_deleteModel(nint model);

    [LibraryImport(Library)]
    internal static partial nint mj_makeData(nint model);

    [LibraryImport(Library)]
    internal static partial nint mj_copyData(nint target, nint model, nint source);

    [LibraryImport(Library)]
    internal static partial void mj_deleteData(nint data);

    [LibraryImport(Library)]
    internal static partial void mj_resetData(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial void mj_step(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial void mj_forward(nint model, nint data);

    [LibraryImport(Library)]
    internal static partial void mj_fullM(nint model, double* target, double* sparse);

    [LibraryImport(Library)]
    internal static partial byte* mj_id2name(nint model, int type, int id);

    [LibraryImport(Library)]
    internal static partial void mj_setConst(nint model, nint data);
}
