using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.Kernels.Embedding;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Tests.Grounding;

public sealed class DreamerTests
{
    [Fact]
    public void A_batch_of_dreams_equals_single_dreams()
    {
        using GroundedModel model = SmallModel.Create();
        LlamaDecoder decoder = model.Decoder(1);
        var dreamer = new Dreamer(model, decoder, ClevrRewardForm.Offset);
        DreamTask[] tasks = DreamTask.Draw(ClevrLevel.Rephrase, 7, 0, 5);

        RolloutSet together = dreamer.Imagine(tasks, ClevrLevel.Rephrase, 6);
        RolloutSet again = new Dreamer(model, model.Decoder(2), ClevrRewardForm.Offset)
            .Imagine(tasks, ClevrLevel.Rephrase, 6);
        RolloutSet alone = dreamer.Imagine([tasks[3]], ClevrLevel.Rephrase, 6);

        Assert.Equal(together.Observations, again.Observations);
        Assert.Equal(together.Actions, again.Actions);
        Assert.Equal(together.Lengths[3], alone.Lengths[0]);
        Assert.Equal(together.ActionsOf(3).ToArray(), alone.ActionsOf(0).ToArray());
        Assert.Equal(
            together.Observation(3, alone.Lengths[0]).ToArray(), alone.Observation(0, alone.Lengths[0]).ToArray());
    }

    [Fact]
    public void Drawn_actions_belong_to_the_task_and_freeze_with_the_temperature()
    {
        using GroundedModel model = SmallModel.Create();
        LlamaDecoder decoder = model.Decoder(1);
        DreamTask[] tasks = DreamTask.Draw(ClevrLevel.Rephrase, 7, 0, 5);
        int[] Actions(double temperature, params DreamTask[] chosen) =>
            [.. new Dreamer(model, decoder, ClevrRewardForm.Offset, temperature)
                .Imagine(chosen, ClevrLevel.Rephrase, 6).Actions];

        int[] drawn = Actions(5, tasks);

        Assert.Equal(drawn, Actions(5, tasks));
        Assert.Equal(drawn.AsSpan(6, 6).ToArray(), Actions(5, tasks[1]));
        Assert.NotEqual(drawn, Actions(0, tasks));
        Assert.Equal(Actions(0, tasks), Actions(1e-6, tasks));
    }

    [Fact]
    public void Rollouts_end_at_the_goal_or_at_the_horizon_and_rewards_are_the_environment_s()
    {
        using GroundedModel model = SmallModel.Create();
        var dreamer = new Dreamer(model, model.Decoder(1), ClevrRewardForm.Plain);
        foreach (ClevrLevel level in new[] { ClevrLevel.Rephrase, ClevrLevel.Easy, ClevrLevel.Hard })
        {
            RolloutSet set = dreamer.Imagine(DreamTask.Draw(level, 1, 0, 12), level, 8);
            Assert.Equal(level.Name(), set.Level);
            for (int i = 0; i < set.Count; i++)
            {
                int last = set.Lengths[i] - 1;
                Assert.Equal(set.Success[i] ? last : Math.Min(8, level.Horizon()) - 1, last);
                for (int t = 0; t <= last; t++)
                {
                    int action = set.ActionsOf(i)[t];
                    bool reached = ClevrRules.Success(set.Goal(i), set.Observation(i, t + 1), action);
                    Assert.Equal(set.Success[i] && t == last, reached);
                    float reward = ClevrRules.Reward(
                        set.Goal(i), set.Observation(i, t), set.Observation(i, t + 1), action, ClevrRewardForm.Plain);
                    Assert.Equal(reward, set.RewardsOf(i)[t]);
                }
            }
        }
    }

    [Fact]
    public void Tasks_take_goals_in_turn_and_do_not_depend_on_how_they_are_drawn()
    {
        DreamTask[] all = DreamTask.Draw(ClevrLevel.Rephrase, 5, 0, 80);

        Assert.Equal(80, all.Select(task => task.Goal).Distinct().Count());
        Assert.Equal(all[30].Start, DreamTask.Draw(ClevrLevel.Rephrase, 5, 30, 1)[0].Start);
        Assert.All(all, task =>
        {
            Assert.Contains(task.Sentence, ClevrSentences.For(ClevrLevel.Rephrase, task.Goal));
            Assert.False(ClevrRules.Success(task.Goal.ToCode(), task.Start));
        });
    }

    [Fact]
    public void Language_policy_acts_like_the_dream_on_the_same_states()
    {
        using GroundedModel model = SmallModel.Create();
        LlamaDecoder decoder = model.Decoder(1);
        DreamTask[] tasks = DreamTask.Draw(ClevrLevel.Offline, 2, 0, 3);
        RolloutSet dream = new Dreamer(model, decoder, ClevrRewardForm.Offset).Imagine(tasks, ClevrLevel.Offline, 3);
        var policy = new LanguagePolicy(model, decoder, [.. tasks.Select(task => task.Sentence)], 3);

        int[] actions = new int[1];
        for (int t = 0; t < dream.Lengths[2]; t++)
        {
            policy.Act([2], dream.Observation(2, t), actions);
            Assert.Equal(dream.ActionsOf(2)[t], actions[0]);
        }
    }
}
