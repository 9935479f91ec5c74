namespace Kalm.Testing.Mujoco;

/// <summary>An mjData of libmujoco, its fields by MuJoCo's names. Spans stay valid until it is disposed.</summary>
public sealed unsafe class MujocoData : IDisposable
{
    private readonly MujocoModel _model;
    private nint _handle;

    /// <summary>The state of <paramref name="model"/> after a reset.</summary>
    public MujocoData(MujocoModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _handle = MujocoLibrary.mj_makeData(model.Handle);
    }

    private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(MujocoData));

    /// <summary>The contacts of the last collision pass, (ncon).</summary>
    public Span<MujocoContact> Contacts =>
        new(MujocoLibrary.Address(Handle, MujocoLayout.Data["contact"]), Count("ncon"));

    /// <summary>mj_step, <paramref name="count"/> times.</summary>
    public void Step(int count = 1)
    {
        for (int i = 0; i < count; i++) MujocoLibrary.mj_step(_model.Handle, Handle);
    }

    /// <summary>mj_forward.</summary>
    public void Forward() => MujocoLibrary.mj_forward(_model.Handle, Handle);

    /// <summary>mj_resetData: everything but the model's constants, warm start and time included.</summary>
    public void Reset() => MujocoLibrary.mj_resetData(_model.Handle, Handle);

    /// <summary>mj_setConst: recomputes the model's derived constants after its fields were changed.</summary>
    public void SetConst() => MujocoLibrary.mj_setConst(_model.Handle, Handle);

    /// <summary>mj_copyData: becomes a copy of <paramref name="source"/>, of the same model.</summary>
    public void CopyFrom(MujocoData source)
    {
        ArgumentNullException.ThrowIfNull(source);
        MujocoLibrary.mj_copyData(Handle, _model.Handle, source.Handle);
    }

    /// <summary>A field of doubles; writable. efc_* fields have njmax rows of which nefc are in use.</summary>
    public Span<double> Reals(string name) => Elements<double>(name, 'd');

    /// <summary>A field of ints; writable.</summary>
    public Span<int> Integers(string name) => Elements<int>(name, 'i');

    /// <summary>A count: ncon, nefc, ne, nf, solver_iter, ...</summary>
    public int Count(string name) => Integers(name)[0];

    /// <summary>How often each mjtWarning was raised.</summary>
    public int Warnings(int kind) =>
        ((int*)MujocoLibrary.Address(Handle, MujocoLayout.Data["warning"]))[(2 * kind) + 1];

    /// <summary>The inertia matrix qM as a dense symmetric matrix, (nv, nv).</summary>
    public double[] FullInertia()
    {
        int nv = _model.Size("nv");
        double[] full = new double[nv * nv];
        fixed (double* target = full, sparse = Reals("qM")) MujocoLibrary.mj_fullM(_model.Handle, target, sparse);
        return full;
    }

    /// <summary>Frees the data.</summary>
    public void Dispose()
    {
        if (_handle != 0) MujocoLibrary.mj_deleteData(_handle);
        _handle = 0;
    }

    private Span<T> Elements<T>(string name, char type)
    {
        MujocoField field = MujocoLayout.Data[name];
        if (field.Type != type)
            throw new ArgumentException($"{name} holds elements of type {field.Type}", nameof(name));
        return new Span<T>(MujocoLibrary.Address(Handle, field), _model.Count(field));
    }
}
