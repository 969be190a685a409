package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.NodeInfo;
import io.opentelemetry.exporter.internal.otlp.InstrumentationScopeMarshaler;
import io.opentelemetry.exporter.internal.otlp.ResourceMarshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bodies of requests to a collector, by one configuration. */
final class Exports {

  static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.builder("kong-internal").setVersion("0.1.0").build();

  private static final Logger log = LoggerFactory.getLogger(Exports.class);

  private final Resource resource;
  private final Wire wire;
  private final int shared;

  Exports(NodeInfo node, Map<String, String> given, Wire wire) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("service.name", "kong");
    attributes.put("service.version", node.compatibleVersion());
    attributes.put("service.instance.id", node.nodeId());
    attributes.putAll(given);
    this.resource = attributes.entrySet().stream()
        .map(each -> resource(each.getKey(), each.getValue()))
        .reduce(Resource.empty(), Resource::merge);
    this.wire = wire;
    // The library writes these two once and keeps them: now, where no request waits for its classes.
    this.shared = wire.length(() -> ResourceMarshaler.create(resource))
        + wire.length(() -> InstrumentationScopeMarshaler.create(SCOPE));
  }

  private static Resource resource(String name, String value) {
    try {
      return Resource.builder().put(name, value).build();
    } catch (IllegalArgumentException e) {
      log.warn("the resource attribute '{}' is not told of: {}", name, e.getMessage());
      return Resource.empty();
    }
  }

  /** Who tells. */
  Resource resource() {
    return resource;
  }

  Buffer traces(List<SpanData> spans) {
    return wire.write(() -> TraceRequestMarshaler.create(spans));
  }

  Buffer logs(List<LogRecordData> lines) {
    return wire.write(() -> LogsRequestMarshaler.create(lines));
  }

  /** The length of a span that this configuration tells of, with little more than what it adds to a body. */
  int length(SpanData span) {
    return TraceRequestMarshaler.create(List.of(span)).getBinarySerializedSize() - shared;
  }

  /** The length of a line that this configuration tells of, with little more than what it adds to a body. */
  int length(LogRecordData line) {
    return LogsRequestMarshaler.create(List.of(line)).getBinarySerializedSize() - shared;
  }
}
