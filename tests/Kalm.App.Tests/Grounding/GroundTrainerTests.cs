using System.Text;
using Kalm.App.Formats;
using Kalm.App.Grounding;
using Kalm.Kernels.Embedding;

namespace Kalm.App.Tests.Grounding;

public sealed class GroundTrainerTests
{
    [Fact]
    public void All_losses_fall_on_a_batch_that_is_seen_again_and_again()
    {
        using GroundedModel model = SmallModel.Create();
        using var trainer = new GroundTrainer(model, 1);
        BatchPlan plan = Mixed(model);

        BatchLoss first = trainer.Measure(plan);
        for (int i = 0; i < 60; i++)
            trainer.Train(plan, 3e-3);
        BatchLoss last = trainer.Measure(plan);

        Assert.True(last.State < 0.7 * first.State, $"{first.State} to {last.State}");
        Assert.True(last.Action < 0.7 * first.Action, $"{first.Action} to {last.Action}");
        Assert.True(last.Token < 0.5 * first.Token, $"{first.Token} to {last.Token}");
        Assert.True(last.ActionHits > first.ActionHits);
    }

    [Fact]
    public void Gradient_of_the_encoders_equals_central_differences()
    {
        using GroundedModel model = SmallModel.Create();
        BatchPlan plan = Mixed(model);

        // a first step of Adam moves every weight against its gradient's sign
        float[] before = Values(model, "state_encoder.weight");
        double[] slope = new double[6];
        using (var trainer = new GroundTrainer(model, 1e9))
        {
            const float Step = 1e-2f;
            for (int i = 0; i < slope.Length; i++)
            {
                double At(float delta)
                {
                    float[] moved = [.. before];
                    moved[i * 7] += delta;
                    Weight(model, "state_encoder.weight").Write(TrajectoryPart.Values, moved);
                    return trainer.Measure(plan).Total;
                }

                slope[i] = (At(Step) - At(-Step)) / (2 * Step);
            }

            Weight(model, "state_encoder.weight").Write(TrajectoryPart.Values, before);
            trainer.Train(plan, 1e-4);
        }

        float[] after = Values(model, "state_encoder.weight");
        for (int i = 0; i < slope.Length; i++)
        {
            // where the slope is smaller than the noise of float losses its sign means nothing
            if (Math.Abs(slope[i]) > 1e-3)
                Assert.Equal(-Math.Sign(slope[i]), Math.Sign(after[i * 7] - before[i * 7]));
        }

        Assert.Contains(slope, s => Math.Abs(s) > 1e-3);
    }

    [Fact]
    public void A_saved_state_goes_on_exactly()
    {
        using GroundedModel model = SmallModel.Create();
        using var trainer = new GroundTrainer(model, 1);
        BatchPlan plan = Mixed(model);
        for (int i = 0; i < 3; i++)
            trainer.Train(plan, 1e-3);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
            trainer.Save(writer);
        for (int i = 0; i < 3; i++)
            trainer.Train(plan, 1e-3);

        using GroundedModel other = SmallModel.Create(seed: 2);
        using var second = new GroundTrainer(other, 1);
        file.Position = 0;
        using (var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true))
            second.Load(reader);
        for (int i = 0; i < 3; i++)
            second.Train(plan, 1e-3);

        Assert.Equal(6, second.Steps);
        Assert.Equal(trainer.Measure(plan), second.Measure(plan));
    }

    [Fact]
    public void A_state_cut_short_or_of_another_model_is_refused()
    {
        using GroundedModel model = SmallModel.Create();
        using var trainer = new GroundTrainer(model, 1);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
            trainer.Save(writer);

        using var half = new BinaryReader(new MemoryStream(file.ToArray()[..1000]));
        Assert.Throws<InvalidDataException>(() => trainer.Load(half));
        byte[] changed = file.ToArray();
        changed[9] ^= 1;
        using var other = new BinaryReader(new MemoryStream(changed));
        Assert.Throws<InvalidDataException>(() => trainer.Load(other));
    }

    private static BatchPlan Mixed(GroundedModel model)
    {
        RolloutSet rollouts = SmallModel.Rollouts(3);
        var plan = new BatchPlan(model.Scale);
        var writer = new SequenceWriter(model.Prompts, model.Scale, new LossWeights(1, 1, 1, 1));
        GroundTask[] tasks = [GroundTask.Generation, GroundTask.Dynamics, GroundTask.Explanation, GroundTask.Text];
        foreach (GroundTask task in tasks)
            writer.Write(plan, new GroundSample(task, 1, 0, rollouts.Sentences[1][0]), rollouts, tasks.Length);
        return plan;
    }

    private static TrajectoryWeight Weight(GroundedModel model, string name) =>
        model.TrajectoryWeights.Single(weight => weight.Name == name);

    private static float[] Values(GroundedModel model, string name)
    {
        TrajectoryWeight weight = Weight(model, name);
        float[] values = new float[weight.Count];
        weight.Read(TrajectoryPart.Values, values);
        return values;
    }
}
