using Kalm.App.Pipeline;

namespace Kalm.App.Tests.Pipeline;

public class ReportPageTests
{
    // clicks play and says what is on the page a second later
    private const string Probe = """
        const count = (selector) => document.querySelectorAll(selector).length;
        const button = document.querySelector("button.play[data-kind=policy]");
        button.click();
        await new Promise((done) => setTimeout(done, 1000));
        return `cards=${count(".player")} charts=${count(".chart svg")} bars=${count("#level-chart rect")} `
          + `rows=${count("#hallucination tbody tr")} label=${button.getAttribute("aria-label")} `
          + `moved=${button.dataset.step > 0}`;
        """;

    [Fact]
    public void Page_loads_nothing_from_elsewhere()
    {
        string page = ReportPage.Render(SampleReport.Create());

        string outside = page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch(@"https?://|\bsrc=|@import|url\((?!#)|\bfetch\(|XMLHttpRequest|WebSocket", outside);
        Assert.DoesNotContain("KALM-", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Goal_sentence_cannot_break_out_of_the_data()
    {
        ReportData data = SampleReport.Create() with { Lead = "</script><script>alert(1)</script>" };

        Assert.DoesNotContain("<script>alert", ReportPage.Render(data), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Play_button_plays_in_a_browser()
    {
        string? program = Chromium.Find();
        Skip.If(program is null, "chromium is not installed");
        string file = Path.GetTempFileName() + ".html";
        await File.WriteAllTextAsync(file, ReportPage.Render(SampleReport.Create()));

        await using Chromium browser = await Chromium.StartAsync(program!);
        string seen = await browser.EvaluateAsync(file, Probe);
        File.Delete(file);

        Assert.Equal("cards=3 charts=6 bars=20 rows=2 label=pause moved=true", seen);
    }
}
