package dev.sluice.plugins.logging;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;

/** What the plugins that log have in common: one filter, whose queues are emptied before the plugin goes. */
public abstract class LogPlugin implements GatewayPlugin {

  private final BiFunction<PluginContext, Queues, FilterFactory<?>> make;
  private Queues queues;
  private FilterFactory<?> factory;

  /**
   * Makes a plugin of one filter.
   *
   * @param make makes the filter's factory when the plugin starts
   */
  protected LogPlugin(BiFunction<PluginContext, Queues, FilterFactory<?>> make) {
    this.make = make;
  }

  @Override
  public final void start(PluginContext context) {
    queues = new Queues(context);
    factory = make.apply(context, queues);
  }

  @Override
  public final Future<Void> finish() {
    return queues.finish();
  }

  @Override
  public final List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
