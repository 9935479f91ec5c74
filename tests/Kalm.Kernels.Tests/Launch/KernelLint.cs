using System.Reflection;
using System.Reflection.Emit;
using Kalm.Kernels.Lanes;
using Kalm.Kernels.Launch;

namespace Kalm.Kernels.Tests.Launch;

/// <summary>
/// Reads the IL of kernels and of everything they call inside their assembly, and names what a GPU compiler refuses or
/// compiles wrongly. Lane types and rows are exempt: they are the doors to the hardware, one set per device.
/// </summary>
internal static class KernelLint
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private static readonly Dictionary<OpCode, string> ForbiddenCodes = new()
    {
        [OpCodes.Box] = "boxes",
        [OpCodes.Throw] = "throws",
        [OpCodes.Rethrow] = "throws",
        [OpCodes.Ldftn] = "takes the address of a function",
        [OpCodes.Ldvirtftn] = "takes the address of a function",
        [OpCodes.Calli] = "calls through a pointer",
        [OpCodes.Localloc] = "allocates on the stack",
        [OpCodes.Newarr] = "allocates an array",
        [OpCodes.Ldlen] = "uses an array",
        [OpCodes.Ldstr] = "uses a string",
        [OpCodes.Ldtoken] = "uses typeof or a table of data",
        [OpCodes.Isinst] = "tests a type",
        [OpCodes.Castclass] = "casts a reference",
    };

    /// <summary>All kernels of an assembly, those of tasks and experts once for each.</summary>
    public static Type[] Kernels(Assembly assembly) => [.. assembly.GetTypes()
        .Where(type => type.IsValueType && type.GetInterfaces().Contains(typeof(IKernel)))
        .SelectMany(type => type.IsGenericTypeDefinition ? Close(type) : [type])];

    /// <summary>What is wrong with a kernel, one line each; empty for a good one.</summary>
    public static string[] Check(Type kernel)
    {
        List<string> found = [];
        CheckFields(kernel, kernel.Name, found);
        Queue<MethodBase> open = new();
        HashSet<string> seen = [];

        // closed over one lane, for only closed methods can be resolved; the IL is the same for all
        InterfaceMapping map = kernel.GetInterfaceMap(typeof(IKernel));
        open.Enqueue(map.TargetMethods[0].MakeGenericMethod(typeof(Lane1), typeof(BundleRows<Lane1>)));
        while (open.TryDequeue(out MethodBase? method))
        {
            if (!seen.Add($"{method.DeclaringType}::{method}")) continue;
            foreach (MethodBase callee in CheckBody(method, found)) open.Enqueue(callee);
        }

        return [.. found.Distinct()];
    }

    private static void CheckFields(Type type, string path, List<string> found)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (FieldInfo field in type.GetFields(all))
        {
            Type of = field.FieldType;
            if (of.IsPointer || of.IsPrimitive || of.IsEnum || of.IsGenericParameter) continue;
            if (!of.IsValueType) found.Add($"{path}.{field.Name} is a reference");
            else if (of != type) CheckFields(of, $"{path}.{field.Name}", found);
        }
    }

    private static List<MethodBase> CheckBody(MethodBase method, List<string> found)
    {
        List<MethodBase> callees = [];
        MethodBody? body = method.GetMethodBody();
        byte[]? il = body?.GetILAsByteArray();
        if (il == null) return callees;
        string where = $"{method.DeclaringType?.Name}.{method.Name}";
        if (body!.ExceptionHandlingClauses.Count > 0) found.Add($"{where} handles exceptions");
        foreach (Type local in body.LocalVariables.Select(local => local.LocalType).Where(IsSpan))
            found.Add($"{where} uses {local.Name}");

        Type? constrained = null;
        for (int at = 0; at < il.Length;)
        {
            int value = il[at] == 0xFE ? 0xFE00 | il[at + 1] : il[at];
            OpCode code = Codes[value];
            at += code.Size;
            if (ForbiddenCodes.TryGetValue(code, out string? what)) found.Add($"{where} {what}");
            if (code == OpCodes.Constrained)
            {
                constrained = (Type)Resolve(method, BitConverter.ToInt32(il, at));
            }
            else if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField)
            {
                MemberInfo member = Resolve(method, BitConverter.ToInt32(il, at));
                if (member is FieldInfo field) CheckField(field, where, found);
                else CheckCall(code, (MethodBase)member, constrained, where, found, callees);
                constrained = null;
            }

            at += OperandSize(code, il, at);
        }

        return callees;
    }

    private static MemberInfo Resolve(MethodBase method, int token)
    {
        Type[]? typeArguments = method.DeclaringType?.GetGenericArguments();
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, typeArguments, methodArguments)!;
    }

    private static void CheckField(FieldInfo field, string where, List<string> found)
    {
        bool constant = field.IsLiteral || (field.IsInitOnly && field.FieldType is { IsValueType: true });
        if (field.IsStatic && !constant) found.Add($"{where} uses the static {field.Name}");
    }

    private static void CheckCall(
        OpCode code,
        MethodBase callee,
        Type? constrained,
        string where,
        List<string> found,
        List<MethodBase> callees)
    {
        Type declaring = callee.DeclaringType!;
        if (declaring.IsInterface)
        {
            // a call on a type parameter: the lane, the rows and the clock are the device's business, others are ours
            bool device = IsHardware(declaring) || declaring == typeof(IStageClock);
            if (device || constrained == null) return;
            InterfaceMapping map = constrained.GetInterfaceMap(declaring);
            bool generic = callee.IsGenericMethod;
            MethodInfo asked = (MethodInfo)callee;
            MethodInfo target = map.TargetMethods[
                Array.IndexOf(map.InterfaceMethods, generic ? asked.GetGenericMethodDefinition() : asked)];
            callees.Add(generic ? target.MakeGenericMethod(asked.GetGenericArguments()) : target);
            return;
        }

        if (code == OpCodes.Newobj && !declaring.IsValueType) found.Add($"{where} creates a {declaring.Name}");
        if (IsSpan(declaring)) found.Add($"{where} uses {declaring.Name}");
        if (callee.Name is "get_IsSupported" or "get_IsHardwareAccelerated") found.Add($"{where} asks {callee.Name}");
        if (IsHardware(declaring)) return;
        if (declaring.Assembly.GetName().Name!.StartsWith("Kalm.", StringComparison.Ordinal))
        {
            callees.Add(callee);
            return;
        }

        // whole numbers may be compared; anything else of the runtime has a lane form
        bool integers = declaring == typeof(Math) && callee.Name is "Min" or "Max" or "Abs"
            && callee.GetParameters().All(parameter => parameter.ParameterType == typeof(int));
        if (!integers) found.Add($"{where} calls {declaring.Name}.{callee.Name}");
    }

    /// <summary>A kernel over each type of its assembly that fits, a clock, a lane or rows taken as given.</summary>
    private static IEnumerable<Type> Close(Type kernel)
    {
        Type[] choices = [typeof(NoStageClock), typeof(Lane1), typeof(BundleRows<Lane1>)];
        IEnumerable<Type[]> closed = [[]];
        foreach (Type parameter in kernel.GetGenericArguments())
        {
            Type[] given = [.. choices.Where(choice => Fits(choice, parameter)).Take(1)];
            Type[] fitting = given.Length > 0
                ? given
                : [.. kernel.Assembly.GetTypes().Where(type => Fits(type, parameter))];
            closed = [.. closed.SelectMany(before => fitting.Select(type => (Type[])[.. before, type]))];
        }

        return closed.Select(types => kernel.MakeGenericType(types));
    }

    private static bool Fits(Type choice, Type parameter) => choice.IsValueType
        && parameter.GetGenericParameterConstraints()
            .Where(face => face.IsInterface)
            .All(face => choice.GetInterfaces().Any(own => own.Name == face.Name));

    private static bool IsSpan(Type type) => Is(type, typeof(Span<>)) || Is(type, typeof(ReadOnlySpan<>));

    private static bool IsHardware(Type type) =>
        type.GetInterfaces().Append(type).Any(face => Is(face, typeof(ILane<>)) || Is(face, typeof(IRows<>)));

    private static bool Is(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
