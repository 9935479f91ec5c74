using System.Buffers.Binary;
using System.Text;
using Kalm.Kernels.Memory;

namespace Kalm.App.Formats;

/// <summary>
/// Reads the data part of Python pickles (protocols 2 to 4): numbers, texts, bytes, tuples, lists, dictionaries and
/// NumPy arrays. Nothing is executed: a pickle names the functions it wants called, and this reader knows a handful of
/// names whose effect it reproduces itself; every other name, and every other instruction, is refused.
/// </summary>
/// <remarks>
/// Tuples become object[], lists <see cref="List{T}"/>, dictionaries <see cref="Dictionary{TKey,TValue}"/>, arrays
/// <see cref="PickledArray"/>, integers long. Source: the comments of CPython's Lib/pickletools.py.
/// </remarks>
internal sealed class RestrictedPickle
{
    private readonly byte[] _file;
    private readonly string _name;
    private readonly PickledNumpy _numpy;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _at;

    private RestrictedPickle(byte[] file, int start, string name)
    {
        _file = file;
        _at = start;
        _name = name;
        _numpy = new PickledNumpy(name, file.Length);
    }

    /// <summary>Reads one pickle.</summary>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="start">Where the pickle begins.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="KalmException">
    /// The pickle is cut off, broken, or asks for something that is refused.
    /// </exception>
    public static object? Read(byte[] file, int start, string name)
    {
        var reader = new RestrictedPickle(file, start, name);
        while (!reader.Step())
        {
        }

        return reader.Pop();
    }

    /// <summary>Executes one instruction; true at the end of the pickle.</summary>
    private bool Step()
    {
        int at = _at;
        byte code = Take(1)[0];
        switch (code)
        {
            case (byte)'.': return true;
            case 0x80: TakeProtocol(); break;
            case 0x95: CheckFrame(); break;
            case (byte)'(': _marks.Add(_stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'N' or 0x88 or 0x89 or (byte)'J' or (byte)'K' or (byte)'M' or 0x8a or (byte)'G':
                PushNumber(code);
                break;
            case (byte)'X' or 0x8c or 0x8d or (byte)'B' or (byte)'C' or 0x8e: PushText(code); break;
            case (byte)'t' or (byte)')' or 0x85 or 0x86 or 0x87 or (byte)']' or (byte)'l' or (byte)'}' or (byte)'d':
                PushCollection(code);
                break;
            case (byte)'a' or (byte)'e' or (byte)'s' or (byte)'u': Extend(code); break;
            case (byte)'q' or (byte)'r' or 0x94: Memoize(code); break;
            case (byte)'h' or (byte)'j': Recall(code); break;
            case (byte)'c' or 0x93: PushGlobal(code); break;
            case (byte)'R': Reduce(); break;
            case (byte)'b': Build(); break;
            default: throw Error(at, $"instruction 0x{code:x2} is refused: only plain data is read");
        }

        return false;
    }

    private KalmException Error(int at, string what) => new($"{_name}: pickle, byte {at}: {what}");

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _file.Length - _at) throw new KalmException($"{_name}: pickle is cut off at byte {_file.Length}");
        int start = _at;
        _at += (int)count;
        return _file.AsSpan(start, (int)count);
    }

    private void CheckFrame()
    {
        // a frame only announces how much follows
        if (TakeLength(8) > _file.Length - _at)
            throw new KalmException($"{_name}: pickle is cut off at byte {_file.Length}");
    }

    private long TakeLength(int bytes)
    {
        ReadOnlySpan<byte> data = Take(bytes);
        long length = bytes switch
        {
            1 => data[0],
            4 => BinaryPrimitives.ReadUInt32LittleEndian(data),
            _ => BinaryPrimitives.ReadInt64LittleEndian(data),
        };
        return length >= 0 ? length : throw Error(_at, "a negative length");
    }

    private void TakeProtocol()
    {
        byte protocol = Take(1)[0];
        if (protocol is < 2 or > 5) throw Error(_at, $"protocol {protocol}, expected 2 to 5");
    }

    private object? Pop()
    {
        int floor = _marks.Count > 0 ? _marks[^1] : 0;
        if (_stack.Count <= floor) throw Error(_at, "an instruction finds no value");
        object? top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0) throw Error(_at, "an instruction finds no mark");
        int from = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        object?[] values = [.. _stack[from..]];
        _stack.RemoveRange(from, _stack.Count - from);
        return values;
    }

    private object?[] PopMany(int count)
    {
        object?[] values = new object?[count];
        for (int i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    private void PushNumber(byte code) => _stack.Add(code switch
    {
        (byte)'N' => null,
        0x88 => true,
        0x89 => false,
        (byte)'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        (byte)'K' => (long)Take(1)[0],
        (byte)'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        0x8a => TakeLong(),
        _ => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
    });

    private long TakeLong()
    {
        int count = Take(1)[0];
        if (count > 8) throw Error(_at, $"an integer of {count} bytes, expected at most 8");
        ReadOnlySpan<byte> data = Take(count);
        long value = count > 0 && data[^1] >= 0x80 ? -1 : 0;
        for (int i = count - 1; i >= 0; i--) value = (value << 8) | data[i];
        return value;
    }

    private void PushText(byte code)
    {
        int lengthBytes = code switch { (byte)'C' or 0x8c => 1, (byte)'B' or (byte)'X' => 4, _ => 8 };
        long length = TakeLength(lengthBytes);
        int start = _at;
        ReadOnlySpan<byte> data = Take(length);
        if (code is (byte)'B' or (byte)'C' or 0x8e)
        {
            _stack.Add(new ReadOnlyMemory<byte>(_file, start, (int)length));
            return;
        }

        try
        {
            _stack.Add(new UTF8Encoding(false, true).GetString(data));
        }
        catch (DecoderFallbackException)
        {
            throw Error(start, "a text that is no UTF-8");
        }
    }

    private void PushCollection(byte code) => _stack.Add(code switch
    {
        (byte)')' => Array.Empty<object?>(),
        (byte)'t' => PopToMark(),
        0x85 or 0x86 or 0x87 => PopMany(code - 0x84),
        (byte)']' => new List<object?>(),
        (byte)'l' => new List<object?>(PopToMark()),
        (byte)'}' => new Dictionary<object, object?>(),
        _ => Insert([], PopToMark()),
    });

    private void Extend(byte code)
    {
        object?[] values = code switch
        {
            (byte)'a' => PopMany(1),
            (byte)'s' => PopMany(2),
            _ => PopToMark(),
        };
        object? target = Pop();
        _stack.Add(target);
        if (code is (byte)'a' or (byte)'e')
        {
            if (target is not List<object?> list) throw Error(_at, "an append without a list");
            list.AddRange(values);
            return;
        }

        if (target is not Dictionary<object, object?> dictionary)
            throw Error(_at, "an assignment without a dictionary");
        Insert(dictionary, values);
    }

    private Dictionary<object, object?> Insert(Dictionary<object, object?> dictionary, object?[] values)
    {
        if (values.Length % 2 != 0) throw Error(_at, "a dictionary key without a value");
        for (int i = 0; i < values.Length; i += 2)
        {
            if (values[i] is not (string or long or bool or double))
                throw Error(_at, "a dictionary key that is no text or number");
            dictionary[values[i]!] = values[i + 1];
        }

        return dictionary;
    }

    private void Memoize(byte code)
    {
        long key = code switch { (byte)'q' => TakeLength(1), (byte)'r' => TakeLength(4), _ => _memo.Count };
        if (key > int.MaxValue) throw Error(_at, $"memo entry {key}");
        object? top = Pop();
        _stack.Add(top);
        _memo[(int)key] = top;
    }

    private void Recall(byte code)
    {
        long key = TakeLength(code == (byte)'h' ? 1 : 4);
        if (key > int.MaxValue || !_memo.TryGetValue((int)key, out object? value))
            throw Error(_at, $"memo entry {key} is missing");
        _stack.Add(value);
    }

    private void PushGlobal(byte code)
    {
        string module;
        string member;
        if (code == 0x93)
        {
            object?[] names = PopMany(2);
            if (names[0] is not string first || names[1] is not string second)
                throw Error(_at, "a global without a name");
            (module, member) = (first, second);
        }
        else
        {
            module = TakeLine();
            member = TakeLine();
        }

        string name = $"{module}.{member}";
        if (!PickledNumpy.Knows(name))
            throw Error(_at, $"the global '{Printable(name)}' is refused: only plain data is read");
        _stack.Add(new PickledGlobal(PickledNumpy.Canonical(name)));
    }

    private static string Printable(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
        return plain.Length <= 80 ? plain : plain[..80] + "…";
    }

    private string TakeLine()
    {
        int end = Array.IndexOf(_file, (byte)'\n', _at);
        if (end < 0) throw new KalmException($"{_name}: pickle is cut off inside a name");
        string line = Encoding.Latin1.GetString(_file, _at, end - _at);
        _at = end + 1;
        return line;
    }

    private void Reduce()
    {
        object?[] call = PopMany(2);
        if (call[0] is not PickledGlobal global || call[1] is not object?[] arguments)
            throw Error(_at, "a call without a known function");
        _stack.Add(_numpy.Call(global.Name, arguments, _at));
    }

    private void Build()
    {
        object?[] values = PopMany(2);
        _numpy.SetState(values[0], values[1], _at);
        _stack.Add(values[0]);
    }
}
