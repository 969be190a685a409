package dev.sluice.plugins.awslambda;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AwsLambdaTest {

  private static TestGateway gateway;
  private static TestBackend lambda;
  private static TestBackend aws;
  private static int number;

  /** The plugin on a machine of AWS. */
  private static final class OnMachine implements GatewayPlugin {
    private AwsLambdaFactory factory;

    @Override
    public void start(PluginContext context) {
      factory = new AwsLambdaFactory(
          context,
          Map.of("AWS_REGION", "eu-west-1", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + aws.port()));
    }

    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(factory);
    }
  }

  @BeforeAll
  static void start() {
    lambda = Lambda.open();
    aws = TestBackend.of(request -> {
      String keys = "{\"AccessKeyId\":\"ASIA2\",\"SecretAccessKey\":\"machine\",\"Token\":\"t2\","
          + "\"Expiration\":\"2999-01-01T00:00:00Z\"}";
      boolean known = "tok".equals(request.getHeader("X-aws-ec2-metadata-token"));
      switch (request.path()) {
        case "/latest/api/token" -> request.response().end("tok");
        case "/latest/meta-data/iam/security-credentials/" -> request.response().setStatusCode(known ? 200 : 401).end("r");
        case "/latest/meta-data/iam/security-credentials/r" -> request.response().end(keys);
        default -> {
          boolean signed = Lambda.isSigned(request, Buffer.buffer());
          request.response().setStatusCode(signed ? 200 : 403).end("<R><Credentials><AccessKeyId>ASIA1</AccessKeyId>"
              + "<SecretAccessKey>of the role</SecretAccessKey><SessionToken>" + request.getParam("RoleArn")
              + "</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></R>");
        }
      }
    });
    gateway = TestGateway.with(new OnMachine()).start();
    gateway.backend(lambda);
    gateway.backend(aws);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String path(JsonObject more) {
    String path = "/l" + ++number + "-";
    JsonObject config = new JsonObject()
        .put("function_name", "fn")
        .put("aws_region", "us-east-1")
        .put("aws_key", "AKID")
        .put("aws_secret", "the/secret")
        .put("host", "127.0.0.1")
        .put("port", lambda.port())
        .put("disable_https", true)
        .mergeIn(more);
    gateway.plugin("aws-lambda", config, gateway.route(path, lambda));
    return path;
  }

  private static JsonObject told(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  @Test
  void argumentsAreToldInASignedRequest() {
    String path = path(new JsonObject().put("qualifier", "a b"));
    var answer = gateway.send(
        HttpMethod.POST, path + "?a=1&b=2&b=3&c&d=q", Map.of("Content-Type", "application/json"),
        Buffer.buffer("{\"d\":{\"e\":[]}}"));
    JsonObject said = told(answer);
    assertThat(said.getString("uri")).isEqualTo("/2015-03-31/functions/fn/invocations?Qualifier=a%20b");
    assertThat(said.getString("type")).isEqualTo("RequestResponse");
    assertThat(said.getString("log")).isEqualTo("Tail");
    assertThat(said.getJsonObject("event")).isEqualTo(new JsonObject()
        .put("a", "1")
        .put("b", new JsonArray().add("2").add("3"))
        .put("c", true)
        .put("d", new JsonObject().put("e", new JsonObject())));
    assertThat(answer.getHeader("X-Amz-Executed-Version")).isEqualTo("7");
    assertThat(answer.getHeader("Via")).isEqualTo("1.1 kong/3.9.3");
  }

  @Test
  void aFormIsToldAndAnArnIsAName() {
    String path = path(new JsonObject().put("function_name", "arn:aws:lambda:us-east-1:1:function:fn"));
    var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
    JsonObject said = told(gateway.send(HttpMethod.POST, path, headers, Buffer.buffer("x=%C3%A9&y")));
    assertThat(said.getJsonObject("event")).isEqualTo(new JsonObject().put("x", "\u00e9").put("y", true));
    assertThat(said.getString("uri")).contains("/arn%3Aaws%3Alambda%3A");
  }

  @Test
  void partsOfTheRequestAreToldWhenAsked() {
    String path = path(new JsonObject()
        .put("forward_request_method", true)
        .put("forward_request_uri", true)
        .put("forward_request_headers", true)
        .put("forward_request_body", true));
    var answer = gateway.send(
        HttpMethod.PUT, path + "/x?a=1", Map.of("X-Mine", "m", "Content-Type", "application/json"), Buffer.buffer("{\"k\":1}"));
    JsonObject event = told(answer).getJsonObject("event");
    assertThat(event.getString("request_method")).isEqualTo("PUT");
    assertThat(event.getString("request_uri")).isEqualTo(path + "/x?a=1");
    assertThat(event.getJsonObject("request_uri_args")).isEqualTo(new JsonObject().put("a", "1"));
    assertThat(event.getJsonObject("request_headers").getString("x-mine")).isEqualTo("m");
    assertThat(event.getString("request_body")).isEqualTo("eyJrIjoxfQ==");
    assertThat(event.getBoolean("request_body_base64")).isTrue();
    assertThat(event.getJsonObject("request_body_args")).isEqualTo(new JsonObject().put("k", 1));
  }

  @Test
  void allIsToldAsAwsDoes() {
    String path = path(new JsonObject().put("awsgateway_compatible", true).put("base64_encode_body", false));
    var answer = gateway.send(
        HttpMethod.POST, path + "/x?a=1&a=2&f", Map.of("X-Mine", "test"), Buffer.buffer("text"));
    JsonObject event = told(answer).getJsonObject("event");
    assertThat(event.getString("httpMethod")).isEqualTo("POST");
    assertThat(event.getString("path")).isEqualTo(path + "/x");
    assertThat(event.getString("resource")).isEqualTo(path);
    assertThat(event.getString("body")).isEqualTo("text");
    assertThat(event.getBoolean("isBase64Encoded")).isFalse();
    assertThat(event.getJsonObject("queryStringParameters")).isEqualTo(new JsonObject().put("a", "1").put("f", ""));
    assertThat(event.getJsonObject("multiValueQueryStringParameters").getJsonArray("a"))
        .isEqualTo(new JsonArray().add("1").add("2"));
    assertThat(event.getJsonObject("multiValueHeaders").getJsonArray("x-mine")).isEqualTo(new JsonArray().add("test"));
    JsonObject about = event.getJsonObject("requestContext");
    assertThat(about.getJsonObject("identity").getString("sourceIp")).isEqualTo("127.0.0.1");
    assertThat(about.getJsonObject("identity").getString("userAgent")).startsWith("Vert.x");
    assertThat(about.getString("requestId")).matches("[0-9a-f]{32}");
    assertThat(about.getString("domainName")).isEqualTo("127.0.0.1");
  }

  @Test
  void aLargeBodyIsLeftOutUnlessWanted() {
    Buffer large = Buffer.buffer("x".repeat(9000));
    JsonObject body = new JsonObject().put("forward_request_body", true).put("base64_encode_body", false);
    JsonObject without = told(gateway.send(HttpMethod.POST, path(body), Map.of(), large)).getJsonObject("event");
    assertThat(without.getString("request_body")).isEmpty();
    JsonObject with = told(gateway.send(
        HttpMethod.POST, path(body.copy().put("skip_large_bodies", false)), Map.of(), large)).getJsonObject("event");
    assertThat(with.getString("request_body")).hasSize(9000);
  }

  private static HttpResponse<Buffer> saying(String name, String said, JsonObject more) {
    Lambda.SAYS.put(name, said);
    return gateway.get(path(new JsonObject().put("function_name", name).mergeIn(more)));
  }

  @Test
  void anIntegratedFunctionSaysStatusHeadersAndBody() {
    JsonObject proxy = new JsonObject().put("is_proxy_integration", true);
    var answer = saying("p1", "{\"statusCode\":201,\"headers\":{\"X-F\":\"f\",\"Content-Type\":\"text/plain\"},"
        + "\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\"]},\"body\":\"aGk=\",\"isBase64Encoded\":true}", proxy);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.bodyAsString()).isEqualTo("hi");
    assertThat(answer.getHeader("X-F")).isEqualTo("f");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.headers().getAll("Set-Cookie")).containsExactly("a", "b");
    assertThat(saying("p2", "{\"statusCode\":\"404\"}", proxy).statusCode()).isEqualTo(404);
    var bad = saying("p3", "{\"body\":\"x\"}", proxy);
    assertThat(bad.statusCode()).isEqualTo(502);
    assertThat(bad.bodyAsString()).isEqualTo("{\"message\":\"Bad Gateway\","
        + "\"error\":\"could not JSON decode Lambda function response: statusCode validation failed\"}");
    assertThat(saying("p4", "no json", proxy).statusCode()).isEqualTo(502);
    assertThat(saying("p5", "{\"statusCode\":200,\"headers\":{\"a\":\"x\\r\\nb: c\"}}", proxy).getHeader("b")).isNull();
  }

  @Test
  void failuresAreTold() {
    assertThat(saying("failing", "{\"errorMessage\":\"x\"}", new JsonObject()).statusCode()).isEqualTo(200);
    assertThat(saying("failing", "{}", new JsonObject().put("unhandled_status", 412)).statusCode()).isEqualTo(412);
    assertThat(gateway.get(path(new JsonObject().put("aws_secret", "wrong"))).statusCode()).isEqualTo(500);
    assertThat(gateway.get(path(new JsonObject().putNull("function_name"))).statusCode()).isEqualTo(500);
  }

  @Test
  void emptyListsStayWhenCorrect() {
    assertThat(saying("e1", "{\"a\":[],\"b\":[[]]}", new JsonObject()).bodyAsString()).isEqualTo("{\"a\":{},\"b\":[{}]}");
    assertThat(saying("e2", "{\"a\":[]}", new JsonObject().put("empty_arrays_mode", "correct")).bodyAsString())
        .isEqualTo("{\"a\":[]}");
  }

  @Test
  void keysAreExchangedForARole() {
    JsonObject role = new JsonObject()
        .put("aws_assume_role_arn", "arn:aws:iam::1:role/r")
        .put("aws_sts_endpoint_url", "http://127.0.0.1:" + aws.port());
    assertThat(told(gateway.get(path(role))).getString("token")).isEqualTo("arn:aws:iam::1:role/r");
  }

  @Test
  void aMachineHasKeysOfItsOwn() {
    JsonObject machine = new JsonObject()
        .putNull("aws_key")
        .putNull("aws_secret")
        .putNull("aws_region")
        .put("aws_imds_protocol_version", "v2");
    assertThat(told(gateway.get(path(machine))).getString("token")).isEqualTo("t2");
  }
}
