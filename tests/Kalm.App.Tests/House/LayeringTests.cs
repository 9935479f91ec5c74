using System.Reflection;
using System.Text.RegularExpressions;
using Kalm.Testing;

namespace Kalm.App.Tests.House;

/// <summary>
/// A floor uses only the floors below it. C# itself allows folders to use each other in circles, so the table below is
/// held against every name in every source file.
/// </summary>
public sealed partial class LayeringTests
{
    // floor -> the floors it may use beside itself
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Kalm.Kernels.Lanes"] = ["Kalm.Kernels.Memory"],
        ["Kalm.Kernels.Memory"] = ["Kalm.Kernels.Lanes"],
        ["Kalm.Kernels.Launch"] = ["Kalm.Kernels.Lanes", "Kalm.Kernels.Memory"],
        ["Kalm.Kernels.Models"] = ["Kalm.Kernels.Lanes", "Kalm.Kernels.Memory", "Kalm.Kernels.Launch"],
        ["Kalm.Kernels.Physics"] =
            ["Kalm.Kernels.Lanes", "Kalm.Kernels.Memory", "Kalm.Kernels.Launch", "Kalm.Kernels.Models"],
        ["Kalm.Kernels.Envs"] =
        [
            "Kalm.Kernels.Lanes", "Kalm.Kernels.Memory", "Kalm.Kernels.Launch", "Kalm.Kernels.Models",
            "Kalm.Kernels.Physics",
        ],
        ["Kalm.Kernels.Learning"] = ["Kalm.Kernels.Lanes", "Kalm.Kernels.Memory", "Kalm.Kernels.Launch"],
        ["Kalm.Kernels.Embedding"] =
            ["Kalm.Kernels.Lanes", "Kalm.Kernels.Memory", "Kalm.Kernels.Launch", "Kalm.Kernels.Learning"],
        ["Kalm.Native.Interop"] = [],
        ["Kalm.Native.Torch"] = ["Kalm.Native.Interop"],
        ["Kalm.Native.Llm"] = ["Kalm.Native.Torch"],
        ["Kalm.App.Formats"] = ["Kalm.Kernels", "Kalm.Native.Llm"],

        // the insides of the stages ground and imagine: one floor with the stages
        ["Kalm.App.Grounding"] = ["Kalm.Kernels", "Kalm.Native", "Kalm.App.Formats", "Kalm.App.Pipeline"],
        ["Kalm.App.Pipeline"] = ["Kalm.Kernels", "Kalm.Native", "Kalm.App.Formats", "Kalm.App.Grounding"],
        ["Kalm.App.Cli"] = ["Kalm.Kernels", "Kalm.Native", "Kalm.App.Formats", "Kalm.App.Pipeline"],
    };

    [Fact]
    public void A_floor_uses_only_the_floors_below_it()
    {
        List<string> found = [];
        foreach (string path in Repository.Files("src", ".cs"))
        {
            string file = Repository.Relative(path);
            string[] parts = file.Split('/');
            if (parts.Length < 4) continue;
            string floor = $"{parts[1]}.{parts[2]}";
            if (!Floors.TryGetValue(floor, out string[]? below))
            {
                found.Add($"{file}: no floor is called {floor}");
                continue;
            }

            string code = CommentOrString().Replace(File.ReadAllText(path), "");
            foreach (string name in Name().Matches(code).Select(match => match.Value).Distinct())
            {
                bool whole = name is "Kalm.Kernels" or "Kalm.Native";
                if (!whole && !below.Append(floor).Any(space => Within(name, space)))
                    found.Add($"{file}: {floor} uses {name}");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void Namespaces_follow_the_folders()
    {
        List<string> found = [];
        foreach (string path in Repository.Files("src", ".cs"))
        {
            string file = Repository.Relative(path);
            Match declared = Namespace().Match(File.ReadAllText(path));
            if (!declared.Success) continue;
            string expected = string.Join('.', file.Split('/')[1..^1]);
            if (declared.Groups[1].Value != expected) found.Add($"{file}: {declared.Groups[1].Value}");
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData(typeof(Kalm.Kernels.Lanes.Lane1), new[] { "System", "CommunityToolkit.HighPerformance", "ILGPU" })]
    [InlineData(typeof(Kalm.Native.Llm.LlamaOptions), new[] { "System", "TorchSharp" })]
    public void Assemblies_refer_to_the_named_packages_only(Type inside, string[] allowed)
    {
        string[] others = [.. inside.Assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => !allowed.Any(prefix => Within(name, prefix)))];

        Assert.True(others.Length == 0, string.Join(", ", others));
    }

    [Fact]
    public void Kernels_call_no_native_code()
    {
        const BindingFlags all =
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        string[] imports = [.. typeof(Kalm.Kernels.Lanes.Lane1).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(all | BindingFlags.DeclaredOnly))
            .Where(method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => $"{method.DeclaringType}.{method.Name}")];

        Assert.True(imports.Length == 0, string.Join(", ", imports));
    }

    private static bool Within(string name, string space) =>
        name == space || name.StartsWith(space + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""[^""\n]*""", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();

    [GeneratedRegex(@"\bKalm\.(Kernels|Native|App)(\.[A-Z]\w*)?")]
    private static partial Regex Name();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
