package dev.sluice.plugins.opentelemetry;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;

/** Attributes in OpenTelemetry's form. */
final class Attributes {

  private Attributes() {}

  static KeyValue text(String name, String value) {
    return KeyValue.newBuilder().setKey(name).setValue(AnyValue.newBuilder().setStringValue(value)).build();
  }

  static KeyValue number(String name, long value) {
    return KeyValue.newBuilder().setKey(name).setValue(AnyValue.newBuilder().setIntValue(value)).build();
  }
}
