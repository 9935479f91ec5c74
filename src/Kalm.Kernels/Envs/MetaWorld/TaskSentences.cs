using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Envs.MetaWorld;

/// <summary>
/// Sentences that name the goal of a task: two wishes in the imperative per task, each in ten forms. Sentences are our
/// own; the paper's were written by a language model.
/// </summary>
public static class TaskSentences
{
    private static readonly string[] Forms =
    [
        "{0}.", "please {0}.", "can you {0}?", "could you please {0}?", "I want you to {0}.", "your task is to {0}.",
        "the robot should {0}.", "let the arm {0}.", "help me to {0}.", "it is time to {0}.",
    ];

    private static readonly SortedDictionary<string, string[]> Wishes = new(StringComparer.Ordinal)
    {
        ["assembly"] = ["put the ring on the peg", "lift the wrench and lower its ring over the peg"],
        ["basketball"] = ["drop the ball through the hoop", "pick up the basketball and put it into the basket"],
        ["bin-picking"] = ["move the cube from one bin to the other", "take the cube out of its bin into the next one"],
        ["box-close"] = ["close the box with its lid", "put the cover on the box"],
        ["button-press"] = ["press the button", "push the button into the box"],
        ["button-press-topdown"] = ["press the button from above", "push the button down"],
        ["button-press-topdown-wall"] =
        [
            "press the button behind the wall from above", "reach over the wall and push the button down",
        ],
        ["button-press-wall"] = ["press the button behind the wall", "reach around the wall and push the button in"],
        ["coffee-button"] = ["press the button of the coffee machine", "switch the coffee machine on"],
        ["coffee-pull"] = ["pull the mug away from the coffee machine", "take the mug from the coffee machine"],
        ["coffee-push"] = ["push the mug under the coffee machine", "place the mug at the coffee machine"],
        ["dial-turn"] = ["turn the dial", "rotate the dial by half a turn"],
        ["disassemble"] = ["take the ring off the peg", "lift the wrench until its ring leaves the peg"],
        ["door-close"] = ["close the door", "push the door shut"],
        ["door-lock"] = ["lock the door", "turn the lock until the door is locked"],
        ["door-open"] = ["open the door", "pull the door open by its handle"],
        ["door-unlock"] = ["unlock the door", "turn the lock until the door is free"],
        ["drawer-close"] = ["close the drawer", "push the drawer shut"],
        ["drawer-open"] = ["open the drawer", "pull the drawer out by its handle"],
        ["faucet-close"] = ["close the faucet", "turn the water off"],
        ["faucet-open"] = ["open the faucet", "turn the water on"],
        ["hammer"] = ["hammer the nail into the board", "take the hammer and drive the nail in"],
        ["hand-insert"] = ["put the block into the hole", "reach into the hole with the block"],
        ["handle-press"] = ["press the handle down", "push the lever of the box downwards"],
        ["handle-press-side"] = ["press the handle down from the side", "push the lever beside you downwards"],
        ["handle-pull"] = ["pull the handle up", "raise the lever of the box"],
        ["handle-pull-side"] = ["pull the handle up from the side", "raise the lever beside you"],
        ["lever-pull"] = ["pull the lever up", "turn the lever upwards"],
        ["locked-door-open"] = ["unlock the door and open it", "free the lock, then pull the door open"],
        ["make-coffee"] = ["make coffee", "put the mug under the machine and press its button"],
        ["peg-insert-side"] = ["insert the peg from the side", "put the peg into the hole of the box"],
        ["peg-unplug-side"] = ["pull the plug out", "unplug the peg to the side"],
        ["pick-out-of-hole"] = ["take the puck out of the hole", "lift the puck from the hole to the goal"],
        ["pick-place"] = ["pick up the puck and place it at the goal", "lift the puck to the goal"],
        ["pick-place-wall"] = ["carry the puck over the wall", "pick up the puck and place it behind the wall"],
        ["plate-slide"] = ["slide the plate into the cabinet", "push the plate forward into the shelf"],
        ["plate-slide-back"] = ["slide the plate out of the cabinet", "pull the plate back from the shelf"],
        ["plate-slide-back-side"] = ["slide the plate sideways out of the cabinet", "pull the plate out to the side"],
        ["plate-slide-side"] = ["slide the plate sideways into the cabinet", "push the plate in from the side"],
        ["push"] = ["push the puck to the goal", "slide the puck over the table to the goal"],
        ["push-back"] = ["push the block back to the goal", "pull the block towards the robot to the goal"],
        ["push-wall"] = ["push the puck around the wall", "slide the puck past the wall to the goal"],
        ["reach"] = ["reach the goal", "move the hand to the goal"],
        ["reach-wall"] = ["reach the goal behind the wall", "move the hand over the wall to the goal"],
        ["shelf-place"] = ["put the block on the shelf", "lift the block and place it on the shelf"],
        ["soccer"] = ["kick the ball into the goal", "score with the soccer ball"],
        ["stick-pull"] = ["pull the thermos with the stick", "draw the thermos to the goal with the stick"],
        ["stick-push"] = ["push the thermos with the stick", "take the stick and shove the thermos to the goal"],
        ["sweep"] = ["sweep the block off the table", "push the block over the edge"],
        ["sweep-into"] = ["sweep the block into the hole", "push the block until it falls into the hole"],
        ["window-close"] = ["close the window", "slide the window shut"],
        ["window-open"] = ["open the window", "slide the window open"],
    };

    /// <summary>Tasks that have sentences.</summary>
    public static IReadOnlyCollection<string> Tasks => Wishes.Keys;

    /// <summary>All sentences of a task.</summary>
    /// <param name="task">Name of the task, such as door-open.</param>
    /// <exception cref="KalmException">There is no such task.</exception>
    public static string[] For(string task) => Wishes.TryGetValue(task, out string[]? wishes)
        ? [.. wishes.SelectMany(wish => Forms.Select(form => form.Replace("{0}", wish, StringComparison.Ordinal)))]
        : throw new KalmException($"task: found '{task}'{Suggestion.Hint(task, Wishes.Keys)}, expected one with goals");
}
