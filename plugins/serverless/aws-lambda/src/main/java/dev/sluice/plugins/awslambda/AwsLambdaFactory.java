package dev.sluice.plugins.awslambda;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.serverless.FunctionClient;
import java.util.Map;

/** Makes the filters. */
final class AwsLambdaFactory implements FilterFactory<AwsLambdaConfig> {

  private final PluginContext lent;
  private final FunctionClient client;
  private final Map<String, String> environment;

  AwsLambdaFactory(PluginContext lent, Map<String, String> environment) {
    this.lent = lent;
    this.client = new FunctionClient(lent);
    this.environment = environment;
  }

  @Override
  public String name() {
    return "aws-lambda";
  }

  @Override
  public int priority() {
    return 750;
  }

  @Override
  public ConfigSchema<AwsLambdaConfig> schema() {
    return AwsLambdaSchema.SCHEMA;
  }

  @Override
  public Filter create(AwsLambdaConfig config) {
    AwsLambdaConfig complete = config.completedFrom(environment);
    Credentials credentials = new Credentials(complete, client, lent, environment);
    return new AwsLambdaFilter(complete, credentials, client, lent);
  }
}
