using System;
using System.Collections.Generic;
using System.Runtime.Serialization;

// Stand-ins for the data contracts of the Dataverse SDK: names, namespaces and member order as public descriptions give
// them. Not the SDK: nothing here is proof of what Dataverse itself does.
namespace Bridge.Oracle
{
    internal static class Ns
    {
        public const string Xrm = "http://schemas.microsoft.com/xrm/2011/Contracts";
        public const string Xrm71 = "http://schemas.microsoft.com/xrm/7.1/Contracts";
        public const string Xrm90 = "http://schemas.microsoft.com/xrm/9.0/Contracts";
    }

    [CollectionDataContract(Name = "ParameterCollection", Namespace = Ns.Xrm)]
    public sealed class ParameterCollection : List<KeyValuePair<string, object>> { }

    [CollectionDataContract(Name = "AttributeCollection", Namespace = Ns.Xrm)]
    public sealed class AttributeCollection : List<KeyValuePair<string, object>> { }

    [CollectionDataContract(Name = "KeyAttributeCollection", Namespace = Ns.Xrm71)]
    public sealed class KeyAttributeCollection : List<KeyValuePair<string, object>> { }

    [CollectionDataContract(Name = "FormattedValueCollection", Namespace = Ns.Xrm)]
    public sealed class FormattedValueCollection : List<KeyValuePair<string, string>> { }

    [CollectionDataContract(Name = "EntityImageCollection", Namespace = Ns.Xrm)]
    public sealed class EntityImageCollection : List<KeyValuePair<string, Entity>> { }

    [CollectionDataContract(Name = "RelatedEntityCollection", Namespace = Ns.Xrm)]
    public sealed class RelatedEntityCollection : List<KeyValuePair<Relationship, EntityCollection>> { }

    [CollectionDataContract(Name = "OptionSetValueCollection", Namespace = Ns.Xrm90)]
    public sealed class OptionSetValueCollection : List<OptionSetValue> { }

    [CollectionDataContract(Name = "EntityReferenceCollection", Namespace = Ns.Xrm)]
    public sealed class EntityReferenceCollection : List<EntityReference> { }

    [DataContract(Name = "EntityState", Namespace = Ns.Xrm)]
    public enum EntityState { [EnumMember] Unchanged, [EnumMember] Created, [EnumMember] Changed }

    [DataContract(Name = "EntityRole", Namespace = Ns.Xrm)]
    public enum EntityRole { [EnumMember] Referencing, [EnumMember] Referenced }

    [DataContract(Name = "ConcurrencyBehavior", Namespace = Ns.Xrm71)]
    public enum ConcurrencyBehavior { [EnumMember] Default, [EnumMember] IfRowVersionMatches, [EnumMember] AlwaysOverwrite }

    [DataContract(Name = "RemoteExecutionContext", Namespace = Ns.Xrm)]
    public sealed class RemoteExecutionContext
    {
        private ParameterCollection input, output, shared;
        private EntityImageCollection post, pre;
        [DataMember] public Guid BusinessUnitId { get; set; }
        [DataMember] public Guid CorrelationId { get; set; }
        [DataMember] public int Depth { get; set; }
        [DataMember] public string InitiatingUserAgent { get; set; }
        [DataMember] public Guid InitiatingUserAzureActiveDirectoryObjectId { get; set; }
        [DataMember] public Guid InitiatingUserId { get; set; }
        [DataMember] public ParameterCollection InputParameters { get => input ??= new(); set => input = value; }
        [DataMember] public bool IsExecutingOffline { get; set; }
        [DataMember] public bool IsInTransaction { get; set; }
        [DataMember] public bool IsOfflinePlayback { get; set; }
        [DataMember] public int IsolationMode { get; set; }
        [DataMember] public string MessageName { get; set; }
        [DataMember] public int Mode { get; set; }
        [DataMember] public DateTime OperationCreatedOn { get; set; }
        [DataMember] public Guid OperationId { get; set; }
        [DataMember] public Guid OrganizationId { get; set; }
        [DataMember] public string OrganizationName { get; set; }
        [DataMember] public ParameterCollection OutputParameters { get => output ??= new(); set => output = value; }
        [DataMember] public EntityReference OwningExtension { get; set; }
        [DataMember] public RemoteExecutionContext ParentContext { get; set; }
        [DataMember] public EntityImageCollection PostEntityImages { get => post ??= new(); set => post = value; }
        [DataMember] public EntityImageCollection PreEntityImages { get => pre ??= new(); set => pre = value; }
        [DataMember] public Guid PrimaryEntityId { get; set; }
        [DataMember] public string PrimaryEntityName { get; set; }
        [DataMember] public Guid? RequestId { get; set; }
        [DataMember] public string SecondaryEntityName { get; set; }
        [DataMember] public ParameterCollection SharedVariables { get => shared ??= new(); set => shared = value; }
        [DataMember] public int Stage { get; set; }
        [DataMember] public Guid UserAzureActiveDirectoryObjectId { get; set; }
        [DataMember] public Guid UserId { get; set; }
    }

    [DataContract(Name = "Entity", Namespace = Ns.Xrm)]
    public sealed class Entity
    {
        private AttributeCollection attributes;
        private FormattedValueCollection formatted;
        private KeyAttributeCollection keys;
        private RelatedEntityCollection related;
        [DataMember] public AttributeCollection Attributes { get => attributes ??= new(); set => attributes = value; }
        [DataMember] public EntityState? EntityState { get; set; }
        [DataMember] public FormattedValueCollection FormattedValues { get => formatted ??= new(); set => formatted = value; }
        [DataMember] public Guid Id { get; set; }
        [DataMember] public KeyAttributeCollection KeyAttributes { get => keys ??= new(); set => keys = value; }
        [DataMember] public string LogicalName { get; set; }
        [DataMember] public RelatedEntityCollection RelatedEntities { get => related ??= new(); set => related = value; }
        [DataMember] public string RowVersion { get; set; }
    }

    [DataContract(Name = "EntityReference", Namespace = Ns.Xrm)]
    public sealed class EntityReference
    {
        private KeyAttributeCollection keys;
        [DataMember] public Guid Id { get; set; }
        [DataMember] public KeyAttributeCollection KeyAttributes { get => keys ??= new(); set => keys = value; }
        [DataMember] public string LogicalName { get; set; }
        [DataMember] public string Name { get; set; }
        [DataMember] public string RowVersion { get; set; }
    }

    [DataContract(Name = "EntityCollection", Namespace = Ns.Xrm)]
    public sealed class EntityCollection
    {
        private List<Entity> entities;
        [DataMember] public List<Entity> Entities { get => entities ??= new(); set => entities = value; }
        [DataMember] public string EntityName { get; set; }
        [DataMember] public string MinActiveRowVersion { get; set; }
        [DataMember] public bool MoreRecords { get; set; }
        [DataMember] public string PagingCookie { get; set; }
        [DataMember] public int TotalRecordCount { get; set; }
        [DataMember] public bool TotalRecordCountLimitExceeded { get; set; }
    }

    [DataContract(Name = "OptionSetValue", Namespace = Ns.Xrm)]
    public sealed class OptionSetValue { [DataMember] public int Value { get; set; } }

    [DataContract(Name = "Money", Namespace = Ns.Xrm)]
    public sealed class Money { [DataMember] public decimal Value { get; set; } }

    [DataContract(Name = "AliasedValue", Namespace = Ns.Xrm)]
    public sealed class AliasedValue
    {
        [DataMember] public string AttributeLogicalName { get; set; }
        [DataMember] public string EntityLogicalName { get; set; }
        [DataMember] public bool NeedFormatting { get; set; }
        [DataMember] public int ReturnType { get; set; }
        [DataMember] public object Value { get; set; }
    }

    [DataContract(Name = "Relationship", Namespace = Ns.Xrm)]
    public sealed class Relationship
    {
        [DataMember] public EntityRole? PrimaryEntityRole { get; set; }
        [DataMember] public string SchemaName { get; set; }
    }

    [DataContract(Name = "BooleanManagedProperty", Namespace = Ns.Xrm)]
    public sealed class BooleanManagedProperty
    {
        [DataMember] public bool CanBeChanged { get; set; }
        [DataMember] public string ManagedPropertyLogicalName { get; set; }
        [DataMember] public bool Value { get; set; }
    }

    [DataContract(Name = "Label", Namespace = Ns.Xrm)]
    public sealed class Label
    {
        private List<LocalizedLabel> labels;
        [DataMember] public List<LocalizedLabel> LocalizedLabels { get => labels ??= new(); set => labels = value; }
        [DataMember] public LocalizedLabel UserLocalizedLabel { get; set; }
    }

    [DataContract(Name = "LocalizedLabel", Namespace = Ns.Xrm)]
    public sealed class LocalizedLabel
    {
        [DataMember] public BooleanManagedProperty IsManaged { get; set; }
        [DataMember] public string Label { get; set; }
        [DataMember] public int LanguageCode { get; set; }
    }
}
