package dev.sluice.kernel.cli;

import dev.sluice.kernel.declare.ErrorText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;

/**
 * What a gateway answered to a document.
 *
 * @param status of HTTP
 * @param body as JSON
 */
record ConfigAnswer(int status, JsonObject body) {

  /** Itself, when the document was taken. */
  ConfigAnswer orFail(String head) {
    if (status < 300) {
      return this;
    }
    String why =
        body.getValue("fields") instanceof JsonObject fields && !fields.isEmpty()
            ? ErrorText.lines(fields)
            : body.getString("message", "the gateway answered " + status);
    throw new CommandException(head + why);
  }

  /** Shows the changes for people; tells whether there are any. */
  boolean show(PrintWriter out) {
    boolean created = show(out, "+", "created");
    boolean updated = show(out, "~", "updated");
    boolean deleted = show(out, "-", "deleted");
    boolean any = created || updated || deleted;
    if (!any) {
      out.println("no differences");
    }
    return any;
  }

  private boolean show(PrintWriter out, String sign, String kind) {
    JsonArray changes = body.getJsonArray(kind);
    for (int i = 0; i < changes.size(); i++) {
      JsonObject change = changes.getJsonObject(i);
      String name = change.getString("name");
      out.println(sign + " " + change.getString("type") + " " + (name == null ? "" : name + " ") + change.getString("id"));
      JsonObject fields = change.getJsonObject("fields", new JsonObject());
      for (String field : fields.fieldNames()) {
        JsonObject values = fields.getJsonObject(field);
        out.println("    " + field + ": " + text(values.getValue("from")) + " -> " + text(values.getValue("to")));
      }
    }
    return !changes.isEmpty();
  }

  private static String text(Object value) {
    if (value instanceof JsonObject object) {
      return object.encode();
    }
    return value instanceof JsonArray array ? array.encode() : String.valueOf(value);
  }
}
