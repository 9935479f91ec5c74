using System.Reflection;
using Kalm.Kernels.Models;

namespace Kalm.Kernels.Envs.Clevr;

/// <summary>The CLEVR-Robot scene: the model file that comes with the program.</summary>
public static class ClevrScene
{
    private const string Resource = "Kalm.Kernels.Envs.Clevr.clevr_robot.xml";

    /// <summary>The model file's text (MJCF).</summary>
    public static string Xml
    {
        get
        {
            using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Compiles the scene.</summary>
    /// <param name="compat">MuJoCo generation; the recorded data has <see cref="ModelCompat.Mj2"/>.</param>
    public static Model Compile(ModelCompat compat = ModelCompat.Mj2) =>
        MjcfCompiler.CompileText(Xml, "clevr_robot.xml", compat);
}
