using System.Globalization;
using System.Text;

namespace Kalm.Kernels.Tests.Models;

/// <summary>Writes random models of the supported subset.</summary>
internal sealed class RandomModels(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<string> _joints = [];

    public string Next()
    {
        _text.Clear();
        _joints.Clear();
        _text.Append("<mujoco>");
        _text.Append($"<compiler angle=\"{Pick("degree", "radian")}\" eulerseq=\"{Pick("xyz", "ZyX")}\"");
        _text.Append(" autolimits=\"true\"/>");
        _text.Append($"<option timestep=\"{Number(0.001, 0.01)}\" gravity=\"{Numbers(3, -10, 10)}\"/>");
        _text.Append("<default><geom contype=\"0\" conaffinity=\"0\"/>");
        _text.Append($"<joint armature=\"{Number(0.01, 0.3)}\"/><default class=\"light\">");
        _text.Append($"<geom density=\"{Number(1, 50)}\" solref=\"{Number(0.01, 0.1)}\"/>");
        _text.Append($"<joint damping=\"{Number(0, 3)}\"/></default></default><worldbody>");
        for (int i = _random.Next(1, 4); i > 0; i--) Body(0);
        _text.Append("</worldbody><actuator>");
        foreach (string joint in _joints.Where(_ => Chance(0.5)))
            _text.Append($"<motor joint=\"{joint}\" gear=\"{Numbers(_random.Next(1, 7), -2, 2)}\"/>");
        return _text.Append("</actuator></mujoco>").ToString();
    }

    private void Body(int depth)
    {
        string childClass = Chance(0.3) ? " childclass=\"light\"" : "";
        _text.Append($"<body pos=\"{Numbers(3, -1, 1)}\"{Orientation()}{childClass}>");
        if (depth == 0 && Chance(0.4)) _text.Append("<freejoint/>");
        else for (int i = _random.Next(0, 4); i > 0; i--) Joint();
        if (Chance(0.2))
        {
            // three moments of which none exceeds the sum of the others
            string moments = $"{Number(1, 1.9)} {Number(1, 1.9)} {Number(1, 1.9)}";
            string place = $"pos=\"{Numbers(3, -1, 1)}\"{Orientation()}";
            _text.Append($"<inertial {place} mass=\"2\" diaginertia=\"{moments}\"/>");
        }

        for (int i = _random.Next(1, 4); i > 0; i--) Geom();
        if (Chance(0.3)) _text.Append($"<site pos=\"{Numbers(3, -1, 1)}\"{Orientation()}/>");
        for (int i = depth < 3 ? _random.Next(0, 3) : 0; i > 0; i--) Body(depth + 1);
        _text.Append("</body>");
    }

    private void Joint()
    {
        string name = $"j{_joints.Count}";
        _joints.Add(name);
        double low = _random.NextDouble();
        string range = Chance(0.5) ? $" range=\"{Text(-low)} {Text(low + 0.5)}\" margin=\"0.01\"" : "";
        string axis = Chance(0.5) ? "0 0 1" : Numbers(3, 0.1, 1);
        string pos = Chance(0.5) ? "" : $" pos=\"{Numbers(3, -1, 1)}\"";
        _text.Append($"<joint name=\"{name}\" type=\"{Pick("hinge", "slide")}\" axis=\"{axis}\"{pos}{range}");
        _text.Append($" ref=\"{Number(-1, 1)}\"/>");
    }

    private void Geom()
    {
        string mass = Chance(0.3) ? $" mass=\"{Number(0.1, 5)}\"" : "";
        string place = Chance(0.3) ? "" : $" pos=\"{Numbers(3, -1, 1)}\"{Orientation()}";
        string type = Pick("sphere", "capsule", "cylinder", "box");
        if (type != "sphere" && Chance(0.2)) place = $" fromto=\"{Numbers(6, -1, 1)}\"";
        _text.Append($"<geom type=\"{type}\" size=\"{Numbers(3, 0.05, 0.5)}\"{place}{mass}/>");
    }

    private string Orientation() => _random.Next(5) switch
    {
        0 => $" euler=\"{Numbers(3, -2, 2)}\"",
        1 => $" quat=\"{Numbers(4, 0.1, 1)}\"",
        2 => $" axisangle=\"{Numbers(4, 0.1, 2)}\"",
        3 => $" zaxis=\"{Numbers(3, 0.1, 1)}\"",
        _ => "",
    };

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private string Pick(params string[] words) => words[_random.Next(words.Length)];

    private string Number(double low, double high) => Text(low + (_random.NextDouble() * (high - low)));

    private string Numbers(int count, double low, double high) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => Number(low, high)));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
