package dev.sluice.plugins.adminapi;

import dev.sluice.api.LogLevel;
import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Changes the level of the log for a while. */
final class LogLevelEndpoints {

  private static final List<String> LEVELS =
      List.of("debug", "info", "notice", "warn", "error", "crit", "alert", "emerg");
  private static final String DEFAULT_SECONDS = "60";

  private final PluginContext context;
  private Registration end = () -> {};
  private String before = "";

  LogLevelEndpoints(PluginContext context) {
    this.context = context;
  }

  void addTo(EndpointTable.Builder table) {
    table
        .add(new AdminEndpoint("GET", "/debug/node/log-level", call -> get()))
        .add(new AdminEndpoint("PUT", "/debug/node/log-level/{log_level}", this::put))
        .add(new AdminEndpoint("PUT", "/debug/cluster/log-level/{log_level}", this::cluster));
  }

  private Future<AdminResponse> get() {
    return Answers.message(200, "log level: " + context.logLevel().get());
  }

  private Future<AdminResponse> cluster(AdminCall call) {
    return context.node().setting("database").filter("off"::equals).isPresent()
        ? Answers.message(405, "cannot change log level when not using a database")
        : put(call);
  }

  private synchronized Future<AdminResponse> put(AdminCall call) {
    String wanted = call.parameter("log_level");
    LogLevel level = context.logLevel();
    if (!LEVELS.contains(wanted)) {
      return Answers.message(400, "unknown log level: " + wanted);
    }
    double seconds = seconds(call);
    if (!(seconds >= 0)) {
      return Answers.message(400, "timeout must be greater than or equal to 0");
    }
    if (level.get().equals(wanted)) {
      return Answers.message(200, "log level is already " + wanted);
    }
    if (before.isEmpty()) {
      before = level.get();
    }
    end.close();
    level.set(wanted);
    end = context.after(Duration.ofSeconds((long) Math.ceil(Math.min(seconds, Integer.MAX_VALUE))), this::restore);
    return Answers.message(200, "log level changed");
  }

  private synchronized void restore() {
    context.logLevel().set(before);
    before = "";
  }

  private static double seconds(AdminCall call) {
    Object given = call.body().getValue("timeout");
    String text = given == null ? call.request().argument("timeout").orElse(DEFAULT_SECONDS) : String.valueOf(given);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
