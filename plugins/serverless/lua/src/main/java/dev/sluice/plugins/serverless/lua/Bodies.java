package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.MultipartForm;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

/** The bodies of requests. A script cannot wait for one, so it is read before a script begins that names a reader. */
final class Bodies {

  /** Names of fields: a script that holds one of them has the body read. */
  static final String[] READERS = {"get_raw_body", "get_body", "read_body", "get_body_data", "get_post_args"};

  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";
  static final String MULTIPART = "multipart/form-data";

  private static final String BOUNDARY = "8fd84e9444e3946c";
  private static final String TOO_LONG =
      "request body did not fit into client body buffer, consider raising 'client_body_buffer_size'";

  private Bodies() {}

  static Varargs raw(Args args) {
    RequestState state = args.run().state();
    if (state.bodyTooLong) {
      return varargsOf(NIL, LuaValue.valueOf(TOO_LONG));
    }
    return bytes(args);
  }

  private static LuaString bytes(Args args) {
    Optional<Buffer> body = args.run().state().body;
    if (body.isEmpty() && args.run().context().request().hasBody()) {
      throw args.error(args.function() + ": the body has not been read; it is for scripts of the phases rewrite and"
          + " access, and the script must have the name of this function in it");
    }
    Buffer read = body.orElseGet(Buffer::buffer);
    args.run().guard().allocate(read.length());
    return Text.of(read);
  }

  /** The body as its content type says. */
  static Varargs parsed(Args args) {
    String given = args.run().context().request().headers().get("content-type").orElse("");
    String type = args.optString(1).map(Text::wire).orElse(given);
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) {
      return varargsOf(NIL, LuaValue.valueOf("missing content type"));
    }
    if (!plain.equals(FORM) && !plain.equals(JSON) && !plain.equals(MULTIPART)) {
      return varargsOf(NIL, Text.wire("unsupported content type '" + type + "'"), Text.wire(type));
    }
    if (args.run().state().bodyTooLong) {
      return varargsOf(NIL, LuaValue.valueOf(TOO_LONG), LuaValue.valueOf(plain));
    }
    LuaString body = bytes(args);
    return switch (plain) {
      case FORM -> varargsOf(QueryTables.parse(args, Text.wire(body), args.optInteger(2, 100)), NIL, LuaValue.valueOf(plain));
      case JSON -> json(args, body);
      default -> multipart(args, given, body);
    };
  }

  private static Varargs json(Args args, LuaString body) {
    try {
      LuaValue value = Json.parse(args, body);
      return value.istable()
          ? varargsOf(value, NIL, LuaValue.valueOf(JSON))
          : varargsOf(NIL, LuaValue.valueOf("invalid json body"), LuaValue.valueOf(JSON));
    } catch (ScriptError wrong) {
      return varargsOf(NIL, LuaValue.valueOf("invalid json body"), LuaValue.valueOf(JSON));
    }
  }

  private static Varargs multipart(Args args, String type, LuaString body) {
    Optional<MultipartForm> form = MultipartForm.parse(type, Text.buffer(body)).filter(MultipartForm::whole);
    if (form.isEmpty()) {
      return varargsOf(NIL, LuaValue.valueOf("unable to parse multipart body"), LuaValue.valueOf(MULTIPART));
    }
    args.run().guard().allocate(2L * body.m_length);
    LuaTable table = new LuaTable();
    form.get().parts().stream()
        .filter(part -> !part.name().isEmpty())
        .limit(args.optInteger(2, 100))
        .forEach(part -> HeaderTables.add(table, Text.utf8(part.name()), Text.utf8(part.value())));
    return varargsOf(table, NIL, LuaValue.valueOf(MULTIPART));
  }

  /** A table as a body; the second result is its content type. */
  static Varargs encode(Args args, LuaTable table, String type) {
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (plain) {
      case FORM -> varargsOf(Text.wire(QueryTables.encode(args, table)), LuaValue.valueOf(FORM));
      case JSON -> varargsOf(Json.text(args, table), LuaValue.valueOf(JSON));
      case MULTIPART -> varargsOf(parts(args, table, boundary(type)),
          Text.wire(MULTIPART + "; boundary=" + boundary(type)));
      default -> throw args.error("unsupported content type " + type);
    };
  }

  private static String boundary(String type) {
    int at = type.indexOf("boundary=");
    return at < 0 ? BOUNDARY : type.substring(at + "boundary=".length()).replace("\"", "").split(";", 2)[0];
  }

  private static LuaString parts(Args args, LuaTable table, String boundary) {
    StringBuilder out = new StringBuilder();
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      String name = Text.wire(BaseLibrary.tostring(args, entry.arg1()));
      String value = Text.wire(BaseLibrary.tostring(args, entry.arg(2)));
      args.run().guard().allocate(100L + name.length() + value.length());
      out.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"").append(name)
          .append("\"\r\n\r\n").append(value).append("\r\n");
    }
    return Text.wire(out.append("--").append(boundary).append("--\r\n").toString());
  }
}
