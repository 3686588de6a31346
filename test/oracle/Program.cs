using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace Bridge.Oracle
{
    // One process for many documents. A request on standard input is a letter, a length (32 bits, little-endian) and a
    // document; the answer on standard output is '+' or '!' (an error's text), a length and bytes.
    //   x  XML read, written as XML        b  binary read, written as XML
    //   X  JSON read, types restored, written as XML      B  the same as binary
    //   t, T  CPU and wall time of X and B: four bytes of repetitions before the document; "cpuMicroseconds" as text
    internal static class Program
    {
        private static readonly Type[] Known =
        {
            typeof(Entity), typeof(EntityReference), typeof(EntityCollection), typeof(OptionSetValue), typeof(Money),
            typeof(AliasedValue), typeof(Relationship), typeof(BooleanManagedProperty), typeof(Label), typeof(LocalizedLabel),
            typeof(ColumnSet), typeof(FetchExpression), typeof(QueryExpression), typeof(QueryByAttribute), typeof(FilterExpression),
            typeof(ConditionExpression), typeof(LinkEntity), typeof(OrderExpression), typeof(PagingInfo),
            typeof(KeyValuePair<string, string>),
        };

        private static readonly Type[] KnownLists =
        {
            typeof(OptionSetValueCollection), typeof(EntityReferenceCollection), typeof(Entity[]), typeof(EntityCollection[]),
            typeof(Money[]), typeof(Dictionary<string, string>), typeof(string[]), typeof(bool[]), typeof(int[]), typeof(long[]),
            typeof(decimal[]), typeof(double[]), typeof(DateTime[]), typeof(Guid[]), typeof(ConcurrencyBehavior),
        };

        private static readonly DataContractJsonSerializer Json = new(typeof(RemoteExecutionContext), Known);

        private static readonly DataContractSerializer Xml = new(typeof(RemoteExecutionContext), All());

        private static IEnumerable<Type> All()
        {
            foreach (var type in Known) if (type != typeof(KeyValuePair<string, string>)) yield return type;
            foreach (var type in KnownLists) yield return type;
        }

        private static void Main()
        {
            using var input = new BufferedStream(Console.OpenStandardInput(), 1 << 16);
            using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            var head = new byte[5];
            while (input.ReadAtLeast(head, 5, throwOnEndOfStream: false) == 5)
            {
                var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1))];
                input.ReadExactly(body);
                Answer(output, (char)head[0], body);
                output.Flush();
            }
        }

        private static void Answer(Stream output, char command, byte[] body)
        {
            byte[] answer;
            var status = (byte)'+';
            try { answer = Run(command, body); }
            catch (Exception error) { status = (byte)'!'; answer = Encoding.UTF8.GetBytes(error.ToString()); }
            var head = new byte[5];
            head[0] = status;
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), answer.Length);
            output.Write(head);
            output.Write(answer);
        }

        private static byte[] Run(char command, byte[] body) => command switch
        {
            'x' => Write(Read(XmlDictionaryReader.CreateTextReader(body, XmlDictionaryReaderQuotas.Max)), binary: false),
            'b' => Write(Read(XmlDictionaryReader.CreateBinaryReader(body, XmlDictionaryReaderQuotas.Max)), binary: false),
            'X' => Convert(body, binary: false),
            'B' => Convert(body, binary: true),
            't' => Time(body, binary: false),
            'T' => Time(body, binary: true),
            _ => throw new ArgumentException("unknown command " + command),
        };

        private static RemoteExecutionContext Read(XmlDictionaryReader reader)
        {
            using (reader) return (RemoteExecutionContext)Xml.ReadObject(reader);
        }

        private static byte[] Convert(byte[] json, bool binary)
        {
            var context = (RemoteExecutionContext)Json.ReadObject(new MemoryStream(json, writable: false));
            Upgrade.Context(context);
            return Write(context, binary);
        }

        private static byte[] Write(RemoteExecutionContext context, bool binary)
        {
            var stream = new MemoryStream();
            using (var writer = binary ? XmlDictionaryWriter.CreateBinaryWriter(stream) : XmlDictionaryWriter.CreateTextWriter(stream, new UTF8Encoding(false), ownsStream: false))
                Xml.WriteObject(writer, context);
            return stream.ToArray();
        }

        private static byte[] Time(byte[] body, bool binary)
        {
            var times = BinaryPrimitives.ReadInt32LittleEndian(body);
            var json = body[4..];
            var process = Process.GetCurrentProcess();
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var run = 0; run < times; run++) Convert(json, binary);
            process.Refresh();
            var cpu = process.TotalProcessorTime - before;
            return Encoding.ASCII.GetBytes(((long)cpu.TotalMicroseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
