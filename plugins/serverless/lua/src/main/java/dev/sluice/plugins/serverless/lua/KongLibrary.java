package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.EntityJson;
import dev.sluice.plugins.logging.LogEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.slf4j.event.Level;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** The table {@code kong}: what Kong's plugins see of the gateway. */
final class KongLibrary {

  static final LuaTable TABLE = kong();

  /** Units that it takes to show something of the gateway's as a table. */
  private static final int COST = 100;

  private KongLibrary() {}

  private static LuaTable kong() {
    Library kong = new Library("kong")
        .value("request", RequestPdk.TABLE)
        .value("service", ServicePdk.TABLE)
        .value("response", ResponsePdk.TABLE)
        .value("client", ClientPdk.TABLE)
        .value("router", router())
        .value("ctx", new Library("kong.ctx").dynamic(KongLibrary::context).seal())
        .value("log", log())
        .value("ip", new Library("kong.ip")
            .fn("is_trusted", args -> LuaValue.valueOf(args.run().filter().trusted().contains(args.wire(1))))
            .seal())
        .value("node", new Library("kong.node")
            .fn("get_id", args -> Text.utf8(node(args.run()).nodeId()))
            .fn("get_hostname", args -> Text.utf8(node(args.run()).hostname()))
            .missing("get_memory_stats")
            .seal())
        .value("plugin", new Library("kong.plugin")
            .fn("get_id", args -> Text.utf8(args.run().filter().id()))
            .seal())
        .value("table", new Library("kong.table")
            .fn("new", args -> new LuaTable())
            .fn("clear", TableLibrary::clear)
            .fn("merge", KongLibrary::merge)
            .seal())
        .value("configuration", new Library("kong.configuration").dynamic(KongLibrary::setting).seal())
        .dynamic(KongLibrary::field);
    for (String absent : new String[] {
      "cache", "cluster", "cluster_events", "db", "dns", "jwe", "nginx", "telemetry", "tracing", "vault", "websocket"
    }) {
      kong.value(absent, Library.absent("kong." + absent));
    }
    return kong.seal();
  }

  private static NodeInfo node(Run run) {
    return run.filter().lent().node();
  }

  private static LuaValue field(LuaValue key) {
    return switch (key.tojstring()) {
      case "version" -> Text.utf8(node(Run.current()).compatibleVersion());
      case "version_num" -> LuaValue.valueOf(number(node(Run.current()).compatibleVersion()));
      case "default_workspace" -> Text.utf8(Run.current().context().workspace());
      default -> NIL;
    };
  }

  /** 3.9.3 is 3009003. */
  private static int number(String version) {
    int number = 0;
    for (String part : version.split("\\.", 3)) {
      number = number * 1000 + Integer.parseInt(part);
    }
    return number;
  }

  private static LuaValue setting(LuaValue key) {
    Run.current().guard().charge(COST);
    Object value = Run.current().filter().configuration().getValue(key.tojstring());
    return value == null ? NIL : Convert.lua(value);
  }

  private static LuaValue context(LuaValue key) {
    Run run = Run.current();
    return switch (key.tojstring()) {
      case "shared" -> run.state().shared().open(run.context());
      case "plugin" -> run.state().plugin(run.filter());
      default -> NIL;
    };
  }

  private static Varargs merge(Args args) {
    LuaTable merged = new LuaTable();
    for (int i = 1; i <= args.count(); i++) {
      if (args.has(i)) {
        TableLibrary.copy(args, args.table(i), merged);
      }
    }
    return merged;
  }

  private static LuaTable router() {
    return new Library("kong.router")
        .fn("get_route", args -> matched(args).map(found ->
            Convert.lua(EntityJson.of(found.route(), args.run().context().workspace()))).orElse(NIL))
        .fn("get_service", args -> matched(args).flatMap(RouteDefinition::service).map(found ->
            Convert.lua(EntityJson.of(found, args.run().context().workspace()))).orElse(NIL))
        .seal();
  }

  private static Optional<RouteDefinition> matched(Args args) {
    args.run().guard().charge(COST);
    return args.run().context().match().map(RouteMatch::definition);
  }

  private static LuaTable log() {
    Library log = new Library("kong.log");
    log.fn("debug", args -> Logs.write(args, Level.DEBUG, 1, ""));
    log.fn("info", args -> Logs.write(args, Level.INFO, 1, ""));
    log.fn("notice", args -> Logs.write(args, Level.INFO, 1, ""));
    log.fn("warn", args -> Logs.write(args, Level.WARN, 1, ""));
    for (String error : new String[] {"err", "crit", "alert", "emerg"}) {
      log.fn(error, args -> Logs.write(args, Level.ERROR, 1, ""));
    }
    return log
        .callable(args -> Logs.write(args, Level.INFO, 2, ""))
        .value("inspect", new Library("kong.log.inspect")
            .callable(Logs::inspect)
            .fn("on", args -> NONE)
            .fn("off", args -> NONE)
            .seal())
        .value("deprecation", new Library("kong.log.deprecation")
            .callable(args -> Logs.write(args, Level.WARN, 2, ""))
            .fn("write", args -> Logs.write(args, Level.WARN, 1, ""))
            .seal())
        .fn("serialize", args -> {
          args.run().guard().charge(500);
          return Convert.lua(LogEntry.of(args.run().context(), CustomFields.NONE));
        })
        .fn("set_serialize_value", KongLibrary::setLogged)
        .seal();
  }

  private static Varargs setLogged(Args args) {
    Object value = args.has(2) ? json(Convert.plain(args.at(2))) : null;
    LogFields.put(args.run().context(), args.utf8(1), value);
    return NONE;
  }

  /** Maps and lists as the library for JSON has them. */
  private static Object json(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, value) -> object.put(String.valueOf(key), json(value)));
      return object;
    }
    if (plain instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(value -> array.add(json(value)));
      return array;
    }
    return plain instanceof Buffer bytes ? bytes.toString() : plain;
  }
}
