package dev.sluice.plugins.tracing;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PropagationFieldsTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final ConfigSchema<Propagation> SCHEMA =
      ConfigSchema.of(config -> PropagationFields.of(config, Optional.ofNullable(config.getString("older"))))
          .field("older", Fields.string())
          .field(PropagationFields.HEADER_TYPE, Fields.string().defaultTo("preserve"))
          .field(PropagationFields.NAME, PropagationFields.field("b3"))
          .build();

  private static Propagation read(JsonObject config) {
    return SCHEMA.read(config);
  }

  private static Propagation read(String field, Object value) {
    return read(new JsonObject().put("propagation", new JsonObject().put("default_format", "b3").put(field, value)));
  }

  @Test
  void byDefaultAllFormatsComeInAndTheOneThatCameGoesOn() {
    Propagation propagation = read(new JsonObject());
    assertThat(propagation.extract()).hasSize(7).doesNotHaveDuplicates();
    assertThat(propagation.inject()).isEmpty();
    assertThat(propagation.preserve()).isTrue();
    assertThat(propagation.fallback()).isEqualTo(Format.B3);
  }

  @Test
  void theOlderSettingsHoldWhileTheNewOneNamesNothing() {
    Propagation ignore = read(new JsonObject().put("header_type", "ignore").put("older", "jaeger"));
    assertThat(ignore.extract()).isEmpty();
    assertThat(ignore.fallback()).isEqualTo(Format.JAEGER);
    Propagation named = read(new JsonObject().put("header_type", "w3c").put("older", "jaeger"));
    assertThat(named.inject()).containsExactly(Format.W3C);
    assertThat(named.preserve()).isTrue();
    assertThat(named.fallback()).isEqualTo(Format.W3C);
    assertThat(read("default_format", "w3c").fallback()).isEqualTo(Format.W3C);
  }

  @Test
  void whatIsLeftEmptyIsNotDone() {
    Propagation extracts = read("extract", new JsonArray().add("w3c").add("b3").add("w3c"));
    assertThat(extracts.extract()).containsExactly(Format.W3C, Format.B3);
    assertThat(extracts.inject()).isEmpty();
    assertThat(extracts.preserve()).isFalse();
    Propagation injects = read("inject", new JsonArray().add("preserve").add("b3-single"));
    assertThat(injects.extract()).isEmpty();
    assertThat(injects.inject()).containsExactly(Format.B3_SINGLE);
    assertThat(injects.preserve()).isTrue();
    assertThat(read("clear", new JsonArray().add("b3")).clear()).containsExactly("b3");
  }

  @Test
  void theFirstFormatThatIsFoundCounts() {
    TestHeaders headers =
        TestHeaders.of("traceparent: 00-" + TRACE + "-" + SPAN + "-01", "b3: " + TRACE + "-" + SPAN + "-0", "ot-tracer-sampled: x");
    assertThat(extracting(Format.W3C, Format.B3).extract(headers).format()).contains(Format.W3C);
    assertThat(extracting(Format.OT, Format.B3, Format.W3C).extract(headers).format()).contains(Format.B3_SINGLE);
    assertThat(extracting(Format.JAEGER).extract(headers)).isEqualTo(Incoming.NONE);
    assertThat(extracting().extract(headers)).isEqualTo(Incoming.NONE);
  }

  private static Propagation extracting(Format... formats) {
    return new Propagation(List.of(formats), List.of(), List.of(), false, Format.B3);
  }

  @Test
  void aDecisionOfOthersWinsOverTheShare() {
    for (double rate : new double[] {0, 0.5, 1}) {
      assertThat(Incoming.of(Format.B3, Sampling.YES).sampled(rate)).isTrue();
      assertThat(Incoming.of(Format.B3, Sampling.DEBUG).sampled(rate)).isTrue();
      assertThat(Incoming.of(Format.B3, Sampling.NO).sampled(rate)).isFalse();
    }
    assertThat(Incoming.NONE.sampled(1)).isTrue();
    assertThat(Incoming.NONE.sampled(0)).isFalse();
  }

  @Test
  void aShareIsAboutThatShare() {
    int sampled = 0;
    for (int i = 0; i < 100_000; i++) {
      sampled += Incoming.NONE.sampled(0.25) ? 1 : 0;
    }
    assertThat(sampled).isBetween(23_000, 27_000);
  }

  @Test
  void identifiersAreOfTheLengthThatIsAskedFor() {
    assertThat(Ids.trace(true).hex()).matches("[0-9a-f]{32}").isNotEqualTo(Ids.trace(true).hex());
    assertThat(Ids.trace(false).hex()).matches("[0-9a-f]{16}");
    assertThat(Ids.trace(false).wideHex()).matches("0{16}[0-9a-f]{16}");
  }
}
