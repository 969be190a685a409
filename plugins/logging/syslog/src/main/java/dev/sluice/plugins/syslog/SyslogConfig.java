package dev.sluice.plugins.syslog;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.Severities;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The configuration.
 *
 * @param severities which entries are sent, and as what
 * @param facility the number of the facility
 * @param fields what is added to entries
 */
record SyslogConfig(Severities severities, int facility, CustomFields fields) {

  /** By their numbers; the gaps are of no use to a program. */
  private static final List<String> FACILITIES = List.of(
      "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "", "", "",
      "", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");

  static final ConfigSchema<SyslogConfig> SCHEMA = ConfigSchema.of(SyslogConfig::decode)
      .protocols(Types.protocols())
      .field("log_level", Severities.field("Entries that are less grave are not sent.").required())
      .field(
          "successful_severity", Severities.field("How grave an answer with a status below 400 is.").required())
      .field(
          "client_errors_severity",
          Severities.field("How grave an answer with a status of 400 to 499 is.").required())
      .field(
          "server_errors_severity",
          Severities.field("How grave an answer with a status from 500 on is.").required())
      .field(CustomFields.NAME, CustomFields.field())
      .field("facility", Fields.string()
          .required()
          .defaultTo("user")
          .oneOf("auth", "authpriv", "cron", "daemon", "ftp", "kern", "lpr", "mail", "news", "syslog", "user", "uucp",
              "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7")
          .describe("The facility that the entries belong to."))
      .build();

  private static SyslogConfig decode(JsonObject config) {
    return new SyslogConfig(
        Severities.of(config), FACILITIES.indexOf(config.getString("facility")), CustomFields.of(config));
  }
}
