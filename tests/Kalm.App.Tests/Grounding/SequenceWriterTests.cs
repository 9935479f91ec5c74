using Kalm.App.Formats;
using Kalm.App.Grounding;

namespace Kalm.App.Tests.Grounding;

public sealed class SequenceWriterTests
{
    private static readonly LossWeights s_weights = new(2, 3, 5, 7);

    [Fact]
    public void Generation_predicts_each_action_from_its_state_and_each_state_from_its_action()
    {
        using GroundedModel model = SmallModel.Create();
        RolloutSet rollouts = SmallModel.Rollouts(1);
        int steps = rollouts.Lengths[0];
        string goal = rollouts.Sentences[0][0];
        BatchPlan plan = Write(model, rollouts, new GroundSample(GroundTask.Generation, 0, 0, goal));
        int prompt = model.Prompts.Begin(Prompts.Generation(goal)).Length;

        Assert.Equal(prompt + (2 * steps), plan.Time);
        Assert.Equal(Enumerable.Range(0, steps).Select(t => prompt + (2 * t)), plan.StateRows());
        Assert.Equal(Enumerable.Range(0, steps).Select(t => prompt + (2 * t) + 1), plan.ActionRows());
        Assert.Equal(plan.StateRows(), plan.ActionFromRows());
        Assert.Equal(plan.ActionRows(), plan.StateFromRows());
        Assert.Equal(rollouts.ActionsOf(0).ToArray(), plan.ActionTargets.ToArray());
        Assert.Empty(plan.TokenFromRows());

        // the weights of a sequence add up to the weight of the loss
        Assert.Equal(2, plan.StateWeights.ToArray().Sum(), 1e-5f);
        Assert.Equal(3, plan.ActionWeights.ToArray().Sum(), 1e-5f);

        // encoder inputs are scaled positions, targets scaled changes
        Assert.Equal(4 * rollouts.Observation(0, 0)[3], plan.States[3]);
        Assert.Equal(
            10 * (rollouts.Observation(0, 1)[3] - rollouts.Observation(0, 0)[3]), plan.StateTargets[3], 1e-5f);
    }

    [Fact]
    public void Where_states_themselves_are_said_the_first_one_is_predicted_from_the_text()
    {
        using GroundedModel model = SmallModel.Create(target: StateTarget.Next);
        RolloutSet rollouts = SmallModel.Rollouts(1);
        string goal = rollouts.Sentences[0][0];
        BatchPlan plan = Write(model, rollouts, new GroundSample(GroundTask.Generation, 0, 0, goal));

        Assert.Equal(model.Prompts.Begin(Prompts.Generation(goal)).Length - 1, plan.StateFromRows()[0]);
        Assert.Equal(10 * rollouts.Observation(0, 0)[0], plan.StateTargets[0], 1e-5f);
        Assert.Equal(2, plan.StateWeights.ToArray().Sum(), 1e-5f);
    }

    [Fact]
    public void Explanation_predicts_the_goal_and_its_full_stop_alone()
    {
        using GroundedModel model = SmallModel.Create();
        RolloutSet rollouts = SmallModel.Rollouts(1);
        string goal = rollouts.Sentences[0][5];
        BatchPlan plan = Write(model, rollouts, new GroundSample(GroundTask.Explanation, 0, 0, goal));

        string said = model.Tokenizer.Decode(plan.TokenTargets);
        Assert.Equal(PromptEncoder.Lower(goal) + ".", said.Trim());
        Assert.Equal(plan.Time - 2, plan.TokenFromRows()[^1]);
        Assert.Equal(5, plan.TokenWeights.ToArray().Sum(), 1e-5f);
        Assert.Empty(plan.ActionFromRows());
        Assert.Empty(plan.StateFromRows());
        Assert.Equal(rollouts.Lengths[0] + 1, plan.StateRows().Length);
    }

    [Fact]
    public void Dynamics_and_consequence_predict_one_state_from_their_last_row()
    {
        using GroundedModel model = SmallModel.Create();
        RolloutSet rollouts = SmallModel.Rollouts(1);
        int last = rollouts.Lengths[0];
        string goal = rollouts.Sentences[0][0];
        BatchPlan dynamics = Write(model, rollouts, new GroundSample(GroundTask.Dynamics, 0, 1, goal));
        BatchPlan consequence = Write(model, rollouts, new GroundSample(GroundTask.Consequence, 0, 0, goal));

        Assert.Equal([dynamics.Time - 1], dynamics.StateFromRows());
        Assert.Equal([consequence.Time - 1], consequence.StateFromRows());
        Assert.Equal(
            10 * (rollouts.Observation(0, 2)[9] - rollouts.Observation(0, 1)[9]), dynamics.StateTargets[9], 1e-5f);
        Assert.Equal(
            10 * (rollouts.Observation(0, last)[9] - rollouts.Observation(0, 0)[9]), consequence.StateTargets[9],
            1e-5f);
    }

    [Fact]
    public void Announced_length_is_the_length()
    {
        using GroundedModel model = SmallModel.Create();
        RolloutSet rollouts = SmallModel.Rollouts(1);
        var writer = new SequenceWriter(model.Prompts, model.Scale, s_weights);
        foreach (GroundTask task in Enum.GetValues<GroundTask>())
        {
            var sample = new GroundSample(task, 0, 0, rollouts.Sentences[0][2]);
            Assert.Equal(writer.Length(sample, rollouts), Write(model, rollouts, sample).Time);
        }
    }

    [Fact]
    public void Rows_of_later_sequences_start_at_multiples_of_the_longest()
    {
        using GroundedModel model = SmallModel.Create();
        RolloutSet rollouts = SmallModel.Rollouts(2);
        var plan = new BatchPlan(model.Scale);
        var writer = new SequenceWriter(model.Prompts, model.Scale, s_weights);
        writer.Write(plan, new GroundSample(GroundTask.Dynamics, 0, 0, ""), rollouts, 2);
        writer.Write(
            plan, new GroundSample(GroundTask.Text, 0, 0, "put the red ball behind the blue ball"), rollouts, 2);

        Assert.Equal(2, plan.Count);
        Assert.All(plan.TokenFromRows(), row => Assert.InRange(row, plan.Time, (2 * plan.Time) - 2));
        Assert.Equal(3.5f, plan.TokenWeights.ToArray().Sum(), 1e-5f);
    }

    private static BatchPlan Write(GroundedModel model, RolloutSet rollouts, GroundSample sample)
    {
        var plan = new BatchPlan(model.Scale);
        new SequenceWriter(model.Prompts, model.Scale, s_weights).Write(plan, sample, rollouts, 1);
        return plan;
    }
}
