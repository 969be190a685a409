package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * A configuration and credentials for each plugin that cannot do with what its schema has by default. There are none of
 * basic-auth: decK itself says that it cannot keep passwords that are hashed. Records within lists and maps are whole, since
 * decK takes the nulls that are shown for what was left out of them for changes.
 */
final class Samples {

  private static final Map<String, String> CONFIGS =
      Map.ofEntries(
          Map.entry("ai-prompt-decorator", "{'prompts': {'prepend': [{'role': 'system', 'content': 'Be brief.'}]}}"),
          Map.entry("ai-prompt-guard", "{'deny_patterns': ['.*secret.*']}"),
          Map.entry("ai-prompt-template", "{'templates': [{'name': 'greet', 'template': '{}'}]}"),
          Map.entry("ai-proxy", "{'route_type': 'llm/v1/chat', 'auth': {'header_name': 'Authorization',"
              + " 'header_value': 'Bearer sample'}, 'model': {'provider': 'openai', 'name': 'gpt-4'}}"),
          Map.entry("ai-request-transformer", "{'prompt': 'Be brief.', 'llm': {'route_type': 'llm/v1/chat',"
              + " 'model': {'provider': 'openai', 'name': 'gpt-4'}}}"),
          Map.entry("ai-response-transformer", "{'prompt': 'Be brief.', 'llm': {'route_type': 'llm/v1/chat',"
              + " 'model': {'provider': 'openai', 'name': 'gpt-4'}}}"),
          Map.entry("aws-lambda", "{'function_name': 'sample', 'aws_region': 'eu-central-1'}"),
          Map.entry("azure-functions", "{'functionname': 'sample', 'appname': 'app'}"),
          Map.entry("acme", "{'account_email': 'ops@example.com', 'domains': ['example.com', '*.example.org'],"
              + " 'storage': 'kong', 'storage_config': {'kong': {}}, 'cert_type': 'ecc'}"),
          Map.entry("acl", "{'allow': ['people']}"),
          Map.entry("blue-green", "{'blue': 'blue.example', 'green': 'green.example'}"),
          Map.entry("bot-detection", "{'deny': ['evil']}"),
          Map.entry("canary", "{'upstream_host': 'canary.example', 'percentage': 1, 'start': 1700000000}"),
          Map.entry("correlation-id", "{'header_name': 'X-Sample'}"),
          Map.entry("cors", "{'origins': ['https://one.example', 'https://two.example'], 'max_age': 60}"),
          Map.entry("example", "{'header_value': 'sample'}"),
          Map.entry("file-log", "{'path': '/dev/null'}"),
          Map.entry("http-log", "{'http_endpoint': 'http://127.0.0.1:1/logs', 'headers': {'x-one': '1'}}"),
          Map.entry("ip-restriction", "{'deny': ['192.0.2.0/24', '2001:db8::/32']}"),
          Map.entry("exit-transformer", "{'functions': ['return function(s, b, h) return s, b, h end']}"),
          Map.entry("jwt", "{'claims_to_verify': ['exp', 'nbf']}"),
          Map.entry("ldap-auth", "{'ldap_host': '127.0.0.1', 'base_dn': 'dc=example,dc=com', 'attribute': 'cn'}"),
          Map.entry("loggly", "{'key': 'token'}"),
          Map.entry("mirror", "{'upstream': 'shadow.example', 'compare': {'ignore_body': ['$.items[*].id']}}"),
          Map.entry("mtls-auth", "{'ca_certificates': ['fd3e5a6c-31a5-4c9e-9c7e-2f4f2a0f5b11'],"
              + " 'revocation_check_mode': 'SKIP'}"),
          Map.entry(
              "oauth2", "{'enable_client_credentials': true, 'scopes': ['read', 'write'], 'provision_key': 'key'}"),
          Map.entry("openid-connect", "{'issuer': 'https://id.example.com', 'audience_required': ['api']}"),
          Map.entry("opentelemetry", "{'traces_endpoint': 'http://127.0.0.1:1/v1/traces'}"),
          Map.entry("post-function", "{'log': ['return 1']}"),
          Map.entry("pre-function", "{'access': ['return 1']}"),
          Map.entry("proxy-cache", "{'strategy': 'memory', 'content_type': ['text/plain']}"),
          Map.entry("rate-limiting", "{'minute': 60, 'hour': 1000, 'policy': 'local'}"),
          Map.entry("rate-limiting-advanced", "{'limit': [60, 1000], 'window_size': [60, 3600], 'namespace': 'sample'}"),
          Map.entry("redirect", "{'location': 'https://example.com/'}"),
          Map.entry("request-transformer", "{'add': {'headers': ['x-one:1']}, 'rename': {'body': ['a:b']}}"),
          Map.entry("datadog", "{'metrics': [{'name': 'latency', 'stat_type': 'gauge', 'sample_rate': 1,"
              + " 'tags': ['a:b'], 'consumer_identifier': 'username'}]}"),
          Map.entry("statsd", "{'metrics': [{'name': 'latency', 'stat_type': 'gauge', 'sample_rate': 1,"
              + " 'consumer_identifier': 'username', 'service_identifier': 'service_id',"
              + " 'workspace_identifier': 'workspace_id'}]}"),
          Map.entry("request-validator", "{'version': 'draft4', 'body_schema': '{}', 'allowed_content_types': ['application/json']}"),
          Map.entry("response-ratelimiting", "{'limits': {'video': {'second': 1, 'minute': 10, 'hour': 100,"
              + " 'day': 1000, 'month': 10000, 'year': 100000}}}"),
          Map.entry("response-transformer", "{'add': {'headers': ['x-one:1']}}"),
          Map.entry("standard-webhooks", "{'secret_v1': 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0'}"),
          Map.entry("syslog", "{'facility': 'local1'}"),
          Map.entry("tcp-log", "{'host': '127.0.0.1', 'port': 1}"),
          Map.entry("udp-log", "{'host': '127.0.0.1', 'port': 1}"),
          Map.entry("zipkin", "{'http_endpoint': 'http://127.0.0.1:1/api/v2/spans'}"));

  /** Those that may not be attached to a route. */
  private static final Set<String> GLOBAL = Set.of("acme");

  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "key-auth", "{'keyauth_credentials': [{'key': 'key-of-%s'}]}",
          "acl", "{'acls': [{'group': 'people'}]}",
          "jwt", "{'jwt_secrets': [{'key': 'jwt-%s', 'secret': 'secret', 'algorithm': 'HS256'}]}",
          "hmac-auth", "{'hmacauth_credentials': [{'username': 'hmac-%s', 'secret': 'secret'}]}",
          "oauth2",
              "{'oauth2_credentials': [{'name': 'app', 'client_id': 'oauth-%s', 'client_secret': 'secret',"
                  + " 'client_type': 'confidential', 'hash_secret': false,"
                  + " 'redirect_uris': ['https://example.com/back']}]}");

  private Samples() {}

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  private static JsonObject configured(String plugin) {
    return new JsonObject().put("name", plugin).put("config", json(CONFIGS.getOrDefault(plugin, "{}")));
  }

  /** Those of these plugins that can be configured globally alone. */
  static JsonArray global(JsonArray plugins) {
    JsonArray global = new JsonArray();
    GLOBAL.stream().filter(plugins::contains).sorted().map(Samples::configured).forEach(global::add);
    return global;
  }

  /** A service with a route on which a plugin is configured, if it can be. */
  static JsonObject service(String plugin) {
    JsonObject route =
        new JsonObject().put("name", "with-" + plugin).put("paths", new JsonArray().add("/with/" + plugin));
    if (!GLOBAL.contains(plugin)) {
      route.put("plugins", new JsonArray().add(configured(plugin)));
    }
    return new JsonObject()
        .put("name", "with-" + plugin)
        .put("host", "127.0.0.1")
        .put("port", 9000)
        .put("protocol", "http")
        .put("routes", new JsonArray().add(route));
  }

  /** Gives a consumer a credential of every kind that the plugins bring. */
  static void credentials(JsonObject consumer, String name, JsonArray plugins) {
    CREDENTIALS.forEach(
        (plugin, text) -> {
          if (plugins.contains(plugin)) {
            consumer.mergeIn(json(text.replace("%s", name)));
          }
        });
  }
}
