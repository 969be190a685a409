package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.HeaderText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The answers that scripts give. */
final class Answers {

  private static final String CONTENT_TYPE = "content-type";
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Map<Integer, String> MESSAGES = Map.ofEntries(
      Map.entry(400, "Bad request"),
      Map.entry(401, "Unauthorized"),
      Map.entry(403, "Forbidden"),
      Map.entry(404, "Not found"),
      Map.entry(405, "Method not allowed"),
      Map.entry(408, "Request timeout"),
      Map.entry(411, "Length required"),
      Map.entry(412, "Precondition failed"),
      Map.entry(413, "Payload too large"),
      Map.entry(414, "URI too long"),
      Map.entry(417, "Expectation failed"),
      Map.entry(429, "Too many requests"),
      Map.entry(494, "Request header or cookie too large"),
      Map.entry(500, "An unexpected error occurred"),
      Map.entry(502, "An invalid response was received from the upstream server"),
      Map.entry(503, "The upstream server is currently unavailable"),
      Map.entry(504, "The upstream server is timing out"));

  private Answers() {}

  /** {@code kong.response.exit}. */
  static Abort.Exit exit(Args args) {
    Answer given = given(args);
    Answer.Body.Bytes body = (Answer.Body.Bytes) given.body();
    if (args.run().phase() == Phase.HEADER_FILTER) {
      return replace(args, given.status(), body.content(), body.contentType(), given.headers());
    }
    return answer(args, hasType(args) ? new Answer(given.status(), new Answer.Body.Bytes("", body.content()), given.headers()) : given);
  }

  /** An answer by its status, its body and its headers: a table is sent as JSON, a text as it is. */
  static Answer given(Args args) {
    int status = status(args);
    LuaValue given = args.at(2);
    Buffer body = Buffer.buffer();
    String type = "";
    if (given instanceof LuaTable table) {
      body = Text.buffer(Json.text(args, table));
      type = JSON;
    } else if (!given.isnil()) {
      body = Text.buffer(args.string(2));
      type = TEXT;
    }
    List<Map.Entry<String, String>> lines = lines(args);
    return new Answer(status, new Answer.Body.Bytes(isTyped(lines) ? "" : type, body), lines);
  }

  private static boolean isTyped(List<Map.Entry<String, String>> lines) {
    return lines.stream().anyMatch(line -> line.getKey().equalsIgnoreCase(CONTENT_TYPE));
  }

  /** {@code kong.response.error}. */
  static Abort.Exit error(Args args) {
    int status = status(args);
    String message = args.optString(2).map(Text::utf8).orElseGet(() -> message(status));
    return answer(args, new Answer(status, new Answer.Body.Message(message), lines(args)));
  }

  /** {@code ngx.exit}. */
  static Abort.Exit exitNgx(Args args) {
    int status = args.integer(1);
    Optional<Buffer> said = args.run().said();
    if (status >= 0 && status < 100 || !args.run().mayAnswer()) {
      return new Abort.Exit();
    }
    if (said.isPresent()) {
      return answer(args, said(args.run(), said.get(), status >= 400 ? status : 200));
    }
    if (status < 0 || status >= 300) {
      int shown = status < 0 ? 500 : Math.min(status, 599);
      return answer(args, Answer.error(shown, message(shown)));
    }
    return answer(args, Answer.empty(status));
  }

  /** {@code ngx.redirect}. */
  static Abort.Exit redirect(Args args) {
    int status = args.optInteger(2, 302);
    if (!List.of(301, 302, 303, 307, 308).contains(status)) {
      throw args.error("only ngx.HTTP_MOVED_TEMPORARILY, ngx.HTTP_MOVED_PERMANENTLY, ngx.HTTP_PERMANENT_REDIRECT,"
          + " ngx.HTTP_SEE_OTHER, and ngx.HTTP_TEMPORARY_REDIRECT are allowed");
    }
    return answer(args, Answer.empty(status).header("Location", args.wire(1)));
  }

  /** What has been said, as an answer. */
  static Answer said(Run run, Buffer body, int otherwise) {
    boolean typed = run.context() != null && run.context().response().headers().contains(CONTENT_TYPE);
    int status = run.status() == 0 ? otherwise : run.status();
    return Answer.bytes(status, typed ? "" : TEXT, body);
  }

  /** The message of a status. */
  static String message(int status) {
    return MESSAGES.getOrDefault(status, "The upstream server responded with " + status);
  }

  private static Abort.Exit answer(Args args, Answer answer) {
    if (!args.run().mayAnswer()) {
      throw args.error("function cannot be called in " + Phases.name(args.run().phase())
          + " phase (only in: rewrite, access, header_filter)");
    }
    return args.run().exit(answer);
  }

  /** The head is not sent yet; the body is put in its place as soon as it comes. */
  private static Abort.Exit replace(
      Args args, int status, Buffer body, String type, List<Map.Entry<String, String>> lines) {
    ClientResponse response = args.run().context().response();
    response.status(status);
    response.headers().remove("content-encoding");
    if (type.isEmpty()) {
      response.headers().remove(CONTENT_TYPE);
    } else {
      response.headers().set(CONTENT_TYPE, type);
    }
    lines.forEach(line -> response.headers().set(line.getKey(), line.getValue()));
    args.run().state().replacement = Optional.of(body);
    return new Abort.Exit();
  }

  private static boolean hasType(Args args) {
    return args.run().context().response().headers().contains(CONTENT_TYPE);
  }

  private static int status(Args args) {
    if (!args.at(1).isnumber()) {
      throw args.error("code must be a number");
    }
    int status = args.integer(1);
    if (status < 100 || status > 599) {
      throw args.error("code must be a number between 100 and 599");
    }
    return status;
  }

  private static List<Map.Entry<String, String>> lines(Args args) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    if (!args.has(3)) {
      return lines;
    }
    if (!(args.at(3) instanceof LuaTable table)) {
      throw args.error("headers must be a nil or table");
    }
    HeaderTables.lines(args, table, (name, value) -> {
      if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("transfer-encoding")) {
        HeaderTables.each(args, value, each -> lines.add(line(args, name, each)));
      }
    });
    return lines;
  }

  private static Map.Entry<String, String> line(Args args, String name, String value) {
    if (!HeaderText.isName(name) || !HeaderText.isValue(value)) {
      throw args.error("invalid header \"" + name + "\"");
    }
    return Map.entry(name, value);
  }
}
