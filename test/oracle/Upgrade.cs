using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Bridge.Oracle
{
    // Restores the types that JSON lost, by the rules of docs/formats.md, written apart from the bridge's own code.
    internal static class Upgrade
    {
        private static readonly Regex Date = new(@"^/Date\((-?\d+)([+-]\d{4})?\)/$", RegexOptions.CultureInvariant);

        public static void Context(RemoteExecutionContext context)
        {
            // The JSON reader gives Local for a date with an offset; Dataverse means the wall clock, of no zone.
            if (context.OperationCreatedOn.Kind == DateTimeKind.Local)
                context.OperationCreatedOn = DateTime.SpecifyKind(context.OperationCreatedOn, DateTimeKind.Unspecified);
            Pairs(context.InputParameters, (key, value) => Value(value, key, null));
            Pairs(context.OutputParameters, (key, value) => OutputValue(key, value));
            Pairs(context.SharedVariables, (key, value) => Value(value, key, null));
            foreach (var image in context.PostEntityImages) EntityOf(image.Value);
            foreach (var image in context.PreEntityImages) EntityOf(image.Value);
            if (context.OwningExtension != null) Object(context.OwningExtension);
            if (context.ParentContext != null) Context(context.ParentContext);
        }

        private static object OutputValue(string key, object value) =>
            key == "id" && value is string text && Guid.TryParseExact(text, "D", out var id) ? id : Value(value, key, null);

        private static void Pairs(List<KeyValuePair<string, object>> pairs, Func<string, object, object> upgrade)
        {
            for (var index = 0; index < pairs.Count; index++)
                pairs[index] = new(pairs[index].Key, upgrade(pairs[index].Key, pairs[index].Value));
        }

        private static void EntityOf(Entity entity)
        {
            if (entity == null) return;
            Pairs(entity.Attributes, (key, value) =>
                value is string text && key.EndsWith("id", StringComparison.Ordinal) && Guid.TryParseExact(text, "D", out var id) && id == entity.Id
                    ? id
                    : Value(value, key, "attribute"));
            Pairs(entity.KeyAttributes, (key, value) => Value(value, key, "attribute"));
            foreach (var related in entity.RelatedEntities)
                foreach (var each in related.Value?.Entities ?? new()) EntityOf(each);
        }

        private static object Value(object value, string key, string place) => value switch
        {
            null => null,
            string text => DateOf(text) ?? (object)text,
            object[] items => Array(items, key, place),
            _ => Object(value),
        };

        private static object Object(object value)
        {
            switch (value)
            {
                case Entity entity: EntityOf(entity); break;
                case EntityReference reference: Pairs(reference.KeyAttributes, (key, each) => Value(each, key, "attribute")); break;
                case EntityCollection collection: foreach (var each in collection.Entities) EntityOf(each); break;
                case AliasedValue aliased: aliased.Value = Value(aliased.Value, null, null); break;
                case QueryExpression query: Query(query); break;
                case QueryByAttribute query: Values(query.Values); break;
            }
            return value;
        }

        private static void Query(QueryExpression query)
        {
            Filter(query.Criteria);
            foreach (var link in query.LinkEntities) Link(link);
            if (query.SubQueryExpression != null) Query(query.SubQueryExpression);
        }

        private static void Link(LinkEntity link)
        {
            Filter(link.LinkCriteria);
            foreach (var each in link.LinkEntities) Link(each);
        }

        private static void Filter(FilterExpression filter)
        {
            if (filter == null) return;
            foreach (var condition in filter.Conditions) Values(condition.Values);
            foreach (var each in filter.Filters) Filter(each);
        }

        private static void Values(List<object> values)
        {
            for (var index = 0; index < values.Count; index++) values[index] = Value(values[index], null, null);
        }

        private static object Array(object[] items, string key, string place)
        {
            if (items.Length == 0)
                return place == "attribute" ? new OptionSetValueCollection()
                    : key == "RelatedEntities" ? new EntityReferenceCollection()
                    : System.Array.Empty<string>();
            if (items.All(item => item is OptionSetValue)) { var list = new OptionSetValueCollection(); list.AddRange(items.Cast<OptionSetValue>()); return list; }
            if (items.All(item => item is EntityReference)) { var list = new EntityReferenceCollection(); list.AddRange(items.Cast<EntityReference>().Select(item => (EntityReference)Object(item))); return list; }
            if (items.All(item => item is Entity)) return items.Cast<Entity>().Select(item => (Entity)Object(item)).ToArray();
            if (items.All(item => item is EntityCollection)) return items.Cast<EntityCollection>().Select(item => (EntityCollection)Object(item)).ToArray();
            if (items.All(item => item is Money)) return items.Cast<Money>().ToArray();
            if (items.All(item => item is KeyValuePair<string, string>)) return items.Cast<KeyValuePair<string, string>>().ToDictionary(pair => pair.Key, pair => pair.Value);
            if (items.All(item => item is string text && DateOf(text) != null)) return items.Select(item => DateOf((string)item).Value).ToArray();
            if (items.All(item => item is null or string)) return items.Cast<string>().ToArray();
            if (items.All(item => item is bool)) return items.Cast<bool>().ToArray();
            if (items.All(item => item is int and >= 0 and <= 255)) return items.Select(item => (byte)(int)item).ToArray();
            if (items.All(item => item is int)) return items.Cast<int>().ToArray();
            if (items.All(item => item is int or long or decimal)) return items.Select(item => Convert.ToDecimal(item, CultureInfo.InvariantCulture)).ToArray();
            throw new InvalidOperationException("mixed array");
        }

        private static DateTime? DateOf(string text)
        {
            if (text.Length < 9 || text[0] != '/') return null;
            var match = Date.Match(text);
            if (!match.Success || !long.TryParse(match.Groups[1].Value, out var ms)) return null;
            var offset = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
            var wall = ms + (offset / 100 * 60 + offset % 100) * 60000L;
            if (ms < -62135596800000 || ms > 253402300799999 || wall < -62135596800000 || wall > 253402300799999) return null;
            return new DateTime(DateTime.UnixEpoch.Ticks + wall * 10000, match.Groups[2].Success ? DateTimeKind.Unspecified : DateTimeKind.Utc);
        }
    }
}
