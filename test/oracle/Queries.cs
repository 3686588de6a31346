using System.Collections.Generic;
using System.Runtime.Serialization;

// Contracts of queries, which appear as input parameters of Retrieve and RetrieveMultiple.
namespace Bridge.Oracle
{
    [DataContract(Name = "OrderType", Namespace = Ns.Xrm)]
    public enum OrderType { [EnumMember] Ascending, [EnumMember] Descending }

    [DataContract(Name = "LogicalOperator", Namespace = Ns.Xrm)]
    public enum LogicalOperator { [EnumMember] And, [EnumMember] Or }

    [DataContract(Name = "JoinOperator", Namespace = Ns.Xrm)]
    public enum JoinOperator
    {
        [EnumMember] Inner, [EnumMember] LeftOuter, [EnumMember] Natural, [EnumMember] MatchFirstRowUsingCrossApply,
        [EnumMember] In, [EnumMember] Exists, [EnumMember] Any, [EnumMember] NotAny, [EnumMember] All, [EnumMember] NotAll,
    }

    // The first fourteen are enough for the test documents.
    [DataContract(Name = "ConditionOperator", Namespace = Ns.Xrm)]
    public enum ConditionOperator
    {
        [EnumMember] Equal, [EnumMember] NotEqual, [EnumMember] GreaterThan, [EnumMember] LessThan, [EnumMember] GreaterEqual,
        [EnumMember] LessEqual, [EnumMember] Like, [EnumMember] NotLike, [EnumMember] In, [EnumMember] NotIn,
        [EnumMember] Between, [EnumMember] NotBetween, [EnumMember] Null, [EnumMember] NotNull,
    }

    [DataContract(Name = "AggregateType", Namespace = Ns.Xrm)]
    public enum AggregateType { [EnumMember] None, [EnumMember] Count, [EnumMember] CountColumn, [EnumMember] Sum, [EnumMember] Avg, [EnumMember] Min, [EnumMember] Max }

    [DataContract(Name = "DateTimeGroupingType", Namespace = Ns.Xrm)]
    public enum DateTimeGrouping { [EnumMember] None, [EnumMember] Day, [EnumMember] Week, [EnumMember] Month, [EnumMember] Quarter, [EnumMember] Year, [EnumMember] FiscalPeriod, [EnumMember] FiscalYear }

    [DataContract(Name = "ColumnSet", Namespace = Ns.Xrm)]
    public sealed class ColumnSet
    {
        private List<AttributeExpression> expressions;
        private List<string> columns;
        [DataMember] public bool AllColumns { get; set; }
        [DataMember] public List<AttributeExpression> AttributeExpressions { get => expressions ??= new(); set => expressions = value; }
        [DataMember] public List<string> Columns { get => columns ??= new(); set => columns = value; }
    }

    [DataContract(Name = "AttributeExpression", Namespace = Ns.Xrm)]
    public sealed class AttributeExpression
    {
        [DataMember] public AggregateType AggregateType { get; set; }
        [DataMember] public string Alias { get; set; }
        [DataMember] public string AttributeName { get; set; }
        [DataMember] public DateTimeGrouping DateTimeGrouping { get; set; }
        [DataMember] public bool HasGroupBy { get; set; }
    }

    [DataContract(Name = "FetchExpression", Namespace = Ns.Xrm)]
    public sealed class FetchExpression { [DataMember] public string Query { get; set; } }

    [DataContract(Name = "PagingInfo", Namespace = Ns.Xrm)]
    public sealed class PagingInfo
    {
        [DataMember] public int Count { get; set; }
        [DataMember] public int PageNumber { get; set; }
        [DataMember] public string PagingCookie { get; set; }
        [DataMember] public bool ReturnTotalRecordCount { get; set; }
    }

    [DataContract(Name = "OrderExpression", Namespace = Ns.Xrm)]
    public sealed class OrderExpression
    {
        [DataMember] public string Alias { get; set; }
        [DataMember] public string AttributeName { get; set; }
        [DataMember(EmitDefaultValue = false)] public string EntityName { get; set; }
        [DataMember] public OrderType OrderType { get; set; }
    }

    [DataContract(Name = "ConditionExpression", Namespace = Ns.Xrm)]
    public sealed class ConditionExpression
    {
        private List<object> values;
        [DataMember] public string AttributeName { get; set; }
        [DataMember] public bool CompareColumns { get; set; }
        [DataMember] public ConditionOperator Operator { get; set; }
        [DataMember] public List<object> Values { get => values ??= new(); set => values = value; }
        [DataMember(Order = 60)] public string EntityName { get; set; }
    }

    [DataContract(Name = "FilterExpression", Namespace = Ns.Xrm)]
    public sealed class FilterExpression
    {
        private List<ConditionExpression> conditions;
        private List<FilterExpression> filters;
        [DataMember] public List<ConditionExpression> Conditions { get => conditions ??= new(); set => conditions = value; }
        [DataMember] public LogicalOperator FilterOperator { get; set; }
        [DataMember] public List<FilterExpression> Filters { get => filters ??= new(); set => filters = value; }
        [DataMember(Order = 51, EmitDefaultValue = false)] public bool IsQuickFindFilter { get; set; }
        [DataMember(Order = 82, EmitDefaultValue = false)] public string FilterHint { get; set; }
    }

    [DataContract(Name = "LinkEntity", Namespace = Ns.Xrm)]
    public sealed class LinkEntity
    {
        private List<LinkEntity> links;
        private List<OrderExpression> orders;
        [DataMember] public ColumnSet Columns { get; set; }
        [DataMember] public string EntityAlias { get; set; }
        [DataMember] public JoinOperator JoinOperator { get; set; }
        [DataMember] public FilterExpression LinkCriteria { get; set; }
        [DataMember] public List<LinkEntity> LinkEntities { get => links ??= new(); set => links = value; }
        [DataMember] public string LinkFromAttributeName { get; set; }
        [DataMember] public string LinkFromEntityName { get; set; }
        [DataMember] public string LinkToAttributeName { get; set; }
        [DataMember] public string LinkToEntityName { get; set; }
        [DataMember(Order = 80)] public List<OrderExpression> Orders { get => orders ??= new(); set => orders = value; }
    }

    [DataContract(Name = "QueryExpression", Namespace = Ns.Xrm)]
    public sealed class QueryExpression
    {
        private List<LinkEntity> links;
        private List<OrderExpression> orders;
        [DataMember] public ColumnSet ColumnSet { get; set; }
        [DataMember] public FilterExpression Criteria { get; set; }
        [DataMember] public bool Distinct { get; set; }
        [DataMember] public string EntityName { get; set; }
        [DataMember] public List<LinkEntity> LinkEntities { get => links ??= new(); set => links = value; }
        [DataMember] public List<OrderExpression> Orders { get => orders ??= new(); set => orders = value; }
        [DataMember] public PagingInfo PageInfo { get; set; }
        [DataMember(EmitDefaultValue = false)] public QueryExpression SubQueryExpression { get; set; }
        [DataMember(Order = 50)] public bool NoLock { get; set; }
        [DataMember(Order = 50, EmitDefaultValue = false)] public int? TopCount { get; set; }
        [DataMember(Order = 92, EmitDefaultValue = false)] public string QueryHints { get; set; }
        [DataMember(Order = 93, EmitDefaultValue = false)] public string DataSource { get; set; }
    }

    [DataContract(Name = "QueryByAttribute", Namespace = Ns.Xrm)]
    public sealed class QueryByAttribute
    {
        private List<string> attributes;
        private List<OrderExpression> orders;
        private List<object> values;
        [DataMember] public List<string> Attributes { get => attributes ??= new(); set => attributes = value; }
        [DataMember] public ColumnSet ColumnSet { get; set; }
        [DataMember] public string EntityName { get; set; }
        [DataMember] public List<OrderExpression> Orders { get => orders ??= new(); set => orders = value; }
        [DataMember] public PagingInfo PageInfo { get; set; }
        [DataMember] public List<object> Values { get => values ??= new(); set => values = value; }
        [DataMember(Order = 50)] public int? TopCount { get; set; }
    }
}
