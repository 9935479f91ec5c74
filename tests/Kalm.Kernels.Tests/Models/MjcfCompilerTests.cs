using Kalm.Kernels.Envs.Clevr;
using Kalm.Kernels.Models;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class MjcfCompilerTests
{
    [SkippableFact]
    public void Clevr_scene_compiles_as_in_MuJoCo()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        Model model = CompiledModels.AssertSame(ClevrScene.Xml);
        Assert.Equal((37, 32, 2), (model.nq, model.nv, model.nu));
        Assert.Equal(["world", "red", "blue", "green", "purple", "cyan", "pusher"], model.names.Bodies);
    }

    [SkippableTheory]
    [MemberData(nameof(Scenes))]
    public void Scene_compiles_as_in_MuJoCo(string name, string content)
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        Assert.NotEmpty(name);
        CompiledModels.AssertSame($"<mujoco model=\"{name}\">{content}</mujoco>");
    }

    [SkippableFact]
    public void Random_models_compile_as_in_MuJoCo()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        RandomModels models = new(7);
        int moving = 0;
        for (int i = 0; i < 100; i++) moving += CompiledModels.AssertSame(models.Next(), axes: false).nv;
        Assert.InRange(moving, 500, 5000);
    }

    public static TheoryData<string, string> Scenes() => new()
    {
        {
            "chain in degrees",
            """
            <compiler angle="degree" autolimits="true"/>
            <option timestep="0.004" gravity="0 1 -9" impratio="3" cone="elliptic" tolerance="1e-10" iterations="7"/>
            <default><joint damping="0.2" armature="0.01"/><geom contype="0" conaffinity="0" density="700"/></default>
            <worldbody><body name="a" pos="0 0 1" euler="10 20 30">
            <joint name="ja" type="hinge" axis="1 2 3" pos="0.1 0 0" range="-30 45"
            ref="10" springref="5" stiffness="3"/>
            <geom type="box" size=".1 .2 .3" pos="0.05 0 0.1" axisangle="0 1 1 40"/>
            <body name="b" pos="0.3 0.1 0" quat="2 0 1 0">
            <joint name="jb" type="slide" axis="0 3 4" range="0 1" margin=".01"/>
            <geom type="capsule" fromto="0 0 0 .3 .1 .2" size=".05"/>
            <geom type="cylinder" size=".1 .2" mass="0.7" pos="0 .2 0"/>
            <site name="tip" pos=".1 .2 .3" euler="0 90 0"/></body></body></worldbody>
            <actuator><motor name="m" joint="ja" gear="3" ctrlrange="-1 2"/>
            <position joint="jb" kp="40" forcerange="-5 5"/></actuator>
            """
        },
        {
            "default classes",
            """
            <default><geom friction=".8 .1" solref=".01 1" size=".1 .2 .3" contype="0" conaffinity="0"/>
            <joint armature="0.1"/>
            <default class="arm"><geom rgba="1 0 0 .5" solimp=".8 .9 .01"/><joint damping="2"/>
            <default class="hand"><geom friction=".3" type="box"/><joint type="slide" axis="0 1 0"/></default>
            </default></default>
            <worldbody><geom/><body childclass="arm"><joint/><geom/><body><joint/><geom class="hand"/>
            <body childclass="hand"><joint/><geom/><geom class="main"/><geom type="sphere"/></body></body></body>
            </worldbody>
            """
        },
        {
            "inertial elements",
            """
            <worldbody><body name="diagonal" pos="1 0 0"><freejoint/>
            <inertial pos=".1 .2 .3" quat="1 1 0 0" mass="2" diaginertia=".1 .2 .25"/>
            <geom type="sphere" size=".2" contype="0" conaffinity="0"/></body>
            <body name="full"><joint type="hinge" axis="0 1 0"/>
            <inertial pos="0 0 .1" mass="3" fullinertia=".3 .2 .25 .01 .02 -.03"/>
            <body name="welded" pos=".5 0 0">
            <geom type="box" size=".1 .1 .2" density="10" contype="0" conaffinity="0"/></body></body></worldbody>
            """
        },
        {
            "inertia from groups",
            """
            <compiler inertiafromgeom="true" inertiagrouprange="2 3"/>
            <worldbody><body pos="0 0 2"><freejoint name="f"/><inertial pos="0 0 0" mass="9" diaginertia="1 1 1"/>
            <geom type="sphere" size=".1" group="1" density="9000"/>
            <geom type="sphere" size=".1" group="2" pos=".3 0 0"/>
            <geom type="sphere" size=".2" group="3" pos="0 .4 .1"/></body></worldbody>
            """
        },
        {
            "free tree",
            """
            <worldbody><geom type="plane" size="0 0 1"/><body name="torso" pos="0 0 1" euler="30 0 0"><freejoint/>
            <geom type="sphere" size=".2"/><body pos="0 .5 0"><joint type="hinge" axis="1 0 0" damping=".3"/>
            <joint type="slide" axis="1 0 0" pos="0 0 .1"/><geom type="sphere" size=".1" pos="0 .1 0"/></body>
            <body pos="0 -.5 0"><joint type="hinge" axis="0 0 1" armature=".2"/><geom type="sphere" size=".1"/>
            </body></body>
            <body name="slider" pos="3 0 0"><joint type="slide" axis="1 0 0" armature=".04"/>
            <joint type="slide" axis="0 1 0"/>
            <geom type="sphere" size=".3" density="2"/></body><body name="post" pos="-3 0 0">
            <geom type="sphere" size=".5"/>
            <body name="empty" pos=".1 0 0"/></body><body name="hand" mocap="true" pos="5 5 5">
            <geom type="sphere" size=".1"/></body></worldbody>
            """
        },
        {
            "orientations",
            """
            <compiler eulerseq="XyZ" angle="radian"/><default>
            <geom contype="0" conaffinity="0" type="box" size=".1 .2 .3"/></default>
            <worldbody><geom euler=".1 .2 .3"/><geom zaxis="1 2 3"/><geom zaxis="0 0 -1"/>
            <geom xyaxes="1 1 0 -1 2 1"/>
            <geom axisangle="3 4 0 1.2"/><geom quat="0 2 1 0"/><body euler="0 0 3.1">
            <geom xyaxes="-1 0 0 0 -1 .1"/></body></worldbody>
            """
        },
    };

    [Fact]
    public void Pairs_follow_bits_welds_and_parents()
    {
        Model model = Compile(
            """
            <worldbody><geom name="floor" type="plane" size="1 1 1"/>
            <geom name="wall" type="plane" size="1 1 1" conaffinity="0"/>
            <body><freejoint/><geom name="a" size=".1"/><geom name="a2" size=".1"/>
            <body><geom name="welded" size=".1"/></body>
            <body><joint type="hinge"/><geom name="child" size=".1"/>
            <body><joint type="hinge"/><geom name="grandchild" size=".1"/></body></body></body>
            <body><freejoint/><geom name="ghost" size=".1" contype="0" conaffinity="0"/></body>
            <body><geom name="post" size=".1" contype="2" conaffinity="0"/></body></worldbody>
            """);
        string[] pairs = [.. Enumerable.Range(0, model.npair).Select(
            i => $"{model.names.Geoms[model.pair_geom1[i]]}-{model.names.Geoms[model.pair_geom2[i]]}")];
        Assert.Equal(
            [
                "floor-a", "floor-a2", "wall-a", "wall-a2", "floor-welded", "wall-welded", "floor-child", "wall-child",
                "floor-grandchild", "wall-grandchild", "a-grandchild", "a2-grandchild", "welded-grandchild",
            ],
            pairs);
    }

    [SkippableFact]
    public void Contact_parameters_are_mixed_as_in_MuJoCo()
    {
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        const string Xml =
            """
            <mujoco><default><geom size=".3"/></default>
            <worldbody>
            <geom type="plane" size="1 1 1" friction=".5 .2 .3" solref=".05 .9" solmix="2" margin=".02" gap=".01"/>
            <body pos="0 0 .2"><freejoint/><geom friction=".7 .1 .4" solimp=".5 .6 .01 .3 3" condim="4"/></body>
            <body pos=".4 0 .25"><freejoint/><geom priority="1" solref="-100 -1" friction="0 0 0" condim="1"/></body>
            <body pos="0 .4 .25"><freejoint/><geom solmix="0" solref="-30 -2" condim="6"/></body></worldbody></mujoco>
            """;
        Model model = MjcfCompiler.CompileText(Xml, "test.xml");
        using MujocoModel oracle = MujocoModel.FromXml(Xml);
        using MujocoData data = new(oracle);
        data.Forward();
        Assert.Equal(6, model.npair);
        Assert.Equal(6, data.Count("ncon"));
        for (int i = 0; i < 6; i++) AssertSame(model, i, data.Contacts[i]);
    }

    private static unsafe void AssertSame(Model model, int pair, MujocoContact contact)
    {
        Assert.Equal((contact.geom1, contact.geom2), (model.pair_geom1[pair], model.pair_geom2[pair]));
        Assert.Equal(contact.dim, model.pair_dim[pair]);
        Assert.Equal(contact.includemargin, model.pair_margin[pair] - model.pair_gap[pair], 1e-15);
        for (int k = 0; k < 5; k++) Assert.Equal(contact.friction[k], model.pair_friction[(5 * pair) + k], 1e-15);
        for (int k = 0; k < 2; k++) Assert.Equal(contact.solref[k], model.pair_solref[(2 * pair) + k], 1e-13);
        for (int k = 0; k < 5; k++) Assert.Equal(contact.solimp[k], model.pair_solimp[(5 * pair) + k], 1e-15);
    }

    [Fact]
    public void Inverse_weight_of_the_pusher_ignores_armature_from_MuJoCo_3_on()
    {
        Model mj2 = ClevrScene.Compile(ModelCompat.Mj2);
        Model mj3 = ClevrScene.Compile(ModelCompat.Mj3);
        int body = mj2.names.Body("pusher");

        // figures measured with MuJoCo 2.2.2 and 3.3.0: 24.84 and 3819.7; mass 0.5 * 4/3 pi 0.05^3. the mean over the
        // three directions counts the one the pusher cannot move in
        double mass = 0.5 * 4 / 3 * Math.PI * 0.05 * 0.05 * 0.05;
        Assert.Equal(24.84, mj2.dof_invweight0[30], 0.01);
        Assert.Equal(1 / (mass + 0.04) * 2 / 3, mj2.body_invweight0[2 * body], 1e-10);
        Assert.Equal(3819.7, mj3.body_invweight0[2 * body], 0.1);
        Assert.Equal(1 / mass, mj3.dof_invweight0[31], 1e-9);
        Assert.Equal(0, mj3.body_invweight0[(2 * body) + 1]);
        Assert.Equal(mj2.body_invweight0[..(2 * body)], mj3.body_invweight0[..(2 * body)]);
    }

    [Fact]
    public void Trees_are_the_moving_children_of_the_world()
    {
        Model model = Compile(
            """
            <worldbody><body><geom size=".1"/><body name="a"><joint/><geom size=".1"/><body><geom size=".1"/></body>
            <body><joint/><geom size=".1"/></body></body></body><body name="b"><freejoint/><geom size=".1"/></body>
            </worldbody>
            """);
        Assert.Equal(2, model.ntree);
        Assert.Equal([-1, -1, 0, 0, 0, 1], model.body_treeid);
        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 1], model.dof_treeid);
        Assert.Equal([0, 2], model.tree_dofadr);
        Assert.Equal([2, 6], model.tree_dofnum);
    }

    [Fact]
    public void Switched_off_features_leave_the_model()
    {
        Model model = Compile(
            """
            <option gravity="0 0 -5" o_margin=".5">
            <flag contact="disable" gravity="disable" limit="disable" clampctrl="disable"/></option>
            <worldbody><geom type="plane" size="1 1 1"/><body><joint name="j" limited="true" range="0 1"/>
            <geom size=".1"/></body></worldbody>
            <actuator><motor joint="j" ctrllimited="true" ctrlrange="-1 1"/></actuator>
            """);
        Assert.Equal(0, model.npair);
        Assert.Equal([0, 0, 0], model.gravity);
        Assert.Equal(0, model.jnt_limited[0]);
        Assert.Equal(0, model.actuator_ctrllimited[0]);
    }

    [Fact]
    public void Capacities_cover_every_pair_unless_the_model_names_its_own()
    {
        const string World =
            """
            <worldbody><geom type="plane" size="1 1 1"/><body><joint limited="true" range="0 1"/><geom size=".1"/>
            </body>
            <body><freejoint/><geom size=".1" condim="1"/></body></worldbody>
            """;
        Model model = Compile(World);
        Assert.Equal((3, 2 + (3 * 4)), (model.nconmax, model.njmax));
        Model own = Compile($"<size nconmax=\"5\" njmax=\"20\"/>{World}");
        Assert.Equal((5, 20), (own.nconmax, own.njmax));
    }

    private static Model Compile(string content) =>
        MjcfCompiler.CompileText($"<mujoco>{content}</mujoco>", "test.xml");
}
