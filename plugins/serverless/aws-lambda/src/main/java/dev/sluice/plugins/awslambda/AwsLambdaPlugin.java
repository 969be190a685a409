package dev.sluice.plugins.awslambda;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code aws-lambda}. */
@Extension
public final class AwsLambdaPlugin implements GatewayPlugin {

  private AwsLambdaFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new AwsLambdaFactory(context, System.getenv());
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
