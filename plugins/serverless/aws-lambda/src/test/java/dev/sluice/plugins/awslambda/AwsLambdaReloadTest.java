package dev.sluice.plugins.awslambda;

import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class AwsLambdaReloadTest extends HotReloadContract {

  private final TestBackend lambda = Lambda.open();

  @AfterEach
  void close() {
    lambda.close();
  }

  @Override
  protected String plugin() {
    return "aws-lambda";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(FunctionClient.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("function_name", "fn")
        .put("aws_region", "us-east-1")
        .put("aws_key", "AKID")
        .put("aws_secret", "the/secret")
        .put("host", "127.0.0.1")
        .put("port", lambda.port())
        .put("disable_https", true);
  }
}
