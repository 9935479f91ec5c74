namespace Kalm.Testing.Mujoco;

/// <summary>
/// Where the fields of mjModel and mjData lie in memory: the field order of MuJoCo 2.2.2's public headers
/// (mjmodel.h, mjdata.h), as text, with natural alignment. <see cref="MujocoLibrary"/> checks the result against a
/// small model before anything relies on it.
/// </summary>
internal static class MujocoLayout
{
    /// <summary>Bytes of one mjContact.</summary>
    public const int ContactBytes = 528;

    private const int VisualBytes = 560;

    // leading integers of mjModel
    private const string Sizes = """
        nq nv nu na nbody njnt ngeom nsite ncam nlight nmesh nmeshvert nmeshtexvert nmeshface nmeshgraph nskin
        nskinvert nskintexvert nskinface nskinbone nskinbonevert nhfield nhfielddata ntex ntexdata nmat npair
        nexclude neq ntendon nwrap nsensor nnumeric nnumericdata ntext ntextdata ntuple ntupledata nkey nmocap
        nuser_body nuser_jnt nuser_geom nuser_site nuser_cam nuser_tendon nuser_actuator nuser_sensor nnames nM nD
        nemax njmax nconmax nstack nuserdata nsensordata nbuffer
        """;

    // mjOption and mjStatistic: d double, i int, with a count
    private const string OptionFields = """
        d timestep 1; d apirate 1; d impratio 1; d tolerance 1; d noslip_tolerance 1; d mpr_tolerance 1; d gravity 3;
        d wind 3; d magnetic 3; d density 1; d viscosity 1; d o_margin 1; d o_solref 2; d o_solimp 5; i integrator 1;
        i collision 1; i cone 1; i jacobian 1; i solver 1; i iterations 1; i noslip_iterations 1; i mpr_iterations 1;
        i disableflags 1; i enableflags 1;
        """;

    private const string StatisticFields = "d meaninertia 1; d meanmass 1; d meansize 1; d extent 1; d center 3;";

    // mjData before its pointers: w, t, s are records of diagnostics
    private const string DataFields = """
        i data_nstack 1; i data_nbuffer 1; i pstack 1; i maxuse_stack 1; i maxuse_con 1; i maxuse_efc 1; w warning 8;
        t timer 13; s solver 1000; i solver_iter 1; i solver_nnz 1; d solver_fwdinv 2; i ne 1; i nf 1; i nefc 1;
        i ncon 1; d time 1; d energy 2; p data_buffer 1; p stack 1;
        """;

    // pointers of mjModel: type of the elements, name, number of elements
    private const string ModelArrays = """
        d qpos0 nq; d qpos_spring nq; i body_parentid nbody; i body_rootid nbody; i body_weldid nbody;
        i body_mocapid nbody; i body_jntnum nbody; i body_jntadr nbody; i body_dofnum nbody; i body_dofadr nbody;
        i body_geomnum nbody; i body_geomadr nbody; b body_simple nbody; b body_sameframe nbody;
        d body_pos nbody*3; d body_quat nbody*4; d body_ipos nbody*3; d body_iquat nbody*4; d body_mass nbody;
        d body_subtreemass nbody; d body_inertia nbody*3; d body_invweight0 nbody*2;
        d body_user nbody*nuser_body; i jnt_type njnt; i jnt_qposadr njnt; i jnt_dofadr njnt;
        i jnt_bodyid njnt; i jnt_group njnt; b jnt_limited njnt; d jnt_solref njnt*2; d jnt_solimp njnt*5;
        d jnt_pos njnt*3; d jnt_axis njnt*3; d jnt_stiffness njnt; d jnt_range njnt*2; d jnt_margin njnt;
        d jnt_user njnt*nuser_jnt; i dof_bodyid nv; i dof_jntid nv; i dof_parentid nv; i dof_Madr nv;
        i dof_simplenum nv; d dof_solref nv*2; d dof_solimp nv*5; d dof_frictionloss nv; d dof_armature nv;
        d dof_damping nv; d dof_invweight0 nv; d dof_M0 nv; i geom_type ngeom; i geom_contype ngeom;
        i geom_conaffinity ngeom; i geom_condim ngeom; i geom_bodyid ngeom; i geom_dataid ngeom;
        i geom_matid ngeom; i geom_group ngeom; i geom_priority ngeom; b geom_sameframe ngeom; d geom_solmix ngeom;
        d geom_solref ngeom*2; d geom_solimp ngeom*5; d geom_size ngeom*3; d geom_rbound ngeom; d geom_pos ngeom*3;
        d geom_quat ngeom*4; d geom_friction ngeom*3; d geom_margin ngeom; d geom_gap ngeom; d geom_fluid ngeom*12;
        d geom_user ngeom*nuser_geom; f geom_rgba ngeom*4; i site_type nsite; i site_bodyid nsite;
        i site_matid nsite; i site_group nsite; b site_sameframe nsite; d site_size nsite*3; d site_pos nsite*3;
        d site_quat nsite*4; d site_user nsite*nuser_site; f site_rgba nsite*4; i cam_mode ncam;
        i cam_bodyid ncam; i cam_targetbodyid ncam; d cam_pos ncam*3; d cam_quat ncam*4; d cam_poscom0 ncam*3;
        d cam_pos0 ncam*3; d cam_mat0 ncam*9; d cam_fovy ncam; d cam_ipd ncam; d cam_user ncam*nuser_cam;
        i light_mode nlight; i light_bodyid nlight; i light_targetbodyid nlight; b light_directional nlight;
        b light_castshadow nlight; b light_active nlight; d light_pos nlight*3; d light_dir nlight*3;
        d light_poscom0 nlight*3; d light_pos0 nlight*3; d light_dir0 nlight*3; f light_attenuation nlight*3;
        f light_cutoff nlight; f light_exponent nlight; f light_ambient nlight*3; f light_diffuse nlight*3;
        f light_specular nlight*3; i mesh_vertadr nmesh; i mesh_vertnum nmesh; i mesh_texcoordadr nmesh;
        i mesh_faceadr nmesh; i mesh_facenum nmesh; i mesh_graphadr nmesh; f mesh_vert nmeshvert*3;
        f mesh_normal nmeshvert*3; f mesh_texcoord nmeshtexvert*2; i mesh_face nmeshface*3;
        i mesh_graph nmeshgraph; i skin_matid nskin; i skin_group nskin; f skin_rgba nskin*4; f skin_inflate nskin;
        i skin_vertadr nskin; i skin_vertnum nskin; i skin_texcoordadr nskin; i skin_faceadr nskin;
        i skin_facenum nskin; i skin_boneadr nskin; i skin_bonenum nskin; f skin_vert nskinvert*3;
        f skin_texcoord nskintexvert*2; i skin_face nskinface*3; i skin_bonevertadr nskinbone;
        i skin_bonevertnum nskinbone; f skin_bonebindpos nskinbone*3; f skin_bonebindquat nskinbone*4;
        i skin_bonebodyid nskinbone; i skin_bonevertid nskinbonevert; f skin_bonevertweight nskinbonevert;
        d hfield_size nhfield*4; i hfield_nrow nhfield; i hfield_ncol nhfield; i hfield_adr nhfield;
        f hfield_data nhfielddata; i tex_type ntex; i tex_height ntex; i tex_width ntex; i tex_adr ntex;
        b tex_rgb ntexdata; i mat_texid nmat; b mat_texuniform nmat; f mat_texrepeat nmat*2; f mat_emission nmat;
        f mat_specular nmat; f mat_shininess nmat; f mat_reflectance nmat; f mat_rgba nmat*4; i pair_dim npair;
        i pair_geom1 npair; i pair_geom2 npair; i pair_signature npair; d pair_solref npair*2;
        d pair_solimp npair*5; d pair_margin npair; d pair_gap npair; d pair_friction npair*5;
        i exclude_signature nexclude; i eq_type neq; i eq_obj1id neq; i eq_obj2id neq; b eq_active neq;
        d eq_solref neq*2; d eq_solimp neq*5; d eq_data neq*11; i tendon_adr ntendon; i tendon_num ntendon;
        i tendon_matid ntendon; i tendon_group ntendon; b tendon_limited ntendon; d tendon_width ntendon;
        d tendon_solref_lim ntendon*2; d tendon_solimp_lim ntendon*5; d tendon_solref_fri ntendon*2;
        d tendon_solimp_fri ntendon*5; d tendon_range ntendon*2; d tendon_margin ntendon;
        d tendon_stiffness ntendon; d tendon_damping ntendon; d tendon_frictionloss ntendon;
        d tendon_lengthspring ntendon; d tendon_length0 ntendon; d tendon_invweight0 ntendon;
        d tendon_user ntendon*nuser_tendon; f tendon_rgba ntendon*4; i wrap_type nwrap; i wrap_objid nwrap;
        d wrap_prm nwrap; i actuator_trntype nu; i actuator_dyntype nu; i actuator_gaintype nu;
        i actuator_biastype nu; i actuator_trnid nu*2; i actuator_group nu; b actuator_ctrllimited nu;
        b actuator_forcelimited nu; b actuator_actlimited nu; d actuator_dynprm nu*10; d actuator_gainprm nu*10;
        d actuator_biasprm nu*10; d actuator_ctrlrange nu*2; d actuator_forcerange nu*2; d actuator_actrange nu*2;
        d actuator_gear nu*6; d actuator_cranklength nu; d actuator_acc0 nu; d actuator_length0 nu;
        d actuator_lengthrange nu*2; d actuator_user nu*nuser_actuator; i sensor_type nsensor;
        i sensor_datatype nsensor; i sensor_needstage nsensor; i sensor_objtype nsensor; i sensor_objid nsensor;
        i sensor_reftype nsensor; i sensor_refid nsensor; i sensor_dim nsensor; i sensor_adr nsensor;
        d sensor_cutoff nsensor; d sensor_noise nsensor; d sensor_user nsensor*nuser_sensor;
        i numeric_adr nnumeric; i numeric_size nnumeric; d numeric_data nnumericdata; i text_adr ntext;
        i text_size ntext; b text_data ntextdata; i tuple_adr ntuple; i tuple_size ntuple;
        i tuple_objtype ntupledata; i tuple_objid ntupledata; d tuple_objprm ntupledata; d key_time nkey;
        d key_qpos nkey*nq; d key_qvel nkey*nv; d key_act nkey*na; d key_mpos nkey*nmocap*3;
        d key_mquat nkey*nmocap*4; d key_ctrl nkey*nu; i name_bodyadr nbody; i name_jntadr njnt;
        i name_geomadr ngeom; i name_siteadr nsite; i name_camadr ncam; i name_lightadr nlight;
        i name_meshadr nmesh; i name_skinadr nskin; i name_hfieldadr nhfield; i name_texadr ntex;
        i name_matadr nmat; i name_pairadr npair; i name_excludeadr nexclude; i name_eqadr neq;
        i name_tendonadr ntendon; i name_actuatoradr nu; i name_sensoradr nsensor; i name_numericadr nnumeric;
        i name_textadr ntext; i name_tupleadr ntuple; i name_keyadr nkey; b names nnames;
        """;

    // pointers of mjData
    private const string DataArrays = """
        d qpos nq; d qvel nv; d act na; d qacc_warmstart nv; d ctrl nu; d qfrc_applied nv; d xfrc_applied nbody*6;
        d mocap_pos nmocap*3; d mocap_quat nmocap*4; d qacc nv; d act_dot na; d userdata nuserdata;
        d sensordata nsensordata; d xpos nbody*3; d xquat nbody*4; d xmat nbody*9; d xipos nbody*3;
        d ximat nbody*9; d xanchor njnt*3; d xaxis njnt*3; d geom_xpos ngeom*3; d geom_xmat ngeom*9;
        d site_xpos nsite*3; d site_xmat nsite*9; d cam_xpos ncam*3; d cam_xmat ncam*9; d light_xpos nlight*3;
        d light_xdir nlight*3; d subtree_com nbody*3; d cdof nv*6; d cinert nbody*10; i ten_wrapadr ntendon;
        i ten_wrapnum ntendon; i ten_J_rownnz ntendon; i ten_J_rowadr ntendon; i ten_J_colind ntendon*nv;
        d ten_length ntendon; d ten_J ntendon*nv; i wrap_obj nwrap*2; d wrap_xpos nwrap*6;
        d actuator_length nu; d actuator_moment nu*nv; d crb nbody*10; d qM nM; d qLD nM; d qLDiagInv nv;
        d qLDiagSqrtInv nv; c contact nconmax; i efc_type njmax; i efc_id njmax; i efc_J_rownnz njmax;
        i efc_J_rowadr njmax; i efc_J_rowsuper njmax; i efc_J_colind njmax*nv; i efc_JT_rownnz nv;
        i efc_JT_rowadr nv; i efc_JT_rowsuper nv; i efc_JT_colind nv*njmax; d efc_J njmax*nv;
        d efc_JT nv*njmax; d efc_pos njmax; d efc_margin njmax; d efc_frictionloss njmax;
        d efc_diagApprox njmax; d efc_KBIP njmax*4; d efc_D njmax; d efc_R njmax; i efc_AR_rownnz njmax;
        i efc_AR_rowadr njmax; i efc_AR_colind njmax*njmax; d efc_AR njmax*njmax; d ten_velocity ntendon;
        d actuator_velocity nu; d cvel nbody*6; d cdof_dot nv*6; d qfrc_bias nv; d qfrc_passive nv;
        d efc_vel njmax; d efc_aref njmax; d subtree_linvel nbody*3; d subtree_angmom nbody*3; d qH nM;
        d qHDiagInv nv; i D_rownnz nv; i D_rowadr nv; i D_colind nD; d qDeriv nD; d qLU nD; d actuator_force nu;
        d qfrc_actuator nv; d qfrc_smooth nv; d qacc_smooth nv; d efc_b njmax; d efc_force njmax;
        i efc_state njmax; d qfrc_constraint nv; d qfrc_inverse nv; d cacc nbody*6; d cfrc_int nbody*6;
        d cfrc_ext nbody*6;
        """;

    /// <summary>Fields of mjModel by name.</summary>
    public static IReadOnlyDictionary<string, MujocoField> Model { get; } = BuildModel();

    /// <summary>Fields of mjData by name.</summary>
    public static IReadOnlyDictionary<string, MujocoField> Data { get; } = BuildData();

    private static Dictionary<string, MujocoField> BuildModel()
    {
        Dictionary<string, MujocoField> fields = [];
        int offset = 0;
        foreach (string size in Sizes.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            fields.Add(size, new('i', offset, false, ["1"]));
            offset += sizeof(int);
        }

        offset = AddInline(fields, Align(offset), OptionFields);
        offset = AddInline(fields, Align(offset) + VisualBytes, StatisticFields);

        // one pointer to the buffer, then one per array
        AddPointers(fields, Align(offset) + sizeof(ulong), ModelArrays);
        return fields;
    }

    private static Dictionary<string, MujocoField> BuildData()
    {
        Dictionary<string, MujocoField> fields = [];
        int offset = AddInline(fields, 0, DataFields);
        AddPointers(fields, Align(offset), DataArrays);
        return fields;
    }

    private static int AddInline(Dictionary<string, MujocoField> fields, int offset, string text)
    {
        foreach (string[] part in Parts(text))
        {
            char type = part[0][0];
            if (type != 'i') offset = Align(offset);
            fields.Add(part[1], new(type, offset, false, [part[2]]));
            offset += Bytes(type) * int.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture);
        }

        return offset;
    }

    private static void AddPointers(Dictionary<string, MujocoField> fields, int offset, string text)
    {
        foreach (string[] part in Parts(text))
        {
            fields.Add(part[1], new(part[0][0], offset, true, part[2].Split('*')));
            offset += sizeof(ulong);
        }
    }

    private static IEnumerable<string[]> Parts(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int Align(int offset) => (offset + 7) & ~7;

    // mjWarningStat is two ints, mjTimerStat a double and an int, mjSolverStat three doubles and four ints
    private static int Bytes(char type) => type switch
    {
        'i' => 4,
        'd' or 'p' or 'w' => 8,
        't' => 16,
        's' => 40,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
