using System.Reflection;

namespace Kalm.Native.Torch;

/// <summary>Modules: parts of a network with named parameters.</summary>
public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers and parts of its own, each under a name.</summary>
        public class Module : IDisposable
        {
            private readonly string _name;
            private readonly List<(string Name, Module Module)> _modules = [];
            private readonly List<(string Name, Parameter Parameter)> _parameters = [];
            private readonly List<(string Name, Tensor Tensor, bool Persistent)> _buffers = [];

            /// <summary>A module of a kind.</summary>
            protected Module(string name) => _name = name;

            /// <summary>Whether the module behaves as in training.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>Name of the kind of module.</summary>
            public virtual string GetName() => _name;

            /// <summary>Adds a part, or replaces the one of that name.</summary>
            public virtual void register_module(string name, Module submodule) =>
                Replace(_modules, one => one.Name == name, (Name: name, Module: submodule));

            /// <summary>Adds a part, or replaces the one of that name.</summary>
            public virtual void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter, or replaces the one of that name.</summary>
            public virtual void register_parameter(string name, Parameter param) =>
                Replace(_parameters, one => one.Name == name, (Name: name, Parameter: param));

            /// <summary>Adds a tensor that is no parameter; only persistent ones are saved.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) =>
                Replace(
                    _buffers, one => one.Name == name,
                    (Name: name, Tensor: tensor.DetachFromDisposeScope(), Persistent: persistent));

            /// <summary>Parts, by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _modules;

            /// <summary>Parts.</summary>
            public virtual IEnumerable<Module> children() => _modules.Select(one => one.Module);

            /// <summary>Parts and parts of parts, by dotted name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string name, Module module) in _modules)
                {
                    yield return (name, module);
                    foreach ((string inner, Module part) in module.named_modules())
                        yield return (name + "." + inner, part);
                }
            }

            /// <summary>Parts and parts of parts.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(one => one.module);

            /// <summary>Parameters by dotted name, each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach ((string name, Parameter parameter) in AllParameters("", recurse))
                {
                    if (seen.Add(parameter))
                        yield return (name, parameter);
                }
            }

            /// <summary>Parameters, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(one => one.parameter);

            /// <summary>Buffers by dotted name.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true) =>
                AllBuffers("", recurse, include_nonpersistent);

            /// <summary>Buffers.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(one => one.buffer);

            /// <summary>The parameter of a dotted name; null when there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                AllParameters("", true).FirstOrDefault(one => one.Name == target).Parameter;

            /// <summary>Parameters and persistent buffers by dotted name, not copied.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                Dictionary<string, Tensor> state = destination ?? [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string name, Parameter parameter) in AllParameters(start, true))
                    state[name] = parameter;
                foreach ((string name, Tensor buffer) in AllBuffers(start, true, false))
                    state[name] = buffer;
                return state;
            }

            /// <summary>Copies values into the parameters and buffers of equal names.</summary>
            /// <exception cref="InvalidOperationException">
            /// <paramref name="strict"/> is set and the names differ, or a shape differs.
            /// </exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> mine = state_dict();
                bool IsWanted(string name) => skip is null || !skip.Contains(name);
                string[] missing = [.. mine.Keys.Where(name => IsWanted(name) && !source.ContainsKey(name))];
                string[] unexpected = [.. source.Keys.Where(name => IsWanted(name) && !mine.ContainsKey(name))];
                if (strict && missing.Length + unexpected.Length > 0)
                {
                    throw new InvalidOperationException(
                        $"state_dict of {_name}: missing [{string.Join(", ", missing)}], " +
                        $"unexpected [{string.Join(", ", unexpected)}]");
                }

                using IDisposable quiet = no_grad();
                foreach ((string name, Tensor value) in source)
                {
                    if (!IsWanted(name) || !mine.TryGetValue(name, out Tensor? target))
                        continue;
                    if (!target.shape.AsSpan().SequenceEqual(value.shape))
                    {
                        throw new InvalidOperationException(
                            $"state_dict of {_name}, {name}: expected shape [{string.Join(", ", target.shape)}], " +
                            $"found [{string.Join(", ", value.shape)}]");
                    }

                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            /// <summary>Sets training behavior, here and in all parts.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module part in children())
                    part.train(train);
            }

            /// <summary>Sets behavior for use after training.</summary>
            public virtual void eval() => train(false);

            /// <summary>Drops (or zeroes) the gradients of all parameters.</summary>
            public virtual void zero_grad(bool set_to_none = true) => optim.ZeroGrad([.. parameters()], set_to_none);

            /// <summary>Runs an action on this module and all parts.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module part in children())
                    part.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Frees parameters, buffers and parts.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees parameters, buffers and parts.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach ((_, Parameter parameter) in _parameters)
                    parameter.Dispose();
                foreach ((_, Tensor buffer, _) in _buffers)
                    buffer.Dispose();
                foreach ((_, Module part) in _modules)
                    part.Dispose();
            }

            /// <summary>Registers fields that hold modules, parameters and tensors, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly;
                foreach (FieldInfo field in GetType().GetFields(Fields))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                        default:
                            break;
                    }
                }
            }

            private static void Replace<T>(List<T> list, Predicate<T> isSame, T item)
            {
                int at = list.FindIndex(isSame);
                if (at < 0)
                    list.Add(item);
                else
                    list[at] = item;
            }

            private IEnumerable<(string Name, Parameter Parameter)> AllParameters(string prefix, bool recurse)
            {
                foreach ((string name, Parameter parameter) in _parameters)
                    yield return (prefix + name, parameter);
                if (!recurse)
                    yield break;
                foreach ((string name, Module part) in _modules)
                {
                    foreach ((string, Parameter) inner in part.AllParameters(prefix + name + ".", true))
                        yield return inner;
                }
            }

            private IEnumerable<(string Name, Tensor Tensor)> AllBuffers(string prefix, bool recurse, bool all)
            {
                foreach ((string name, Tensor tensor, bool persistent) in _buffers)
                {
                    if (all || persistent)
                        yield return (prefix + name, tensor);
                }

                if (!recurse)
                    yield break;
                foreach ((string name, Module part) in _modules)
                {
                    foreach ((string, Tensor) inner in part.AllBuffers(prefix + name + ".", true, all))
                        yield return inner;
                }
            }
        }
    }
}
