using Kalm.Kernels.Models;
using Kalm.Testing;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class MetaWorldAssetTests
{
    private const string Folder = "metaworld/assets/sawyer_xyz";

    [SkippableFact]
    public void All_scenes_compile()
    {
        string? folder = SharedData.Path(Folder);
        Skip.If(folder is null, SharedData.Missing(Folder));
        string[] paths = Directory.GetFiles(folder, "*.xml");
        Assert.Equal(44, paths.Length);
        foreach (string path in paths)
        {
            Model model = MjcfCompiler.Compile(path, ModelCompat.Mj3);
            Assert.Equal(model.names.Body("mocap"), model.eq_obj1id[0]);
            Assert.Equal(model.names.Body("hand"), model.eq_obj2id[0]);
            int hand = model.names.Mesh("eGripperBase");
            Assert.Equal(883, model.mesh_vertnum[hand]);
        }
    }
}
