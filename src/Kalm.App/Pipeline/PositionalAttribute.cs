namespace Kalm.App.Pipeline;

/// <summary>Marks the property of an option record that the command line takes without a name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionalAttribute : Attribute;
