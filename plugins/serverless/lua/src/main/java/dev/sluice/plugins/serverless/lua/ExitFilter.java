package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The scripts of one configuration that see the gateway's own answers, one after another. */
record ExitFilter(FunctionFilter scripts, ExitConfig config) implements Filter.Exit {

  private static final String PLACE = "kong.response.exit";
  private static final String CONTENT_TYPE = "content-type";

  @Override
  public Answer exit(RequestContext context, Answer answer, Cause cause) {
    boolean concerned = switch (cause) {
      case ANSWERED -> true;
      case UNROUTED -> config.unrouted();
      case FAILED -> config.failed();
    };
    return concerned ? changed(context, answer) : answer;
  }

  private Answer changed(RequestContext context, Answer answer) {
    Run run = Run.current();
    Answer[] made = {answer};
    run.run(scripts, context, () -> made[0] = told(run, answer));
    return run.answer().orElse(made[0]);
  }

  private Answer told(Run run, Answer answer) {
    Answer.Body.Bytes body = (Answer.Body.Bytes) answer.body();
    Optional<LuaValue> table = table(body);
    Varargs values = LuaValue.varargsOf(
        LuaValue.valueOf(answer.status()), table.orElseGet(() -> text(body.content())), headers(answer, body, table.isPresent()));
    for (Script script : scripts.scripts(ExitConfig.FUNCTIONS)) {
      values = script.apply(values);
    }
    return Answers.given(new Args(PLACE, run, values));
  }

  /** An object of JSON, which scripts change field by field. */
  private static Optional<LuaValue> table(Answer.Body.Bytes body) {
    if (!body.contentType().startsWith("application/json")) {
      return Optional.empty();
    }
    try {
      return Json.decodeValue(body.content()) instanceof JsonObject object
          ? Optional.of(Convert.lua(object))
          : Optional.empty();
    } catch (DecodeException none) {
      return Optional.empty();
    }
  }

  private static LuaValue text(Buffer content) {
    return content.length() == 0 ? LuaValue.NIL : Text.of(content);
  }

  /** The type of a text goes along with it; that of a table follows from its being one. */
  private static LuaTable headers(Answer answer, Answer.Body.Bytes body, boolean json) {
    LuaTable headers = new LuaTable();
    if (!json && !body.contentType().isEmpty()) {
      headers.rawset(CONTENT_TYPE, Text.wire(body.contentType()));
    }
    for (Map.Entry<String, String> line : answer.headers()) {
      HeaderTables.add(headers, Text.wire(line.getKey().toLowerCase(Locale.ROOT)), Text.wire(line.getValue()));
    }
    return headers;
  }
}
