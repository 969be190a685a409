package dev.sluice.plugins.tracing;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormatTest {

  private static final String WIDE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String NARROW = "a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "05e3ac9a4f6e3b90";
  private static final long SPAN_ID = 0x00f067aa0ba902b7L;
  private static final long PARENT_ID = 0x05e3ac9a4f6e3b90L;
  private static final TraceId TRACE = new TraceId(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, true);
  private static final TraceId SHORT = new TraceId(0, 0xa3ce929d0e0e4736L, false);

  private static Incoming read(Format format, String... lines) {
    return format.extract(TestHeaders.of(lines));
  }

  private static Incoming found(Format format, TraceId trace, long parent, Sampling sampling) {
    return new Incoming(Optional.of(format), Optional.of(trace), SPAN_ID, parent, sampling);
  }

  private static TestHeaders written(Format format, TraceId trace, long parent, Sampling sampling) {
    TestHeaders headers = new TestHeaders();
    format.inject(new Outgoing(trace, SPAN_ID, parent, sampling), headers);
    return headers;
  }

  @Test
  void w3cIsRead() {
    assertThat(read(Format.W3C, "traceparent: 00-" + WIDE + "-" + SPAN + "-01"))
        .isEqualTo(found(Format.W3C, TRACE, 0, Sampling.YES));
    assertThat(read(Format.W3C, "traceparent: 00-" + WIDE + "-" + SPAN + "-02"))
        .isEqualTo(found(Format.W3C, TRACE, 0, Sampling.NO));
    assertThat(read(Format.W3C, "traceparent: cc-" + WIDE + "-" + SPAN + "-01-what-the-future-will-be-like"))
        .isEqualTo(found(Format.W3C, TRACE, 0, Sampling.YES));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "00", "00-" + WIDE + "-" + SPAN, "00-" + WIDE + "-" + SPAN + "-1", "00-" + WIDE + "-" + SPAN + "-0x",
    "ff-" + WIDE + "-" + SPAN + "-01", "FF-" + WIDE + "-" + SPAN + "-01", "00-" + WIDE + "-" + SPAN + "-01-more",
    "cc-" + WIDE + "-" + SPAN + "-01.more", "00-00000000000000000000000000000000-" + SPAN + "-01",
    "00-" + WIDE + "-0000000000000000-01", "00_" + WIDE + "-" + SPAN + "-01", "00-" + WIDE + "x" + SPAN + "-01",
    "00-" + NARROW + "-" + SPAN + "-01", "00-4bf92f3577b34da6a3ce929d0e0e473g-" + SPAN + "-01",
    "0\u0661-" + WIDE + "-" + SPAN + "-01"
  })
  void brokenW3cIsNone(String value) {
    assertThat(read(Format.W3C, "traceparent: " + value)).isEqualTo(Incoming.NONE);
  }

  @Test
  void w3cIsWritten() {
    assertThat(written(Format.W3C, TRACE, PARENT_ID, Sampling.YES).lines())
        .containsExactly("traceparent: 00-" + WIDE + "-" + SPAN + "-01");
    assertThat(written(Format.W3C, SHORT, 0, Sampling.NO).lines())
        .containsExactly("traceparent: 00-0000000000000000" + NARROW + "-" + SPAN + "-00");
  }

  @Test
  void b3IsRead() {
    assertThat(read(Format.B3, "X-B3-TraceId: " + WIDE, "X-B3-SpanId: " + SPAN, "X-B3-Sampled: 1",
            "X-B3-ParentSpanId: " + PARENT))
        .isEqualTo(found(Format.B3, TRACE, PARENT_ID, Sampling.YES));
    assertThat(read(Format.B3, "X-B3-TraceId: " + NARROW, "X-B3-SpanId: " + SPAN, "X-B3-Sampled: false"))
        .isEqualTo(found(Format.B3, SHORT, 0, Sampling.NO));
    assertThat(read(Format.B3, "X-B3-TraceId: " + WIDE, "X-B3-SpanId: " + SPAN, "X-B3-Flags: 1", "X-B3-Sampled: 0"))
        .isEqualTo(found(Format.B3, TRACE, 0, Sampling.DEBUG));
    assertThat(read(Format.B3, "X-B3-TraceId: " + WIDE))
        .isEqualTo(new Incoming(Optional.of(Format.B3), Optional.of(TRACE), 0, 0, Sampling.UNDECIDED));
  }

  @Test
  void aDecisionAloneIsB3() {
    assertThat(read(Format.B3, "X-B3-Sampled: 0")).isEqualTo(Incoming.of(Format.B3, Sampling.NO));
    assertThat(read(Format.B3, "X-B3-Sampled: maybe")).isEqualTo(Incoming.NONE);
    assertThat(read(Format.B3, "b3: 0")).isEqualTo(Incoming.of(Format.B3_SINGLE, Sampling.NO));
    assertThat(read(Format.B3, "b3: d")).isEqualTo(Incoming.of(Format.B3_SINGLE, Sampling.DEBUG));
  }

  @Test
  void brokenIdentifiersOfB3LeaveTheDecision() {
    assertThat(read(Format.B3, "X-B3-TraceId: " + WIDE + "0", "X-B3-SpanId: " + SPAN, "X-B3-Sampled: 1"))
        .isEqualTo(Incoming.of(Format.B3, Sampling.YES));
    assertThat(read(Format.B3, "X-B3-TraceId: " + WIDE, "X-B3-SpanId: nothing"))
        .isEqualTo(Incoming.NONE);
    assertThat(read(Format.B3, "X-B3-TraceId: 0000000000000000", "X-B3-SpanId: " + SPAN))
        .isEqualTo(Incoming.NONE);
  }

  @Test
  void b3IsWritten() {
    assertThat(written(Format.B3, SHORT, PARENT_ID, Sampling.YES).lines()).containsExactly(
        "x-b3-parentspanid: " + PARENT, "x-b3-sampled: 1", "x-b3-spanid: " + SPAN, "x-b3-traceid: " + NARROW);
    TestHeaders headers = TestHeaders.of("X-B3-ParentSpanId: " + PARENT, "X-B3-Sampled: 1");
    Format.B3.inject(new Outgoing(TRACE, SPAN_ID, 0, Sampling.DEBUG), headers);
    assertThat(headers.lines())
        .containsExactly("x-b3-flags: 1", "x-b3-spanid: " + SPAN, "x-b3-traceid: " + WIDE);
  }

  @ParameterizedTest
  @CsvSource({
    WIDE + "-" + SPAN + ", UNDECIDED, 0",
    WIDE + "-" + SPAN + "-1, YES, 0",
    WIDE + "-" + SPAN + "-0, NO, 0",
    WIDE + "-" + SPAN + "-d-" + PARENT + ", DEBUG, " + PARENT
  })
  void b3InOneHeaderIsRead(String value, Sampling sampling, String parent) {
    Incoming expected = found(Format.B3_SINGLE, TRACE, Long.parseUnsignedLong(parent, 16), sampling);
    assertThat(read(Format.B3, "b3: " + value, "X-B3-Sampled: 1")).isEqualTo(expected);
    assertThat(read(Format.B3_SINGLE, "b3: " + value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "x", WIDE, WIDE + "-", WIDE + "-" + SPAN + "-", WIDE + "-" + SPAN + "-2", WIDE + "-" + SPAN + "-1-",
    WIDE + "-" + SPAN + "-1-" + PARENT + "-", WIDE + "-" + SPAN + "-1-x", "-" + SPAN + "-1", "----", "-1",
    WIDE + "-" + SPAN + "-1-0000000000000000"
  })
  void brokenB3InOneHeaderIsNone(String value) {
    assertThat(read(Format.B3_SINGLE, "b3: " + value)).isEqualTo(Incoming.NONE);
  }

  @Test
  void b3InOneHeaderIsWritten() {
    assertThat(written(Format.B3_SINGLE, TRACE, PARENT_ID, Sampling.DEBUG).lines())
        .containsExactly("b3: " + WIDE + "-" + SPAN + "-d-" + PARENT);
    assertThat(written(Format.B3_SINGLE, SHORT, 0, Sampling.NO).lines())
        .containsExactly("b3: " + NARROW + "-" + SPAN + "-0");
  }

  @Test
  void jaegerIsRead() {
    assertThat(read(Format.JAEGER, "uber-trace-id: " + WIDE + ":f067aa0ba902b7:0:1"))
        .isEqualTo(found(Format.JAEGER, TRACE, 0, Sampling.YES));
    assertThat(read(Format.JAEGER, "uber-trace-id: " + NARROW + "%3A" + SPAN + "%3a5e3ac9a4f6e3b90%3A0"))
        .isEqualTo(found(Format.JAEGER, SHORT, PARENT_ID, Sampling.NO));
    assertThat(read(Format.JAEGER, "uber-trace-id: 1:f067aa0ba902b7:0:3"))
        .isEqualTo(found(Format.JAEGER, new TraceId(0, 1, false), 0, Sampling.DEBUG));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", ":::", "1:2:3", "1:2:3:4:5", "0:2:0:1", "1:0:0:1", "x:2:0:1", "1:2:y:1", "1:2:0:z",
    WIDE + "0:2:0:1", "1:" + SPAN + "0:0:1", "-1:2:0:1", "1:+2:0:1"
  })
  void brokenJaegerIsNone(String value) {
    assertThat(read(Format.JAEGER, "uber-trace-id: " + value)).isEqualTo(Incoming.NONE);
  }

  @Test
  void jaegerIsWritten() {
    assertThat(written(Format.JAEGER, TRACE, PARENT_ID, Sampling.YES).lines())
        .containsExactly("uber-trace-id: " + WIDE + ":" + SPAN + ":" + PARENT + ":01");
    assertThat(written(Format.JAEGER, TRACE, 0, Sampling.NO).lines())
        .containsExactly("uber-trace-id: " + WIDE + ":" + SPAN + ":0:00");
  }

  @Test
  void openTracingIsReadAndWritten() {
    assertThat(read(Format.OT, "ot-tracer-traceid: " + NARROW, "ot-tracer-spanid: " + SPAN, "ot-tracer-sampled: true"))
        .isEqualTo(found(Format.OT, SHORT, 0, Sampling.YES));
    assertThat(read(Format.OT, "ot-tracer-sampled: 0")).isEqualTo(Incoming.of(Format.OT, Sampling.NO));
    assertThat(read(Format.OT, "ot-tracer-traceid: nothing", "ot-tracer-spanid: " + SPAN)).isEqualTo(Incoming.NONE);
    assertThat(read(Format.OT, "ot-tracer-traceid: " + NARROW, "ot-tracer-spanid: 1")).isEqualTo(Incoming.NONE);
    assertThat(written(Format.OT, TRACE, 0, Sampling.YES).lines()).containsExactly(
        "ot-tracer-sampled: 1", "ot-tracer-spanid: " + SPAN, "ot-tracer-traceid: " + WIDE);
  }

  @Test
  void datadogIsReadAndWritten() {
    assertThat(read(Format.DATADOG, "x-datadog-trace-id: 11803532876627986230", "x-datadog-parent-id: 67667974448284343",
            "x-datadog-sampling-priority: 2", "x-datadog-tags: a=b,_dd.p.tid=4bf92f3577b34da6,c=d"))
        .isEqualTo(found(Format.DATADOG, TRACE, 0, Sampling.YES));
    assertThat(read(Format.DATADOG, "x-datadog-trace-id: 11803532876627986230", "x-datadog-parent-id: 67667974448284343",
            "x-datadog-sampling-priority: -1", "x-datadog-tags: _dd.p.tid=4bf92f3577b34da6f"))
        .isEqualTo(found(Format.DATADOG, new TraceId(0, SHORT.low(), true), 0, Sampling.NO));
    assertThat(written(Format.DATADOG, TRACE, 0, Sampling.YES).lines()).containsExactly(
        "x-datadog-parent-id: 67667974448284343",
        "x-datadog-sampling-priority: 1",
        "x-datadog-trace-id: 11803532876627986230");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "+1", "x", "18446744073709551616", "999999999999999999999", "1 "})
  void brokenDatadogIsNone(String value) {
    assertThat(read(Format.DATADOG, "x-datadog-trace-id: " + value, "x-datadog-parent-id: 1")).isEqualTo(Incoming.NONE);
  }

  @Test
  void awsIsReadAndWritten() {
    assertThat(read(Format.AWS, "X-Amzn-Trace-Id: Self=1-a-b; Sampled=1 ;Parent=" + SPAN
            + ";Root=1-4bf92f35-77b34da6a3ce929d0e0e4736"))
        .isEqualTo(found(Format.AWS, TRACE, 0, Sampling.YES));
    assertThat(read(Format.AWS, "X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=?"))
        .isEqualTo(new Incoming(Optional.of(Format.AWS), Optional.of(TRACE), 0, 0, Sampling.UNDECIDED));
    assertThat(written(Format.AWS, TRACE, 0, Sampling.NO).lines()).containsExactly(
        "x-amzn-trace-id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=" + SPAN + ";Sampled=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", ";", "Root=", "Root=1-", "Root=2-4bf92f35-77b34da6a3ce929d0e0e4736", "Root=1-4bf92f3577b34da6a3ce929d0e0e4736",
    "Root=1-4bf92f35-77b34da6a3ce929d0e0e473", "Root=1-4bf92f35-77b34da6a3ce929d0e0e473x", "Parent=" + SPAN
  })
  void brokenAwsIsNone(String value) {
    assertThat(read(Format.AWS, "X-Amzn-Trace-Id: " + value)).isEqualTo(Incoming.NONE);
  }

  @Test
  void gcpIsReadAndWritten() {
    assertThat(read(Format.GCP, "X-Cloud-Trace-Context: " + WIDE + "/67667974448284343;o=1"))
        .isEqualTo(found(Format.GCP, TRACE, 0, Sampling.YES));
    assertThat(read(Format.GCP, "X-Cloud-Trace-Context: " + WIDE + "/67667974448284343"))
        .isEqualTo(found(Format.GCP, TRACE, 0, Sampling.UNDECIDED));
    assertThat(written(Format.GCP, SHORT, 0, Sampling.NO).lines()).containsExactly(
        "x-cloud-trace-context: 0000000000000000" + NARROW + "/67667974448284343;o=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", WIDE, WIDE + "/", WIDE + "/0;o=1", WIDE + "/x", WIDE + "-1", NARROW + "/1", ";o=1"})
  void brokenGcpIsNone(String value) {
    assertThat(read(Format.GCP, "X-Cloud-Trace-Context: " + value)).isEqualTo(Incoming.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "B3, " + WIDE, "W3C, " + WIDE, "JAEGER, " + WIDE, "DATADOG, 11803532876627986230",
    "AWS, 1-4bf92f35-77b34da6a3ce929d0e0e4736"
  })
  void eachFormatShowsATraceInItsOwnWay(Format format, String shown) {
    assertThat(format.shown(TRACE)).isEqualTo(shown);
  }

  @Test
  void whatIsWrittenCanBeRead() {
    for (Format format : Format.values()) {
      TestHeaders headers = written(format, TRACE, PARENT_ID, Sampling.YES);
      Incoming found = format.extract(headers);
      assertThat(found.spanId()).as(format.name()).isEqualTo(SPAN_ID);
      assertThat(found.traceId().orElseThrow().low()).as(format.name()).isEqualTo(TRACE.low());
      assertThat(found.sampling()).as(format.name()).isEqualTo(Sampling.YES);
    }
  }
}
