package dev.sluice.testkit.sample;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A plugin for tests of the intake: it marks answers with the stamp of its jar, and takes what may leak. */
public final class SamplePlugin implements GatewayPlugin {

  private String stamp = "";
  private long ticks;

  @Override
  public void start(PluginContext context) {
    try (InputStream in = getClass().getClassLoader().getResourceAsStream("stamp")) {
      stamp = in == null ? "none" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (stamp.equals("throws")) {
      throw new IllegalStateException("told to throw");
    }
    context.every(Duration.ofMillis(5), () -> ticks++);
    if (!new Stamp(stamp).equals(new Stamp(stamp))) {
      throw new IllegalStateException("records with the same components are equal");
    }
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory(stamp));
  }

  private record Factory(String stamp) implements FilterFactory<String> {

    @Override
    public String name() {
      return "sample";
    }

    @Override
    public int priority() {
      return 10;
    }

    @Override
    public ConfigSchema<String> schema() {
      return ConfigSchema.any(config -> "");
    }

    @Override
    public Filter create(String config) {
      return new Stamp(stamp);
    }
  }

  private record Stamp(String stamp) implements Filter.Header {

    @Override
    public void headerFilter(RequestContext context) {
      context.response().headers().set("X-Stamp", stamp);
    }
  }
}
