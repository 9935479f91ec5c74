using Kalm.Kernels.Models;
using Kalm.Testing.Mujoco;

namespace Kalm.Kernels.Tests.Models;

[Trait("Isa", "once")]
public class MetaWorldAssetTests
{
    [SkippableFact]
    public void All_scenes_compile_as_in_libmujoco()
    {
        Skip.If(MetaWorldAssets.Missing is not null, MetaWorldAssets.Missing);
        Skip.If(MujocoLibrary.Missing is not null, MujocoLibrary.Missing);
        string folder = Directory.CreateTempSubdirectory("kalm-metaworld-").FullName;
        try
        {
            MetaWorldAssets.CopyWithoutTextures(folder);
            Assert.Equal(44, MetaWorldAssets.Scenes.Length);
            Assert.All(MetaWorldAssets.Scenes, path =>
            {
                Model model = MjcfCompiler.Compile(path);
                using MujocoModel oracle =
                    MujocoModel.FromFile(Path.Combine(folder, "sawyer_xyz", Path.GetFileName(path)));
                CompiledModels.AssertSame(model, oracle, axes: false);
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
