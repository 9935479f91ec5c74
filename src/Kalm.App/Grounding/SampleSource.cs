using Kalm.App.Formats;
using Kalm.Kernels.Envs;
using Kalm.Kernels.Envs.Clevr;

namespace Kalm.App.Grounding;

/// <summary>
/// The training batches in order, each a pure function of seed and step, so that a run can go on anywhere. Several
/// batches are drawn at once and sorted by length: little is padded, and which batch comes when stays random.
/// </summary>
public sealed class SampleSource
{
    private const int GroupSize = 8;

    private readonly RolloutSet _rollouts;
    private readonly int[] _indices;
    private readonly SequenceWriter _writer;
    private readonly GroundTask[] _tasks;
    private readonly SampleSettings _settings;
    private readonly Dictionary<ClevrGoal, int[]> _sameGoal;
    private GroundSample[][] _group = [];
    private long _groupNumber = -1;

    /// <summary>A stream.</summary>
    /// <param name="rollouts">The rollouts.</param>
    /// <param name="indices">Those that may be used.</param>
    /// <param name="writer">Knows how long a sequence will be.</param>
    /// <param name="tasks">Tasks on rollouts, the most frequent one first; none for text alone.</param>
    /// <param name="settings">Batch size, share of text, seed.</param>
    public SampleSource(
        RolloutSet rollouts, int[] indices, SequenceWriter writer, GroundTask[] tasks, SampleSettings settings)
    {
        _rollouts = rollouts;
        _indices = indices;
        _writer = writer;
        _tasks = tasks;
        _settings = settings;
        _sameGoal = indices.GroupBy(i => ClevrGoal.Decode(rollouts.Goal(i))).ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>The batch of a step.</summary>
    public BatchPlan Batch(long step)
    {
        long group = step / GroupSize;
        if (group != _groupNumber)
        {
            _group = DrawGroup(group);
            _groupNumber = group;
        }

        return Plan(_group[step % GroupSize]);
    }

    /// <summary>A batch of given samples.</summary>
    public BatchPlan Plan(GroundSample[] samples)
    {
        var plan = _writer.NewPlan();
        foreach (GroundSample sample in samples)
            _writer.Write(plan, sample, _rollouts, samples.Length);
        return plan;
    }

    private GroundSample[][] DrawGroup(long group)
    {
        var draws = new DrawSequence(_settings.Seed, (ulong)group);
        int batch = _settings.Batch;
        var samples = new GroundSample[GroupSize * batch];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = Draw(ref draws, (group * samples.Length) + i);

        int[] lengths = [.. samples.Select(sample => _writer.Length(sample, _rollouts))];
        int[] order = [.. Enumerable.Range(0, samples.Length).OrderBy(i => lengths[i])];
        var batches = new GroundSample[GroupSize][];
        for (int k = 0; k < GroupSize; k++)
            batches[k] = [.. order.Skip(k * batch).Take(batch).Select(i => samples[i])];

        // Fisher and Yates
        for (int k = GroupSize - 1; k > 0; k--)
        {
            int other = draws.NextBelow(k + 1);
            (batches[k], batches[other]) = (batches[other], batches[k]);
        }

        return batches;
    }

    private GroundSample Draw(ref DrawSequence draws, long number)
    {
        if (_tasks.Length == 0 || draws.NextUnit() < _settings.TextShare)
            return new GroundSample(GroundTask.Text, 0, 0, TextCorpus.Line(_settings.TextSeed, number));
        bool generation = _tasks.Length == 1 || draws.NextUnit() < _settings.GenerationShare;
        GroundTask task = generation ? _tasks[0] : _tasks[1 + draws.NextBelow(_tasks.Length - 1)];
        int rollout = _indices[draws.NextBelow(_indices.Length)];
        string[] sentences = _rollouts.Sentences[rollout];
        int step = draws.NextBelow(_rollouts.Lengths[rollout]);
        string sentence = sentences[draws.NextBelow(sentences.Length)];
        return new GroundSample(task, rollout, step, sentence)
        {
            Others = task == GroundTask.Generation ? DrawOthers(rollout, ref draws) : [],
        };
    }

    // more rollouts of the goal behind the same prompt, up to a number of steps
    private List<int> DrawOthers(int rollout, ref DrawSequence draws)
    {
        int[] same = _sameGoal[ClevrGoal.Decode(_rollouts.Goal(rollout))];
        var others = new List<int>();
        int steps = _rollouts.Lengths[rollout];
        while (true)
        {
            int other = same[draws.NextBelow(same.Length)];
            steps += _rollouts.Lengths[other];
            if (steps > _settings.GenerationSteps)
                return others;
            others.Add(other);
        }
    }
}

/// <summary>How a stream of batches is drawn.</summary>
/// <param name="Batch">Sequences of a batch.</param>
/// <param name="TextShare">Share of text among them, 0 to 1.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="TextSeed">Seed of the text.</param>
/// <param name="GenerationShare">Share of the first task among the tasks on rollouts.</param>
/// <param name="GenerationSteps">Steps that the rollouts behind one prompt may have together.</param>
public sealed record SampleSettings(
    int Batch, double TextShare, ulong Seed, ulong TextSeed, double GenerationShare = 1, int GenerationSteps = 0);
