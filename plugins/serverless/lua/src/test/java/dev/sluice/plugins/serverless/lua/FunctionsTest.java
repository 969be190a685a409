package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.SharedValues;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When scripts run, in which order, and what becomes of their errors. */
class FunctionsTest {

  private static final Witness WITNESS = new Witness();

  private static Scripts scripts;

  @BeforeAll
  static void start() {
    scripts = new Scripts(Map.of("event_loops", "1"), WITNESS);
  }

  @AfterAll
  static void stop() {
    scripts.close();
  }

  /** Lets everybody in, and sees what is logged. */
  private static final class Witness implements GatewayPlugin, FilterFactory<String>, Filter.Access, Filter.Log {

    private final Queue<JsonObject> logged = new ConcurrentLinkedQueue<>();

    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(this);
    }

    @Override
    public String name() {
      return "witness";
    }

    @Override
    public int priority() {
      return 1000;
    }

    @Override
    public ConfigSchema<String> schema() {
      return ConfigSchema.any(config -> "");
    }

    @Override
    public Filter create(String config) {
      return this;
    }

    @Override
    public Future<Void> access(RequestContext context) {
      String seen = context.upstreamRequest().headers().get("x-order").orElse("");
      context.upstreamRequest().headers().set("X-Order", seen + "auth,");
      SharedValues shared = SharedValues.of(context);
      Map<String, Object> more = new HashMap<>(shared.all());
      more.put("from_java", List.of("x", Map.of("saw", String.valueOf(shared.all().get("deep")))));
      more.remove("removed");
      shared.replace(more);
      context.authenticate(
          Optional.of(new Consumer("6e3b25d3-6f4b-4c2e-a3f5-7d9a6bb3a0f1", Optional.of("ann"),
              Optional.empty())),
          Optional.of(new Credential("cred-1", Optional.of("6e3b25d3-6f4b-4c2e-a3f5-7d9a6bb3a0f1"), Optional.empty())));
      return Filters.CONTINUE;
    }

    @Override
    public void log(RequestContext context) {
      JsonObject entry = new JsonObject().put("path", context.request().path());
      context.get(LogFields.KEY).ifPresent(fields -> fields.addTo(entry));
      logged.add(entry);
    }
  }

  @Test
  void aFunctionKeepsWhatItHasClosedOver() {
    String path = scripts.route(Scripts.in("access",
        "local count = 0 return function() count = count + 1 kong.response.exit(200, count .. '') end"));
    for (int i = 1; i <= 3; i++) {
      assertThat(scripts.gateway.get(path).bodyAsString()).isEqualTo(String.valueOf(i));
    }
    String plain = scripts.route(Scripts.in("access", "n = (n or 0) + 1", "kong.response.exit(200, tostring(n))"));
    scripts.gateway.get(plain);
    assertThat(scripts.gateway.get(plain).bodyAsString()).isEqualTo("nil");
    String exiting = scripts.route(Scripts.in("access", """
        if kong.request.get_query_arg('no') then return kong.response.exit(403, 'no') end
        return function() kong.response.exit(200, 'inner') end
        """));
    assertThat(scripts.gateway.get(exiting + "?no=1").bodyAsString()).isEqualTo("no");
    assertThat(scripts.gateway.get(exiting).bodyAsString()).isEqualTo("inner");
  }

  @Test
  void scriptsRunOneAfterAnotherUntilOneAnswers() {
    String path = scripts.route(Scripts.in("access",
        "kong.ctx.plugin.said = 'a'", "kong.ctx.plugin.said = kong.ctx.plugin.said .. 'b'",
        "kong.response.exit(200, kong.ctx.plugin.said)", "error('not reached')"));
    assertThat(scripts.gateway.get(path).bodyAsString()).isEqualTo("ab");
  }

  @Test
  void oneRunsBeforeAllOthersAndOneAfterThem() {
    JsonObject route = scripts.gateway.route("/order", scripts.echo);
    scripts.gateway.plugin("post-function", Scripts.in("access", """
        kong.service.request.set_header('X-Order', kong.request.get_header('x-order') .. 'post')
        kong.service.request.set_header('X-Who', kong.client.get_consumer().username .. kong.client.get_credential().id)
        kong.service.request.set_header('X-Shared', kong.ctx.shared.from_pre .. kong.ctx.shared.deep.er[2])
        kong.service.request.set_header('X-Java', kong.ctx.shared.from_java[1] .. kong.ctx.shared.from_java[2].saw)
        assert(kong.ctx.shared.removed == nil and kong.ctx.shared.own.own.own and kong.ctx.shared.deep.f)
        """), route);
    scripts.gateway.plugin("witness", new JsonObject(), route);
    scripts.gateway.plugin("pre-function", Scripts.in("access", """
        kong.service.request.set_header('X-Order', 'pre,') kong.ctx.shared.from_pre = 'hi'
        local own = {} own.own = own kong.ctx.shared.own = own
        kong.ctx.shared.deep = {er = {1, 'two'}, f = function() end} kong.ctx.shared.removed = true assert(kong.client.get_consumer() == nil)
        """), route);
    JsonObject headers = scripts.gateway.get("/order").bodyAsJsonObject().getJsonObject("headers");
    assertThat(headers.getJsonArray("x-order")).isEqualTo(new JsonArray().add("pre,auth,post"));
    assertThat(headers.getJsonArray("x-who")).isEqualTo(new JsonArray().add("anncred-1"));
    assertThat(headers.getJsonArray("x-shared")).isEqualTo(new JsonArray().add("hitwo"));
    assertThat(headers.getJsonArray("x-java")).isEqualTo(new JsonArray().add("x{er=[1, two]}"));
  }

  @Test
  void thoseOfARouteComeInThePlaceOfGlobalOnes() {
    JsonObject global = scripts.gateway.plugin("post-function", new JsonObject()
        .mergeIn(Scripts.in("rewrite", "kong.ctx.shared.rewritten = 'yes' kong.service.request.set_header('X-G', '1')"))
        .mergeIn(Scripts.in("header_filter", "kong.response.set_header('X-From', 'global')")));
    try {
      JsonObject route = scripts.gateway.route("/own", scripts.echo);
      scripts.gateway.plugin("post-function", Scripts.in("header_filter",
          "kong.response.set_header('X-From', 'route' .. tostring(kong.ctx.shared.rewritten))"), route);
      scripts.gateway.route("/others", scripts.echo);
      assertThat(scripts.gateway.get("/own").getHeader("X-From")).isEqualTo("routeyes");
      assertThat(scripts.gateway.get("/others").getHeader("X-From")).isEqualTo("global");
    } finally {
      scripts.gateway.delete(CoreEntities.PLUGINS, global.getString("id"));
    }
  }

  @Test
  void aScriptOfThePhaseRewriteCanAnswerBeforeRouting() {
    JsonObject global = scripts.gateway.plugin("pre-function", Scripts.in("rewrite", """
        if kong.request.get_path() == '/nowhere' then
          kong.response.exit(200, tostring(kong.router.get_route()) .. ngx.get_phase())
        end
        """));
    try {
      assertThat(scripts.gateway.get("/nowhere").bodyAsString()).isEqualTo("nilrewrite");
      assertThat(scripts.gateway.get("/elsewhere").statusCode()).isEqualTo(404);
    } finally {
      scripts.gateway.delete(CoreEntities.PLUGINS, global.getString("id"));
    }
  }

  @Test
  void anErrorClosesTheWayOrIsLogged() {
    String access = scripts.route(Scripts.in("access", "error('oops')"));
    assertThat(scripts.gateway.get(access).statusCode()).isEqualTo(500);
    assertThat(scripts.gateway.get(access).bodyAsJsonObject().getString("message"))
        .isEqualTo("An unexpected error occurred");
    JsonObject late = new JsonObject();
    for (String phase : List.of("header_filter", "body_filter", "log")) {
      late.mergeIn(Scripts.in(phase, "error('oops')"));
    }
    String path = scripts.route(late);
    assertThat(scripts.gateway.get(path).statusCode()).isEqualTo(200);
    assertThat(scripts.gateway.get(path).bodyAsJsonObject().getString("uri")).isEqualTo(path);
    String halfway = scripts.route(Scripts.in("body_filter",
        "kong.response.get_raw_body() if ngx.arg[2] then error('oops') end"));
    assertThat(scripts.gateway.get(halfway).bodyAsJsonObject().getString("uri")).isEqualTo(halfway);
  }

  @Test
  void whatIsLoggedIsAddedTo() {
    JsonObject route = scripts.gateway.route("/logged", scripts.echo);
    scripts.gateway.plugin("witness", new JsonObject(), route);
    scripts.gateway.plugin("pre-function", Scripts.in("log",
        "kong.log.set_serialize_value('mine.deep', {a = 1, b = {true, 'x'}})"), route);
    scripts.gateway.get("/logged");
    JsonObject mine = new JsonObject().put("deep",
        new JsonObject().put("a", 1L).put("b", new JsonArray().add(true).add("x")));
    Await.until("the entry", () -> WITNESS.logged.stream().anyMatch(entry -> "/logged".equals(entry.getString("path"))));
    assertThat(WITNESS.logged).anySatisfy(entry -> assertThat(entry.getJsonObject("mine")).isEqualTo(mine));
  }

  @Test
  void scriptsAreCompiledWhenTheyAreConfigured() {
    ConfigSchema<FunctionConfig> schema = FunctionConfig.schema("pre-function", UntrustedLua.SANDBOX);
    assertThatThrownBy(() -> schema.read(Scripts.in("access", "return", "syntax error here")))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("[2] = \"error parsing pre-function: [string ")
        .hasMessageContaining(":1: '=' expected near 'error'");
    assertThatThrownBy(() -> schema.read(new JsonObject())).hasMessageContaining(
        "at least one of these fields must be non-empty: 'config.certificate', 'config.rewrite', 'config.access', "
            + "'config.header_filter', 'config.body_filter', 'config.log'");
    assertThatThrownBy(() -> schema.read(Scripts.in("log", "\u001bLuaQ"))).hasMessageContaining("error parsing");
    assertThatThrownBy(() -> schema.read(Scripts.in("log", "f(".repeat(5000)))).hasMessageContaining("error parsing");
    assertThatThrownBy(() -> Chunk.compile("local x = = 1")).hasMessage(
        "[string \"local x = = 1\"]:1: unexpected symbol near '='");
    assertThatThrownBy(() -> Chunk.compile("\n\nif x then")).hasMessage(
        "[string \"...\"]:3: 'end' expected near '<eof>'");
    assertThatThrownBy(() -> Chunk.compile("f() = 1")).hasMessage("[string \"f() = 1\"]:1: syntax error near '='");
    assertThat(schema.complete(Scripts.in("access", "return"))).isEqualTo(new JsonObject()
        .put("certificate", new JsonArray()).put("rewrite", new JsonArray())
        .put("access", new JsonArray().add("return")).put("header_filter", new JsonArray())
        .put("body_filter", new JsonArray()).put("log", new JsonArray()));
    ConfigSchema<FunctionConfig> off = FunctionConfig.schema("post-function", UntrustedLua.OFF);
    assertThatThrownBy(() -> off.read(Scripts.in("access", "return"))).hasMessageContaining(
        "error parsing post-function: loading of untrusted Lua code disabled because "
            + "'untrusted_lua' config option is set to 'off'");
  }
}
