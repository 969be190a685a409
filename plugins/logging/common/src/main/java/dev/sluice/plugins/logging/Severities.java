package dev.sluice.plugins.logging;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.StringField;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalInt;

/**
 * How grave an answer is, by the numbers of syslog: 7 is {@code debug}, 0 is {@code emerg}.
 *
 * @param level what is graver than this, or as grave, is sent
 * @param successful for a status below 400
 * @param clientErrors for a status below 500
 * @param serverErrors for all others
 */
public record Severities(int level, int successful, int clientErrors, int serverErrors) {

  private static final List<String> NAMES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final String[] SHOWN = {"debug", "info", "notice", "warning", "err", "crit", "alert", "emerg"};
  private static final String DEFAULT = "info";
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** The description of one severity. */
  public static StringField field(String what) {
    return Fields.string().defaultTo(DEFAULT).oneOf(SHOWN).describe(what);
  }

  /** Those of a valid configuration. */
  public static Severities of(JsonObject config) {
    return new Severities(
        number(config, "log_level"),
        number(config, "successful_severity"),
        number(config, "client_errors_severity"),
        number(config, "server_errors_severity"));
  }

  private static int number(JsonObject config, String field) {
    String name = config.getString(field);
    return NAMES.indexOf(name == null ? DEFAULT : name);
  }

  /** The severity of a request; empty when it is not grave enough to be sent. */
  public OptionalInt of(RequestContext context) {
    return of(LogEntry.status(context));
  }

  /** The severity of a status; empty when it is not grave enough to be sent. */
  public OptionalInt of(int status) {
    int severity = status >= SERVER_ERROR ? serverErrors : status >= CLIENT_ERROR ? clientErrors : successful;
    return severity <= level ? OptionalInt.of(severity) : OptionalInt.empty();
  }
}
