package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.MessageLite;
import dev.sluice.api.NodeInfo;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bodies of requests to a collector, by one configuration. */
final class Exports {

  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("kong-internal").setVersion("0.1.0").build();

  private final Resource resource;

  Exports(NodeInfo node, Map<String, String> given) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("service.name", "kong");
    attributes.put("service.version", node.compatibleVersion());
    attributes.put("service.instance.id", node.nodeId());
    attributes.putAll(given);
    Resource.Builder builder = Resource.newBuilder();
    attributes.forEach((name, value) -> builder.addAttributes(Attributes.text(name, value)));
    resource = builder.build();
  }

  Buffer traces(List<Span> spans) {
    return body(ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder()
            .setResource(resource)
            .addScopeSpans(ScopeSpans.newBuilder().setScope(SCOPE).addAllSpans(spans)))
        .build());
  }

  Buffer logs(List<LogRecord> lines) {
    return body(ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder()
            .setResource(resource)
            .addScopeLogs(ScopeLogs.newBuilder().setScope(SCOPE).addAllLogRecords(lines)))
        .build());
  }

  private static Buffer body(MessageLite message) {
    return Buffer.buffer(message.toByteArray());
  }
}
