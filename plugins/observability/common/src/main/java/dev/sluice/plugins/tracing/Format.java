package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import java.util.Optional;

/** The formats of headers that carry traces, in the order in which they are looked for. */
public enum Format {
  /** Zipkin's, in several headers; what is looked for under this name may be in one as well. */
  B3("b3", "b3", new B3()),
  /** Zipkin's, in one header. */
  B3_SINGLE("b3-single", "b3", new B3Single()),
  /** That of the W3C. */
  W3C("w3c", "w3c", new W3c()),
  /** Jaeger's. */
  JAEGER("jaeger", "jaeger", new Jaeger()),
  /** OpenTracing's. */
  OT("ot", "ot", new OpenTracing()),
  /** Datadog's. */
  DATADOG("datadog", "datadog", new Datadog()),
  /** That of AWS X-Ray. */
  AWS("aws", "aws", new Aws()),
  /** That of Google Cloud. */
  GCP("gcp", "gcp", new Gcp());

  private final String setting;
  private final String logged;

  /** Has no state. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Codec codec;

  Format(String setting, String logged, Codec codec) {
    this.setting = setting;
    this.logged = "trace_id." + logged;
    this.codec = codec;
  }

  /** The one of a setting; empty for other words, such as {@code preserve}. */
  static Optional<Format> of(String setting) {
    for (Format format : values()) {
      if (format.setting.equals(setting)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Where entries of logs have identifiers of traces in this format; dots lead into objects. */
  String logged() {
    return logged;
  }

  /** The identifier of a trace as this format writes it. */
  public String shown(TraceId id) {
    return codec.shown(id);
  }

  Incoming extract(Headers headers) {
    return codec.extract(headers);
  }

  void inject(Outgoing span, MutableHeaders headers) {
    codec.inject(span, headers);
  }
}
