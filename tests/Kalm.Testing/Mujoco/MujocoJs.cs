using System.Diagnostics;
using System.Text.Json;

namespace Kalm.Testing.Mujoco;

/// <summary>
/// MuJoCo 3 under node: the package mujoco-js, installed once below <c>artifacts</c>, where node and npm are there.
/// </summary>
public static class MujocoJs
{
    private const string Package = "mujoco-js@0.0.7";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string?> Installed = new(Install);

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Why the oracle cannot be asked; null where it can.</summary>
    public static string? Missing => Installed.Value;

    private static string Modules => Path.Combine(Repository.Root, "artifacts", "oracle");

    private static string Script => Path.Combine(Repository.Root, "tests", "Kalm.Testing", "Mujoco", "mujoco.mjs");

    /// <summary>Asks one question.</summary>
    /// <param name="question">Model, states, and what to tell about them.</param>
    /// <exception cref="InvalidOperationException">MuJoCo refuses the model, or the script fails.</exception>
    public static MujocoJsAnswer Ask(MujocoJsQuestion question)
    {
        if (Missing is { } missing) throw new InvalidOperationException(missing);
        string folder = Directory.CreateTempSubdirectory("kalm-mujoco-").FullName;
        try
        {
            string request = Path.Combine(folder, "request.json");
            string answer = Path.Combine(folder, "answer.json");
            File.WriteAllText(request, JsonSerializer.Serialize(question, Form));
            if (Call("node", [Script, Modules, request, answer]) is { } failure)
                throw new InvalidOperationException(failure);
            return JsonSerializer.Deserialize<MujocoJsAnswer>(File.ReadAllText(answer), Form)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // into a folder of its own and then to its place, so that nobody sees half an installation
    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Modules, "node_modules", "mujoco-js"))) return null;
        string fresh = $"{Modules}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(fresh);
            string? failure = Call("npm", ["install", "--prefix", fresh, "--no-audit", "--no-fund", Package]);
            if (failure != null) return $"npm cannot install {Package}: {failure}";
            Directory.Move(fresh, Modules);
            return null;
        }
        catch (IOException) when (Directory.Exists(Modules))
        {
            // another process was faster
            return null;
        }
        catch (IOException e)
        {
            return $"{Package} cannot be installed: {e.Message}";
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    // null on success, else what went wrong
    private static string? Call(string program, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} does not end";
            }

            return process.ExitCode == 0
                ? null
                : $"{program} fails with code {process.ExitCode}: {error.Result.Trim()} {output.Result.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program} is not there: {e.Message}";
        }
    }
}
