namespace Kalm.Kernels.Models;

/// <summary>
/// Lays a read scene out as the arrays of a <see cref="Model"/> (MuJoCo: mjCModel::CopyTree, user_model.cc).
/// </summary>
internal sealed class ModelAssembly
{
    // contacts of one world at the same time (MuJoCo 2: the default of nconmax)
    private const int MaxContacts = 100;
    private const int WeldRows = 6;
    private readonly Scene _scene;
    private readonly MjcfSettings _settings;
    private readonly ModelCompat _compat;
    private readonly IReadOnlyList<SceneBody> _bodies;
    private readonly List<(SceneJoint Part, int Body)> _joints = [];
    private readonly List<(SceneGeom Part, int Body)> _geoms = [];
    private readonly List<(SceneSite Part, int Body)> _sites = [];
    private readonly Model _model = new();

    /// <summary>Takes a finished scene.</summary>
    public ModelAssembly(Scene scene, MjcfSettings settings)
    {
        _scene = scene;
        _settings = settings;
        _compat = settings.Compat;
        _bodies = scene.Bodies;
        foreach (SceneBody body in _bodies)
        {
            _joints.AddRange(body.Joints.Select(joint => (joint, body.Id)));
            _geoms.AddRange(body.Geoms.Select(geom => (geom, body.Id)));
            _sites.AddRange(body.Sites.Select(site => (site, body.Id)));
        }
    }

    /// <summary>The model.</summary>
    public Model Build(string name)
    {
        _model.name = name;
        _model.compat = _compat;
        CopyOptions();
        CopyBodies();
        CopyJoints();
        CopyDofs();
        CopyGeoms();
        CopyMeshes();
        CopySites();
        CopyEqualities();
        CopyActuators();
        SetSimple();
        SetTrees();
        PairList.Build(_model, [.. _geoms.Select(geom => geom.Part)], _settings);
        ModelConstants.Set(_model, _bodies);
        _model.meaninertia = _settings.MeanInertia ?? _model.meaninertia;
        CheckFinite();
        SetCapacities();
        _model.names = new()
        {
            Bodies = [.. _bodies.Select(body => body.Name)],
            Joints = [.. _joints.Select(joint => joint.Part.Name)],
            Geoms = [.. _geoms.Select(geom => geom.Part.Name)],
            Meshes = [.. _scene.Meshes.Select(mesh => mesh.Name)],
            Sites = [.. _sites.Select(site => site.Part.Name)],
            Equalities = [.. _scene.Equalities.Select(equality => equality.Name)],
            Actuators = [.. _scene.Actuators.Select(actuator => actuator.Name)],
        };
        return _model;
    }

    private void CopyOptions()
    {
        _model.timestep = _settings.TimeStep;
        _model.gravity = _settings.Gravity;
        _model.impratio = _settings.ImpRatio;
        _model.tolerance = _settings.Tolerance;
        _model.ls_tolerance = _settings.LineSearchTolerance;
        _model.iterations = _settings.Iterations;
        _model.ls_iterations = _settings.LineSearchIterations;
        _model.cone = _settings.Cone;
    }

    private void CopyBodies()
    {
        _model.nbody = _bodies.Count;
        _model.body_parentid = [.. _bodies.Select(body => body.Parent?.Id ?? 0)];
        _model.body_rootid = new int[_bodies.Count];
        _model.body_weldid = new int[_bodies.Count];
        foreach (SceneBody body in _bodies.Skip(1))
        {
            int parent = body.Parent!.Id;
            _model.body_rootid[body.Id] = parent == 0 ? body.Id : _model.body_rootid[parent];
            _model.body_weldid[body.Id] = body.Joints.Count > 0 ? body.Id : _model.body_weldid[parent];
        }

        _model.body_mocapid = [.. _bodies.Select(body => body.Mocap ? _model.nmocap++ : -1)];
        (_model.body_jntnum, _model.body_jntadr) = Ranges(body => body.Joints.Count);
        (_model.body_dofnum, _model.body_dofadr) = Ranges(body => body.Joints.Sum(joint => joint.DofCount));
        (_model.body_geomnum, _model.body_geomadr) = Ranges(body => body.Geoms.Count);
        _model.body_pos = Flat(_bodies, body => body.Pos);
        _model.body_quat = Flat(_bodies, body => body.Quat);
        _model.body_ipos = Flat(_bodies, body => body.Inertia?.Pos ?? [0, 0, 0]);
        _model.body_iquat = Flat(_bodies, body => Unit(body.Inertia?.Quat ?? [1, 0, 0, 0]));
        _model.body_mass = [.. _bodies.Select(body => body.Inertia?.Mass ?? 0)];
        _model.body_inertia = Flat(_bodies, body => body.Inertia?.Moments ?? [0, 0, 0]);
    }

    private void CopyJoints()
    {
        _model.njnt = _joints.Count;
        _model.jnt_type = [.. _joints.Select(joint => (int)joint.Part.Type)];
        _model.jnt_bodyid = [.. _joints.Select(joint => joint.Body)];
        _model.jnt_qposadr = new int[_joints.Count];
        _model.jnt_dofadr = new int[_joints.Count];
        List<double> qpos0 = [];
        List<double> spring = [];
        for (int i = 0; i < _joints.Count; i++)
        {
            (SceneJoint joint, int body) = _joints[i];
            _model.jnt_qposadr[i] = qpos0.Count;
            _model.jnt_dofadr[i] = _model.nv;
            _model.nv += joint.DofCount;
            bool free = joint.Type == JointType.Free;
            qpos0.AddRange(free ? [.. _bodies[body].Pos, .. _bodies[body].Quat] : [joint.Ref]);
            spring.AddRange(free ? [.. _bodies[body].Pos, .. _bodies[body].Quat] : [joint.SpringRef]);
        }

        _model.nq = qpos0.Count;
        _model.qpos0 = [.. qpos0];
        _model.qpos_spring = [.. spring];
        _model.jnt_limited = [.. _joints.Select(joint => joint.Part.Limited ? 1 : 0)];
        _model.jnt_solref = Flat(_joints, joint => joint.Part.SolRef);
        _model.jnt_solimp = Flat(_joints, joint => joint.Part.SolImp);
        _model.jnt_pos = Flat(_joints, joint => joint.Part.Pos);
        _model.jnt_axis = Flat(_joints, joint => joint.Part.Axis);
        _model.jnt_stiffness = [.. _joints.Select(joint => joint.Part.Stiffness)];
        _model.jnt_range = Flat(_joints, joint => joint.Part.Range);
        _model.jnt_margin = [.. _joints.Select(joint => joint.Part.Margin)];
    }

    private void CopyDofs()
    {
        _model.dof_jntid = [.. _joints.SelectMany((joint, i) => Enumerable.Repeat(i, joint.Part.DofCount))];
        _model.dof_bodyid = [.. _model.dof_jntid.Select(joint => _model.jnt_bodyid[joint])];
        _model.dof_armature = [.. _model.dof_jntid.Select(joint => _joints[joint].Part.Armature)];
        _model.dof_damping = [.. _model.dof_jntid.Select(joint => _joints[joint].Part.Damping)];
        _model.dof_parentid = new int[_model.nv];
        _model.dof_Madr = new int[_model.nv];

        // last dof at or above each body
        int[] last = new int[_bodies.Count];
        last[0] = -1;
        for (int body = 1; body < _bodies.Count; body++)
        {
            last[body] = last[_model.body_parentid[body]];
            for (int k = 0; k < _model.body_dofnum[body]; k++)
            {
                int dof = _model.body_dofadr[body] + k;
                _model.dof_parentid[dof] = last[body];
                last[body] = dof;
            }
        }

        for (int dof = 0; dof < _model.nv; dof++)
        {
            _model.dof_Madr[dof] = _model.nM;
            for (int up = dof; up >= 0; up = _model.dof_parentid[up]) _model.nM++;
        }
    }

    private void CopyGeoms()
    {
        _model.ngeom = _geoms.Count;
        _model.geom_type = [.. _geoms.Select(geom => (int)geom.Part.Type)];
        _model.geom_contype = [.. _geoms.Select(geom => geom.Part.ConType)];
        _model.geom_conaffinity = [.. _geoms.Select(geom => geom.Part.ConAffinity)];
        _model.geom_condim = [.. _geoms.Select(geom => geom.Part.ConDim)];
        _model.geom_bodyid = [.. _geoms.Select(geom => geom.Body)];
        _model.geom_group = [.. _geoms.Select(geom => geom.Part.Group)];
        _model.geom_priority = [.. _geoms.Select(geom => geom.Part.Priority)];
        _model.geom_solmix = [.. _geoms.Select(geom => geom.Part.SolMix)];
        _model.geom_solref = Flat(_geoms, geom => geom.Part.SolRef);
        _model.geom_solimp = Flat(_geoms, geom => geom.Part.SolImp);
        _model.geom_size = Flat(_geoms, geom => geom.Part.Size);
        _model.geom_dataid = [.. _geoms.Select(geom => geom.Part.Mesh?.Id ?? -1)];
        _model.geom_aabb = Flat(_geoms, geom => GeomInertia.BoundingBox(geom.Part));
        _model.geom_rbound = [.. _geoms.Select(geom => GeomInertia.BoundingRadius(geom.Part.Type, geom.Part.Size))];
        _model.geom_pos = Flat(_geoms, geom => geom.Part.Pos);
        _model.geom_quat = Flat(_geoms, geom => geom.Part.Quat);
        _model.geom_friction = Flat(_geoms, geom => geom.Part.Friction);
        _model.geom_margin = [.. _geoms.Select(geom => geom.Part.Margin)];
        _model.geom_gap = [.. _geoms.Select(geom => geom.Part.Gap)];
        _model.geom_rgba = Flat(_geoms, geom => geom.Part.Rgba);
    }

    // hulls only, and only of meshes that can touch something
    private void CopyMeshes()
    {
        _model.nmesh = _scene.Meshes.Count;
        _model.mesh_pos = Flat(_scene.Meshes, mesh => mesh.Shape.Pos);
        _model.mesh_quat = Flat(_scene.Meshes, mesh => mesh.Shape.Quat);
        _model.mesh_view = [.. _scene.Meshes.Select(mesh => mesh.Shape.Vertices)];
        _model.mesh_vertadr = new int[_model.nmesh];
        _model.mesh_vertnum = new int[_model.nmesh];
        List<double> vertices = [];
        List<int> edges = [];
        List<int> starts = [];
        List<int> counts = [];
        foreach (SceneMesh mesh in _scene.Meshes)
        {
            _model.mesh_vertadr[mesh.Id] = starts.Count;
            if (!mesh.NeedsHull) continue;
            ConvexHull hull = mesh.Hull();
            _model.mesh_vertnum[mesh.Id] = hull.Corners.Length;
            foreach (int corner in hull.Corners)
            {
                for (int k = 0; k < 3; k++) vertices.Add(mesh.Shape.Vertices[(3 * corner) + k]);
            }

            foreach (int[] neighbors in hull.Neighbors())
            {
                starts.Add(edges.Count);
                counts.Add(neighbors.Length);
                edges.AddRange(neighbors);
            }
        }

        (_model.nmeshvert, _model.nmeshedge) = (starts.Count, edges.Count);
        (_model.mesh_vert, _model.mesh_edge) = ([.. vertices], [.. edges]);
        (_model.mesh_edgeadr, _model.mesh_edgenum) = ([.. starts], [.. counts]);
    }

    private void CopySites()
    {
        _model.nsite = _sites.Count;
        _model.site_bodyid = [.. _sites.Select(site => site.Body)];
        _model.site_pos = Flat(_sites, site => site.Part.Pos);
        _model.site_quat = Flat(_sites, site => site.Part.Quat);

    }

    private void CopyEqualities()
    {
        IReadOnlyList<SceneEquality> equalities = _scene.Equalities;
        _model.neq = equalities.Count;
        _model.eq_type = [.. equalities.Select(_ => (int)EqualityType.Weld)];
        _model.eq_obj1id = [.. equalities.Select(equality => BodyOf(equality, "body1", equality.Body1))];
        _model.eq_obj2id = [.. equalities.Select(equality => BodyOf(equality, "body2", equality.Body2))];
        _model.eq_active0 = [.. equalities.Select(equality => equality.Active && _settings.Equality ? 1 : 0)];
        _model.eq_solref = Flat(equalities, equality => equality.SolRef);
        _model.eq_solimp = Flat(equalities, equality => equality.SolImp);
        _model.eq_data = Flat(equalities, equality => equality.Data);
        for (int i = 0; i < _model.neq; i++)
        {
            if (_model.eq_obj1id[i] == _model.eq_obj2id[i])
                throw equalities[i].Element.Error("a body cannot be welded to itself");
        }
    }

    private int BodyOf(SceneEquality equality, string attribute, string name)
    {
        foreach (SceneBody body in _bodies)
        {
            if (body.Name == name) return body.Id;
        }

        throw equality.Element.Error(attribute, "no body has this name");
    }

    private void CopyActuators()
    {
        IReadOnlyList<SceneActuator> actuators = _scene.Actuators;
        _model.nu = actuators.Count;
        _model.actuator_trnid = [.. actuators.Select(JointOf)];
        _model.actuator_ctrllimited = [.. actuators.Select(actuator => actuator.ControlLimited ? 1 : 0)];
        _model.actuator_forcelimited = [.. actuators.Select(actuator => actuator.ForceLimited ? 1 : 0)];
        _model.actuator_ctrlrange = Flat(actuators, actuator => actuator.ControlRange);
        _model.actuator_forcerange = Flat(actuators, actuator => actuator.ForceRange);
        _model.actuator_gear = Flat(actuators, actuator => actuator.Gear);
        _model.actuator_gain = [.. actuators.Select(actuator => actuator.Gain)];
        _model.actuator_bias = Flat(actuators, actuator => actuator.Bias);
    }

    private int JointOf(SceneActuator actuator)
    {
        int joint = _joints.FindIndex(j => j.Part.Name.Length > 0 && j.Part.Name == actuator.Joint);
        return joint >= 0 ? joint : throw actuator.Element.Error("joint", "no joint has this name");
    }

    // bodies whose part of the inertia matrix is diagonal at every pose
    private void SetSimple()
    {
        _model.body_simple = new int[_bodies.Count];
        foreach (SceneBody body in _bodies)
        {
            int parent = _model.body_parentid[body.Id];
            bool top = parent == 0 || (_model.body_parentid[parent] == 0 && _model.body_dofnum[parent] == 0);
            double[] pos = body.Inertia?.Pos ?? [0, 0, 0];
            double[] quat = body.Inertia?.Quat ?? [1, 0, 0, 0];
            bool sameFrame = IsZero(pos) && IsUnit(quat);
            bool simple = top && sameFrame;
            if (parent > 0) _model.body_simple[parent] = 0;

            // a second rotation, a shifted anchor or a slanted axis couples dofs
            bool rotated = false;
            foreach (SceneJoint joint in body.Joints)
            {
                bool aligned = joint.Type == JointType.Free || joint.Axis.Count(IsNotZero) == 1;
                if (rotated || !IsZero(joint.Pos) || !aligned) simple = false;
                rotated |= joint.Type == JointType.Hinge;
            }

            bool slides = body.Joints.Count > 0 && body.Joints.TrueForAll(joint => joint.Type == JointType.Slide);
            _model.body_simple[body.Id] = !simple ? 0 : slides && _compat == ModelCompat.Mj3 ? 2 : 1;
        }

        _model.dof_simplenum = new int[_model.nv];
        int count = 0;
        for (int dof = _model.nv - 1; dof >= 0; dof--)
        {
            count = _model.body_simple[_model.dof_bodyid[dof]] > 0 ? count + 1 : 0;
            _model.dof_simplenum[dof] = count;
        }
    }

    private bool IsNotZero(double component) =>
        _compat == ModelCompat.Mj3 ? Math.Abs(component) > 1e-14 : component != 0;

    private void SetTrees()
    {
        _model.body_treeid = new int[_bodies.Count];
        _model.body_treeid[0] = -1;
        for (int body = 1; body < _bodies.Count; body++)
        {
            int parentTree = _model.body_treeid[_model.body_parentid[body]];
            bool starts = parentTree < 0 && _model.body_dofnum[body] > 0;
            _model.body_treeid[body] = starts ? _model.ntree++ : parentTree;
        }

        _model.dof_treeid = [.. _model.dof_bodyid.Select(body => _model.body_treeid[body])];
        _model.tree_dofadr = new int[_model.ntree];
        _model.tree_dofnum = new int[_model.ntree];
        for (int dof = _model.nv - 1; dof >= 0; dof--)
        {
            _model.tree_dofadr[_model.dof_treeid[dof]] = dof;
            _model.tree_dofnum[_model.dof_treeid[dof]]++;
        }
    }

    // numbers of a file may be so large that what follows from them overflows; children are blamed before parents
    private void CheckFinite()
    {
        foreach (SceneBody body in _bodies.Reverse())
        {
            Check(body.Element, body.Id, _model.nbody, _model.body_ipos, _model.body_iquat, _model.body_mass);
            Check(body.Element, body.Id, _model.nbody, _model.body_inertia, _model.body_subtreemass);
            Check(body.Element, body.Id, _model.nbody, _model.body_invweight0);
        }

        for (int i = 0; i < _geoms.Count; i++)
        {
            MjcfElement element = _geoms[i].Part.Element;
            Check(element, i, _model.ngeom, _model.geom_pos, _model.geom_rbound, _model.geom_aabb);
        }

        for (int i = 0; i < _model.nv; i++)
        {
            MjcfElement element = _joints[_model.dof_jntid[i]].Part.Element;
            Check(element, i, _model.nv, _model.dof_M0, _model.dof_invweight0);
        }

        static void Check(MjcfElement element, int item, int count, params ReadOnlySpan<double[]> arrays)
        {
            foreach (double[] array in arrays)
            {
                int size = array.Length / count;
                foreach (double value in array.AsSpan(item * size, size))
                {
                    if (!double.IsFinite(value)) throw element.Error("its numbers are too large to compute with");
                }
            }
        }
    }

    // capacities that no pose can exceed or, with many pairs, that no reasonable one does; or those the model names
    private void SetCapacities()
    {
        int contacts = 0;
        int rows = 0;
        int largest = 0;
        for (int pair = 0; pair < _model.npair; pair++)
        {
            int dim = _model.pair_dim[pair];
            int count = PairList.MaxContacts(_model, pair);
            int each = dim == 1 ? 1 : _model.cone == ConeType.Elliptic ? dim : 2 * (dim - 1);
            contacts += count;
            rows += count * each;
            largest = Math.Max(largest, each);
        }

        _model.nconmax = _settings.ContactCapacity >= 0 ? _settings.ContactCapacity : Math.Min(contacts, MaxContacts);
        int contactRows = Math.Min(rows, _model.nconmax * largest);
        int others = (2 * _model.jnt_limited.Sum()) + (WeldRows * _model.neq);
        _model.njmax = _settings.ConstraintCapacity >= 0 ? _settings.ConstraintCapacity : others + contactRows;
    }

    private (int[] Counts, int[] Starts) Ranges(Func<SceneBody, int> count)
    {
        int[] counts = [.. _bodies.Select(count)];
        int[] starts = new int[counts.Length];
        int next = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            starts[i] = counts[i] > 0 ? next : -1;
            next += counts[i];
        }

        return (counts, starts);
    }

    private static double[] Flat<T>(IEnumerable<T> parts, Func<T, double[]> values) => [.. parts.SelectMany(values)];

    // frames closer than this are the same in MuJoCo 3 (kFrameEps, user_model.cc)
    private bool IsZero(double[] values) =>
        values.All(value => _compat == ModelCompat.Mj3 ? Math.Abs(value) < 1e-6 : value == 0);

    private bool IsUnit(double[] quat)
    {
        double real = _compat == ModelCompat.Mj3 ? Math.Abs(quat[0]) : quat[0];
        return IsZero([real - 1, quat[1], quat[2], quat[3]]);
    }

    private static double[] Unit(double[] quat)
    {
        double[] unit = [.. quat];
        Rotation.Normalize(unit);
        return unit;
    }
}
