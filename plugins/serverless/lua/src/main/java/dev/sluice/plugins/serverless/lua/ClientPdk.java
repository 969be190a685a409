package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.request.Credential;
import dev.sluice.plugins.logging.EntityJson;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** {@code kong.client}. */
final class ClientPdk {

  static final LuaTable TABLE = new Library("kong.client")
      .fn("get_ip", args -> Text.wire(RequestPdk.request(args).peerAddress()))
      .fn("get_forwarded_ip", args -> Text.wire(RequestPdk.request(args).clientAddress()))
      .fn("get_port", args -> LuaValue.valueOf(RequestPdk.request(args).peerPort()))
      .fn("get_forwarded_port", args -> LuaValue.valueOf(RequestPdk.request(args).peerPort()))
      .fn("get_protocol", args -> Text.wire(args.at(1).toboolean()
          ? RequestPdk.request(args).forwardedScheme()
          : RequestPdk.request(args).scheme()))
      .fn("get_consumer", args -> args.run().context().consumer().map(who -> table(args, who)).orElse(NIL))
      .fn("get_credential", ClientPdk::credential)
      .fn("load_consumer", args -> find(args, args.utf8(1)).map(who -> table(args, who)).orElse(NIL))
      .fn("authenticate", ClientPdk::authenticate)
      .missing("get_consumer_group", "get_consumer_groups", "set_authenticated_consumer_group",
          "set_authenticated_consumer_groups", "authenticate_consumer_group_by_consumer_id")
      .value("tls", Library.absent("kong.client.tls"))
      .seal();

  private ClientPdk() {}

  private static LuaValue table(Args args, Consumer consumer) {
    return Convert.lua(EntityJson.of(consumer, args.run().context().workspace()));
  }

  private static Varargs credential(Args args) {
    return args.run().context().credential().map(with -> {
      JsonObject json = new JsonObject().put("id", with.id());
      with.consumerId().ifPresent(id -> json.put("consumer", new JsonObject().put("id", id)));
      return Convert.lua(json);
    }).orElse(NIL);
  }

  private static Optional<Consumer> find(Args args, String key) {
    var entities = args.run().context().entities();
    Optional<Consumer> byId = entities.byId(CoreEntities.CONSUMERS, key);
    boolean byName = byId.isEmpty() && args.at(2).toboolean();
    return byName ? entities.byUnique(CoreEntities.CONSUMERS, "username", key) : byId;
  }

  private static Varargs authenticate(Args args) {
    if (!args.has(1) && !args.has(2)) {
      throw args.error("either credential or consumer must be provided");
    }
    Optional<Consumer> consumer = args.has(1) ? known(args, args.table(1)) : Optional.empty();
    Optional<Credential> credential = args.has(2) ? Optional.of(given(args.table(2))) : Optional.empty();
    args.run().context().authenticate(consumer, credential);
    return NONE;
  }

  private static Optional<Consumer> known(Args args, LuaTable table) {
    String id = text(table, "id").orElseThrow(() -> args.error("consumer must have an id"));
    return args.run().context().entities().byId(CoreEntities.CONSUMERS, id)
        .or(() -> Optional.of(new Consumer(id, text(table, "username"), text(table, "custom_id"))));
  }

  private static Credential given(LuaTable table) {
    LuaValue consumer = table.get("consumer");
    Optional<String> owner = consumer instanceof LuaTable of ? text(of, "id") : text(table, "consumer_id");
    Optional<String> id = text(table, "id");
    return new Credential(id.orElse(""), owner, text(table, "username").or(() -> text(table, "key")).or(() -> id));
  }

  private static Optional<String> text(LuaTable table, String field) {
    LuaValue value = table.get(field);
    return value.isstring() ? Optional.of(Text.utf8(value.checkstring())) : Optional.empty();
  }
}
