using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Kalm.App.Tests.Pipeline;

/// <summary>A headless browser, driven through its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("kalm-chromium-");
    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly ClientWebSocket _socket = new();
    private readonly Process _process;
    private int _lastId;

    private Chromium(string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[
            "--headless", "--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage",

            // pictures in three dimensions, without a graphics card
            "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }
        _process = Process.Start(start)!;
    }

    /// <summary>The browser's path, or null when none is installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Starts the browser.</summary>
    public static async Task<Chromium> StartAsync(string program)
    {
        var browser = new Chromium(program);
        const string Announcement = "DevTools listening on ";
        string? line;
        do
        {
            line = await browser._process.StandardError.ReadLineAsync(browser._deadline.Token);
        }
        while (line is not null && !line.StartsWith(Announcement, StringComparison.Ordinal));
        Assert.NotNull(line);
        await browser._socket.ConnectAsync(new Uri(line[Announcement.Length..]), browser._deadline.Token);
        return browser;
    }

    /// <summary>Opens a file and gives the value of an expression (or promise) in it.</summary>
    public async Task<string> EvaluateAsync(string file, string expression)
    {
        JsonNode target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "file://" + file }, null);
        JsonNode session = await CallAsync(
            "Target.attachToTarget",
            new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true },
            null);
        string page = session["sessionId"]!.GetValue<string>();

        // a new tab shows an empty page first, and what runs in it is lost when the file arrives
        while (await ValueAsync("location.protocol + document.readyState", page) != "file:complete")
            await Task.Delay(100, _deadline.Token);
        return await ValueAsync("(async () => {" + expression + "})()", page);
    }

    private async Task<string> ValueAsync(string expression, string session)
    {
        JsonNode answer = await CallAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true },
            session);
        return answer["result"]?["value"]?.ToString() ?? answer.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _deadline.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // a helper process of the browser may still write; the folder is a temporary one
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, string? session)
    {
        int id = ++_lastId;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null) call["sessionId"] = session;
        byte[] bytes = Encoding.UTF8.GetBytes(call.ToJsonString());
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, true, _deadline.Token);
        while (true)
        {
            JsonNode message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() != id) continue;
            return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _deadline.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!;
    }
}
