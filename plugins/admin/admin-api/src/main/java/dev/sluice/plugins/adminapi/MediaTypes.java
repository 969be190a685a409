package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which bodies are taken. */
final class MediaTypes {

  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String MULTIPART = "multipart/form-data";

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final List<String> ACCEPTED = List.of(JSON, FORM, MULTIPART);
  private static final List<String> YAML = List.of("application/yaml", "text/yaml");

  private MediaTypes() {}

  static boolean mayHaveBody(String method) {
    return WITH_BODY.contains(method);
  }

  /** Whether the body is of an accepted type, or there is neither. Types compare by their beginning and their case. */
  static boolean accepts(AdminRequest request) {
    Optional<String> type = request.headers().get("Content-Type").filter(given -> !given.isEmpty());
    if (type.isEmpty()) {
      return request.body().length() == 0;
    }
    return ACCEPTED.stream().anyMatch(type.get()::startsWith)
        || (isConfig(request.path()) && YAML.stream().anyMatch(type.get()::startsWith));
  }

  /** Whether the body is of a type that an endpoint takes as it is. */
  static boolean accepts(AdminRequest request, Optional<String> taken) {
    String type = request.headers().get("Content-Type").orElse("");
    String plain = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return taken.filter(plain::equals).isPresent();
  }

  private static boolean isConfig(String path) {
    return path.equals("/config") || path.equals("/config/");
  }
}
