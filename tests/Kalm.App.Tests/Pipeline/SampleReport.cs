using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

/// <summary>A report over made-up figures, with every part of the page in use.</summary>
internal static class SampleReport
{
    private static readonly string[] NovelLevels = ["rephrase", "easy", "hard"];

    public static ReportData Create() => new()
    {
        Run = new ReportRun
        {
            Name = "sample",
            Preset = "tiny",
            Seed = 1,
            Seconds = 731,
            Created = "2026-01-01 12:00 UTC",
            Machine = "2 cores, 8 GiB",
            Kalm = "0.1.0",
        },
        Lead = "A made-up run: the figures on this page come from a test, not from a policy.",
        SuccessNote = "Bars are means over seeds, whiskers one standard deviation.",
        Levels = Levels(),
        Curves = Curves(),
        Hallucination = new(
            ["level", "rollouts", "reached goal", "off the table", "exceeds dynamics", "overlapping"],
            [["rephrase", "800", "61.3 %", "3.1 %", "0.9 %", "12.0 %"],
            ["easy", "400", "83.0 %", "0.2 %", "0.4 %", "9.1 %"]]),
        HallucinationNote = "Shares of imagined transitions that could not happen.",
        Rollouts = Rollouts(),
        Options = [new("ground", [["epochs", "4"], ["lr", "0.001"]]),
            new("train", [["updates", "20,000"], ["batch", "32"]])],
        Stages = [new("collect", 14), new("ground", 322), new("imagine", 61), new("train", 250), new("evaluate", 84)],
    };

    private static List<LevelResult> Levels()
    {
        var levels = new List<LevelResult>();
        foreach (string level in PaperFigures.Levels)
        {
            for (int m = 0; m < PaperFigures.Methods.Count; m++)
            {
                double success =
                    (level switch { "offline" => 0.6, "rephrase" => 0.33, "easy" => 0.25, _ => 0.05 }) + (0.02 * m);
                levels.Add(new LevelResult(level, PaperFigures.Methods[m], success, 0.031, 3, 600));
            }
        }
        return levels;
    }

    private static List<ReportCurve> Curves()
    {
        double[] steps = [.. Enumerable.Range(0, 200).Select(i => i * 50.0)];
        double?[] Fall(double from, double to, double bend) =>
            [.. steps.Select(s => (double?)(to + ((from - to) * Math.Exp(-s / bend)) + (0.01 * from * Math.Sin(s))))];
        List<ReportCurve> curves =
        [
            new("ground", "loss", steps, Fall(6, 0.4, 1500)),
            new("ground", "val_loss", steps, Fall(6, 0.5, 1600)),
            new("ground", "state_mse", steps, Fall(0.2, 0.0005, 900)),
            new("ground", "val_state_mse", steps, Fall(0.2, 0.0008, 900)),
            new("ground", "action_accuracy", steps, Fall(0.05, 0.82, 2000)),
            new("ground", "explanation_accuracy", steps, Fall(0, 0.93, 1200)),
        ];
        foreach (string level in NovelLevels)
        {
            foreach (string method in (string[])["bc", "cql"])
            {
                for (int seed = 1; seed <= 3; seed++)
                {
                    double?[] values = Fall(3.2 + (0.2 * seed), 0.7 + (0.1 * level.Length), 2500);
                    curves.Add(new($"train/{level}/{method}-{seed}", "loss", steps, values));
                }
            }
        }
        return curves;
    }

    private static List<ReportRollout> Rollouts()
    {
        var rollouts = new List<ReportRollout>();
        foreach (string kind in (string[])["real", "imagined", "policy"])
        {
            foreach (string level in PaperFigures.Levels) rollouts.Add(Rollout(kind, level, rollouts.Count));
        }
        return rollouts;
    }

    private static ReportRollout Rollout(string kind, string level, int number)
    {
        const int Length = 6;
        double[] ball = [-0.2, 0.1, 0.35, 0.4, -0.38, 0.45, 0.1, -0.1, -0.1, 0.5];
        var states = new List<int>();
        var actions = new List<int>();
        for (int t = 0; t <= Length; t++)
        {
            states.AddRange(ball.Select(v => (int)Math.Round(1000 * v)));
            if (t == Length) break;
            actions.Add(t % 2 == 0 ? 4 : 24 + number % 8);
            if (t % 2 == 0) (ball[0], ball[1]) = (ball[0] + 0.05, ball[1] + 0.05);
            else ball[6] -= 0.04;
        }
        return new ReportRollout
        {
            Kind = kind,
            Level = level,
            Method = kind == "policy" ? "cql+kalm" : "",
            Goal = "Could you move the red ball so that it ends up on the left of the blue <ball>?",
            Code = level == "easy" ? [1, 0, 0, 1, 0, 0, 0, 0, 0, 0] : [0, 0, 1, 1, 0, 0, 0, 0, 0, 0],
            Success = number % 3 != 0,
            Length = Length,
            States = states,
            Actions = actions,
        };
    }
}
