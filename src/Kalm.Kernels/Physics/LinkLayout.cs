using System.Runtime.InteropServices;
using Kalm.Kernels.Memory;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Physics;

/// <summary>
/// Sorts the bodies of a model into those that do not move, those a mocap body guides, and links; lays out rows and
/// tables for their frames.
/// </summary>
internal sealed class LinkLayout
{
    private readonly SimulationLayout _layout;
    private readonly Model _model;
    private readonly SimulationOptions _options;
    private readonly DataRows _data;
    private readonly Kind[] _kind;
    private readonly int[] _link;
    private readonly int[] _linkBody;
    private readonly int[] _positionRow;
    private readonly int[] _orientationRow;

    // frame of each body in that of its link
    private readonly double[][] _pos;
    private readonly double[][] _quat;

    private readonly bool[] _wanted;

    // by kind; the last is what only is computed when somebody asks
    private readonly List<int>[] _bodies = [[], [], [], []];
    private readonly List<int>[] _points = [[], [], [], []];

    public LinkLayout(SimulationLayout layout, SimulationOptions options)
    {
        _layout = layout;
        _model = layout.Model;
        _options = options;
        _data = layout.DataRows;
        _kind = new Kind[_model.nbody];
        _link = new int[_model.nbody];
        _pos = new double[_model.nbody][];
        _quat = new double[_model.nbody][];
        _positionRow = new int[_model.nbody];
        _orientationRow = new int[_model.nbody];
        _wanted = new bool[_model.nbody];
        _linkBody = Sort();
        AddWorldRows();
        Want();
    }

    private enum Kind
    {
        Fixed,
        Guided,
        Moving,
        Rest,
    }

    /// <summary>Per-world offsets: first row, address of the model's value, number of rows.</summary>
    public List<int> Initial { get; } = [];

    /// <summary>First row of each body's own position, -1: the model's constant.</summary>
    public ReadOnlySpan<int> PositionRows => _positionRow;

    /// <summary>First row of each body's own orientation, -1: the model's constant.</summary>
    public ReadOnlySpan<int> OrientationRows => _orientationRow;

    /// <summary>First row of each site's own position, -1: the model's constant.</summary>
    public int[] SiteRows { get; private set; } = [];

    /// <summary>Writes the tables and where they lie.</summary>
    public void Add(ref DataRows data)
    {
        AddBodies(ref data);
        AddGeoms(ref data);
        AddSites(ref data);
        AddLinks(ref data);
        data.body_link = _layout.AddIntegers(_link);
        int[] dofLink = [.. _model.dof_bodyid.Select(body => _link[body])];
        data.dof_link = _layout.AddIntegers(dofLink);
        int[] offset = [.. Enumerable.Range(0, _model.njnt).Select(joint => AnchorOffset(joint) ? 1 : 0)];
        data.jnt_offset = _layout.AddIntegers(offset);
        (data.fixedBodies, data.nfixed) = Table(_bodies[0]);
        (data.guidedBodies, data.nguided) = Table(_bodies[1]);
        (data.rigidBodies, data.nrigid) = Table(_bodies[2]);
        (data.fixedPoints, data.nfixedPoint) = Table(_points[0]);
        (data.guidedPoints, data.nguidedPoint) = Table(_points[1]);
        (data.rigidPoints, data.nrigidPoint) = Table(_points[2]);
        (data.restBodies, data.nrest) = Table(_bodies[3]);
        (data.restPoints, data.nrestPoint) = Table(_points[3]);
        data.initial = _layout.AddIntegers(CollectionsMarshal.AsSpan(Initial));
        data.ninitial = Initial.Count / 3;
    }

    // kinds, links and offsets from links; the bodies of the links
    private int[] Sort()
    {
        List<int> links = [];
        for (int body = 0; body < _model.nbody; body++)
        {
            int parent = _model.body_parentid[body];
            (_pos[body], _quat[body], _link[body]) = ([0, 0, 0], [1, 0, 0, 0], -1);
            if (_model.body_dofnum[body] > 0)
            {
                if (_kind[parent] == Kind.Guided)
                    throw Error(body, "joints below a mocap body are not supported");
                _kind[body] = Kind.Moving;
                _link[body] = links.Count;
                links.Add(body);
            }
            else if (body > 0 && _kind[parent] == Kind.Moving)
            {
                _kind[body] = Kind.Moving;
                _link[body] = _link[parent];
                (_pos[body], _quat[body]) = Compose(parent, _model.body_pos, _model.body_quat, body);
            }
            else if (_model.body_mocapid[body] >= 0 || (body > 0 && _kind[parent] == Kind.Guided))
            {
                _kind[body] = Kind.Guided;
            }
        }

        return [.. links];
    }

    private (double[] Pos, double[] Quat) Compose(int body, double[] pos, double[] quat, int index)
    {
        double[] turned = Rotation.Apply(Rotation.ToMatrix(_quat[body]), pos.AsSpan(3 * index, 3));
        double[] orientation = Rotation.Multiply(_quat[body], quat[(4 * index)..((4 * index) + 4)]);
        bool identity = IsIdentity(_quat[body]);
        if (!identity) Rotation.Normalize(orientation);
        return ([.. turned.Zip(_pos[body], (a, b) => a + b)], orientation);
    }

    private void AddWorldRows()
    {
        Array.Fill(_positionRow, -1);
        Array.Fill(_orientationRow, -1);
        foreach (int body in _options.WorldBodies)
        {
            if (body <= 0 || body >= _model.nbody)
                throw Error(body, $"expected a body from 1 to {_model.nbody - 1}");
            bool onLink = _kind[body] == Kind.Moving && _kind[_model.body_parentid[body]] == Kind.Moving;
            if (onLink || _kind[body] == Kind.Guided || _positionRow[body] >= 0)
                throw Error(body, "only a body on something that does not move can differ from world to world, once");
            _positionRow[body] = _layout.AddRows(3);
            _orientationRow[body] = _layout.AddRows(4);
            Initial.AddRange([_positionRow[body], _layout.ModelRows.body_pos + (3 * body), 3]);
            Initial.AddRange([_orientationRow[body], _layout.ModelRows.body_quat + (4 * body), 4]);
        }

        SiteRows = new int[_model.nsite];
        Array.Fill(SiteRows, -1);
        foreach (int site in _options.WorldSites)
        {
            if (site < 0 || site >= _model.nsite || SiteRows[site] >= 0)
                throw new KalmException($"model '{_model.name}': site {site} is unknown or named twice");
            SiteRows[site] = _layout.AddRows(3);
            Initial.AddRange([SiteRows[site], _layout.ModelRows.site_pos + (3 * site), 3]);
        }
    }

    private void Want()
    {
        for (int body = 0; body < _model.nbody; body++)
            _wanted[body] = _options.EveryFrame || _kind[body] != Kind.Moving || _linkBody.Contains(body);
        foreach (int body in _options.Bodies) _wanted[body] = true;
        foreach (int body in _model.eq_obj1id.Concat(_model.eq_obj2id)) _wanted[body] = true;
        foreach (int site in _options.WorldSites) _wanted[_model.site_bodyid[site]] = true;
    }

    private void AddBodies(ref DataRows data)
    {
        int[] mocapOffset = new int[_model.nmocap];
        for (int body = 1; body < _model.nbody; body++)
        {
            if (_model.body_dofnum[body] > 0) continue;
            List<int> table = _bodies[(int)(_wanted[body] ? _kind[body] : Kind.Rest)];
            int offset = _kind[body] == Kind.Moving
                ? Constants(_pos[body], _quat[body])
                : Constants(_model.body_pos.AsSpan(3 * body, 3), _model.body_quat.AsSpan(4 * body, 4));
            (int position, int orientation) = (_positionRow[body], _orientationRow[body]);
            int mocap = _model.body_mocapid[body];
            if (mocap >= 0)
            {
                mocapOffset[mocap] = offset;
                (position, orientation) = (_data.mocap_pos + (3 * mocap), _data.mocap_quat + (4 * mocap));
            }

            int source = _kind[body] == Kind.Moving ? _linkBody[_link[body]] : _model.body_parentid[body];
            table.AddRange([source, position, orientation, offset]);
            table.AddRange([_data.xpos + (3 * body), _data.xmat + (9 * body), _data.xquat + (4 * body)]);
        }

        data.mocap_offset = _layout.AddIntegers(mocapOffset);
    }

    private void AddGeoms(ref DataRows data)
    {
        bool[] wanted = new bool[_model.ngeom];
        if (_options.EveryFrame) Array.Fill(wanted, true);
        foreach (int geom in _model.pair_geom1.Concat(_model.pair_geom2).Concat(_options.Geoms)) wanted[geom] = true;
        int[] xpos = new int[_model.ngeom];
        int[] xmat = new int[_model.ngeom];
        for (int geom = 0; geom < _model.ngeom; geom++)
        {
            int body = _model.geom_bodyid[geom];
            (xpos[geom], xmat[geom]) = Point(body, _model.geom_pos, _model.geom_quat, geom, -1, wanted[geom]);
        }

        data.geom_xpos = _layout.AddIntegers(xpos);
        data.geom_xmat = _layout.AddIntegers(xmat);
    }

    private void AddSites(ref DataRows data)
    {
        int[] xpos = new int[_model.nsite];
        int[] xmat = new int[_model.nsite];
        for (int site = 0; site < _model.nsite; site++)
        {
            bool wanted = _options.EveryFrame || _options.Sites.Contains(site) || SiteRows[site] >= 0;
            int body = _model.site_bodyid[site];
            int row = SiteRows[site];
            (xpos[site], xmat[site]) = Point(body, _model.site_pos, _model.site_quat, site, row, wanted);
        }

        data.site_xpos = _layout.AddIntegers(xpos);
        data.site_xmat = _layout.AddIntegers(xmat);
    }

    // rows of a geom's or a site's frame: the body's where they coincide, else of its own
    private (int Position, int Matrix) Point(int body, double[] pos, double[] quat, int index, int row, bool wanted)
    {
        int source = body;
        double[] localPos = pos[(3 * index)..((3 * index) + 3)];
        double[] localQuat = quat[(4 * index)..((4 * index) + 4)];
        if (_kind[body] == Kind.Moving && row < 0)
        {
            source = _linkBody[_link[body]];
            (localPos, localQuat) = Compose(body, pos, quat, index);

            // a frame of the body that is there by then
            bool there = _wanted[body] || !wanted;
            if (there && AllZero(pos.AsSpan(3 * index, 3))) (source, localPos) = (body, [0, 0, 0]);
            if (source == body) localQuat = quat[(4 * index)..((4 * index) + 4)];
        }

        bool samePlace = row < 0 && AllZero(localPos);
        bool sameFrame = IsIdentity(localQuat);
        int position = samePlace ? _data.xpos + (3 * source) : _layout.AddRows(3);
        int matrix = sameFrame ? _data.xmat + (9 * source) : _layout.AddRows(9);
        if (samePlace && sameFrame) return (position, matrix);
        int offset = Constants(localPos, localQuat);
        List<int> table = _points[(int)(wanted || _kind[body] != Kind.Moving ? _kind[body] : Kind.Rest)];
        table.AddRange([source, row, -1, offset, samePlace ? -1 : position, sameFrame ? -1 : matrix, -1]);
        return (position, matrix);
    }

    private void AddLinks(ref DataRows data)
    {
        LinkInertia[] inertia = [.. _linkBody.Select(body => new LinkInertia(_model, Members(body), _pos, _quat))];
        Dictionary<int, int> origin = [];
        Dictionary<int, double> mass = [];
        int[] root = [.. _linkBody.Select(body => _model.body_rootid[body])];
        for (int i = 0; i < root.Length; i++) mass[root[i]] = mass.GetValueOrDefault(root[i]) + inertia[i].Mass;
        List<int> table = [];
        for (int i = 0; i < root.Length; i++)
        {
            int body = _linkBody[i];
            int center = AllZero(inertia[i].Center) ? _data.xpos + (3 * body) : _layout.AddRows(3);
            bool alone = root.Count(other => other == root[i]) == 1;
            int first = alone ? 2 : origin.ContainsKey(root[i]) ? 0 : 1;
            if (first != 0) origin[root[i]] = alone ? center : _layout.AddRows(3);
            int constants = _layout.AddConstants(inertia[i].Constants(mass[root[i]]));
            AddLink(table, body);
            table.AddRange([center, origin[root[i]], first, constants, inertia[i].Principal ? 1 : 0]);
        }

        data.links = _layout.AddIntegers(CollectionsMarshal.AsSpan(table));
        data.nlink = _linkBody.Length;
        int[] subtree = [.. _model.body_rootid.Select(body => origin.GetValueOrDefault(body, _data.xpos + (3 * body)))];
        data.subtree = _layout.AddIntegers(subtree);
    }

    private void AddLink(List<int> table, int body)
    {
        int parent = _model.body_parentid[body];
        bool moving = _kind[parent] == Kind.Moving;
        int offset;
        if (moving)
        {
            (double[] pos, double[] quat) = Compose(parent, _model.body_pos, _model.body_quat, body);
            offset = Constants(pos, quat);
        }
        else
        {
            offset = Constants(_model.body_pos.AsSpan(3 * body, 3), _model.body_quat.AsSpan(4 * body, 4));
        }

        int joint = _model.body_jntadr[body];
        int joints = _model.body_jntnum[body];
        int dof = _model.body_dofadr[body];
        bool free = joints == 1 && _model.jnt_type[joint] == (int)JointType.Free;
        table.AddRange([body, moving ? _link[parent] : -1, moving ? _linkBody[_link[parent]] : parent]);
        table.AddRange([_positionRow[body], _orientationRow[body], offset]);
        table.AddRange([joint, joint + joints, dof, dof + _model.body_dofnum[body], free ? 1 : 0]);
        table.Add(_layout.Integers[_data.tree_diagonal + _model.body_treeid[body]]);
    }

    private IEnumerable<int> Members(int link) =>
        Enumerable.Range(0, _model.nbody).Where(body => _link[body] == _link[link]);

    private int Constants(ReadOnlySpan<double> pos, ReadOnlySpan<double> quat)
    {
        int address = _layout.AddConstants(pos);
        _layout.AddConstants(quat);
        return address;
    }

    private (int Address, int Count) Table(List<int> entries) =>
        (_layout.AddIntegers(CollectionsMarshal.AsSpan(entries)), entries.Count / FrameTable.Stride);

    private bool AnchorOffset(int joint) =>
        _model.jnt_type[joint] != (int)JointType.Free && !AllZero(_model.jnt_pos.AsSpan(3 * joint, 3));

    private KalmException Error(int body, string what) => new($"model '{_model.name}': body {body}: {what}");

    private static bool AllZero(ReadOnlySpan<double> values) => !values.ContainsAnyExcept(0.0);

    private static bool IsIdentity(ReadOnlySpan<double> quat) => quat[0] == 1 && AllZero(quat[1..]);
}
