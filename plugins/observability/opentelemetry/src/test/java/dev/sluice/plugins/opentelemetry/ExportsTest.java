package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.api.LogLine;
import dev.sluice.testkit.fake.FakePluginContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;

/** What others read in what the SDK has written. */
class ExportsTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "05e3ac9a4f6e3b90";
  private static final long BEGUN = 1_700_000_000_000_000_000L;

  @TempDir private Path folder;
  private FakePluginContext node;

  @BeforeEach
  void open() {
    node = new FakePluginContext(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Exports exports(Map<String, String> given) {
    return new Exports(node.node(), given, new Wire());
  }

  private static FinishedSpan span(Exports by, SpanContext parent) {
    return new FinishedSpan(
        by.resource(),
        "kong",
        SpanKind.SERVER,
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault()),
        parent,
        BEGUN,
        BEGUN + 5,
        Attributes.of(AttributeKey.stringKey("http.route"), "", AttributeKey.longKey("net.peer.port"), 0L),
        StatusData.error());
  }

  private static ResourceSpans read(Exports exports, FinishedSpan... spans) throws InvalidProtocolBufferException {
    var all = ExportTraceServiceRequest.parseFrom(exports.traces(List.of(spans)).getBytes()).getResourceSpansList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void spansOfOneConfigurationShareResourceAndScope() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of("service.name", "edge"));
    FinishedSpan one = span(exports, SpanContext.getInvalid());
    ResourceSpans read = read(exports, one, one, one);
    assertThat(Collector.attributes(read.getResource().getAttributesList()))
        .containsOnlyKeys("service.name", "service.version", "service.instance.id")
        .containsEntry("service.name", "edge");
    assertThat(read.getScopeSpansList()).hasSize(1);
    assertThat(read.getScopeSpans(0).getScope().getName()).isEqualTo("kong-internal");
    assertThat(read.getScopeSpans(0).getScope().getVersion()).isEqualTo("0.1.0");
    assertThat(read.getScopeSpans(0).getSpansList()).hasSize(3);
  }

  @Test
  void emptyAndZeroAreValues() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of());
    Span read = read(exports, span(exports, SpanContext.getInvalid())).getScopeSpans(0).getSpans(0);
    assertThat(read.getAttributesList()).anyMatch(each ->
        each.getKey().equals("http.route") && each.getValue().hasStringValue());
    assertThat(read.getAttributesList()).anyMatch(each ->
        each.getKey().equals("net.peer.port") && each.getValue().hasIntValue());
    assertThat(read.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(read.getStartTimeUnixNano()).isEqualTo(BEGUN);
    assertThat(read.getEndTimeUnixNano()).isEqualTo(BEGUN + 5);
    assertThat(read.getParentSpanId().isEmpty()).isTrue();
  }

  @Test
  void whetherTheParentIsSomebodyElsesIsTold() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of());
    SpanContext theirs =
        SpanContext.createFromRemoteParent(TRACE, PARENT, TraceFlags.getSampled(), TraceState.getDefault());
    assertThat(read(exports, span(exports, theirs)).getScopeSpans(0).getSpans(0).getFlags()).isEqualTo(0x301);
    assertThat(read(exports, span(exports, SpanContext.getInvalid())).getScopeSpans(0).getSpans(0).getFlags())
        .isEqualTo(0x101);
  }

  @Test
  void aNameThatTheSdkRefusesIsLeftOut() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of("größe", "x", "a".repeat(256), "y", "zone", "größer"));
    assertThat(Collector.attributes(read(exports, span(exports, SpanContext.getInvalid())).getResource()
            .getAttributesList()))
        .containsOnlyKeys("service.name", "service.version", "service.instance.id", "zone")
        .containsEntry("zone", "größer");
  }

  @Test
  void anEntryIsAsLongAsOnTheWay() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of("long", "x".repeat(500)));
    FinishedSpan span = span(exports, SpanContext.getInvalid());
    int length = read(exports, span).getScopeSpans(0).getSpans(0).getSerializedSize();
    assertThat(exports.length(span)).isBetween(length, length + 20);
  }

  @Test
  void linesBearWhatWasThrown() throws InvalidProtocolBufferException {
    Exports exports = exports(Map.of());
    Instant at = Instant.ofEpochSecond(1_700_000_000, 42);
    LogLine line = new LogLine(
        at, Level.ERROR, "logger", "thread", "it broke", Optional.of(new IllegalStateException("why")));
    WrittenLine made = LogRecords.of(line, "abc", null).by(exports.resource());
    var read = ExportLogsServiceRequest.parseFrom(exports.logs(List.of(made)).getBytes()).getResourceLogs(0);
    assertThat(Collector.attributes(read.getResource().getAttributesList())).containsEntry("service.name", "kong");
    LogRecord record = read.getScopeLogs(0).getLogRecords(0);
    assertThat(record.getBody().getStringValue()).isEqualTo("it broke");
    assertThat(record.getTimeUnixNano()).isEqualTo(1_700_000_000_000_000_042L);
    assertThat(record.getObservedTimeUnixNano()).isEqualTo(record.getTimeUnixNano());
    assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_ERROR);
    assertThat(record.getSeverityText()).isEqualTo("ERROR");
    assertThat(record.getTraceId().isEmpty()).isTrue();
    assertThat(record.getFlags()).isZero();
    Map<String, String> attributes = Collector.attributes(record.getAttributesList());
    assertThat(attributes)
        .containsEntry("logger.name", "logger")
        .containsEntry("thread.name", "thread")
        .containsEntry("request.id", "abc")
        .containsEntry("exception.type", "java.lang.IllegalStateException")
        .containsEntry("exception.message", "why");
    assertThat(attributes.get("exception.stacktrace")).contains("ExportsTest");
    assertThat(exports.length(made)).isBetween(record.getSerializedSize(), record.getSerializedSize() + 20);
  }
}
