using System.Xml;
using Kalm.Kernels.Memory;

namespace Kalm.Kernels.Models;

/// <summary>
/// Reads model files into a tree of elements: well-formed XML with line numbers, includes replaced by the contents of
/// the files they name. Document type declarations are refused, so no entity can expand; depth, size and number of
/// includes are limited. Text between elements means nothing, as in MuJoCo.
/// </summary>
internal sealed class MjcfDocument
{
    private const int MaxDepth = 200;
    private const int MaxElements = 200_000;
    private const int MaxIncludes = 200;
    private const long MaxBytes = 16 << 20;

    private readonly ModelFiles _files;
    private readonly string _main;
    private readonly List<string> _open = [];
    private int _includes;
    private int _elements;
    private long _bytes;

    private MjcfDocument(ModelFiles files, string main)
    {
        _files = files;
        _main = main;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="files">Where it and the files it includes lie.</param>
    /// <param name="path">Its path.</param>
    /// <exception cref="KalmException">The file cannot be read or is not a model file.</exception>
    public static MjcfElement Load(ModelFiles files, string path) => new MjcfDocument(files, path).ReadFile(path, null);

    /// <summary>Reads text.</summary>
    /// <param name="xml">The model.</param>
    /// <param name="name">What to call the text in errors; includes are looked up beside a file of this name.</param>
    /// <exception cref="KalmException">The text is not a model.</exception>
    public static MjcfElement Parse(string xml, string name)
    {
        MjcfDocument document = new(ModelFiles.Disk, name);
        using StringReader text = new(xml);
        return document.Read(text, name, name);
    }

    private MjcfElement ReadFile(string path, MjcfElement? include)
    {
        try
        {
            string full = _files.Full(path);
            if (_open.Contains(full) && include is not null)
            {
                string cycle = string.Join(" -> ", _open.Append(full).Select(Path.GetFileName));
                throw include.Error($"include cycle: {cycle}");
            }

            using Stream stream = _files.Open(path);
            _bytes += stream.Length;
            string excess = $"more than {MaxBytes >> 20} MiB of model files";
            if (_bytes > MaxBytes) throw include?.Error(excess) ?? new KalmException($"{path}: {excess}");
            using StreamReader text = new(stream);
            return Read(text, path, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message;
            throw include is null
                ? new KalmException($"{path}: {reason}", e)
                : include.Error("file", reason);
        }
    }

    private MjcfElement Read(TextReader text, string name, string full)
    {
        _open.Add(full);
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = MaxBytes,
        };
        try
        {
            using XmlReader reader = XmlReader.Create(text, settings);
            reader.MoveToContent();
            MjcfElement root = ReadTree(reader, name, full);
            while (reader.Read())
            {
            }

            return root;
        }
        catch (XmlException e)
        {
            throw new KalmException($"{name}:{e.LineNumber}: not a well-formed model file: {e.Message}", e);
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private MjcfElement ReadTree(XmlReader reader, string name, string full)
    {
        Stack<MjcfElement> path = [];
        MjcfElement? root = null;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    MjcfElement element = ReadElement(reader, name, path.Count);
                    bool empty = reader.IsEmptyElement;
                    root ??= element;
                    if (element.Name == "include" && path.Count > 0) Include(element, path.Peek(), full, empty);
                    else if (path.Count > 0) path.Peek().Children.Add(element);
                    if (!empty) path.Push(element);
                    break;

                case XmlNodeType.EndElement:
                    path.Pop();
                    break;
            }
        }
        while (path.Count > 0 && reader.Read());
        return root ?? throw new KalmException($"{name}: not a model file: no root element");
    }

    private MjcfElement ReadElement(XmlReader reader, string name, int depth)
    {
        MjcfElement element = new(reader.LocalName, name, ((IXmlLineInfo)reader).LineNumber);
        if (depth >= MaxDepth) throw element.Error($"nested deeper than {MaxDepth} elements");
        if (++_elements > MaxElements) throw element.Error($"more than {MaxElements} elements");
        for (int i = 0; i < reader.AttributeCount; i++)
        {
            reader.MoveToAttribute(i);
            element.Attributes[reader.Name] = reader.Value;
        }

        reader.MoveToElement();
        return element;
    }

    // puts the children of the included file's root in the place of the include element (MuJoCo: IncludeXML, xml.cc)
    private void Include(MjcfElement include, MjcfElement parent, string full, bool empty)
    {
        include.Allow("file");
        if (!empty) throw include.Error("an include has no content");
        if (!include.Attributes.TryGetValue("file", out string? file))
            throw include.Error("attribute 'file' is missing");
        if (++_includes > MaxIncludes) throw include.Error($"more than {MaxIncludes} includes");

        // seen from the model's folder, otherwise from the including file's
        string path = ModelFiles.Beside(_main, file);
        if (!_files.Exists(path)) path = ModelFiles.Beside(full, file);
        MjcfElement root = ReadFile(path, include);
        if (root.Name is not ("mujoco" or "mujocoinclude"))
            throw root.Error("the root of an included file is <mujoco> or <mujocoinclude>");
        parent.Children.AddRange(root.Children);
    }
}
