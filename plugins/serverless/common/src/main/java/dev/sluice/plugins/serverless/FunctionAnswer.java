package dev.sluice.plugins.serverless;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.HeaderText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a function has answered.
 *
 * @param status the status
 * @param headers as they came
 * @param body the whole of it
 */
public record FunctionAnswer(int status, MultiMap headers, Buffer body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final Set<String> LEFT_OUT = Set.of(
      "connection",
      "content-length",
      "content-type",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authorization",
      "proxy-connection",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade");

  /** The answer to the client. Headers of the connection, and those that no header may hold, are left out. */
  public Answer toClient(NodeInfo node) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    for (Map.Entry<String, String> line : headers) {
      String name = line.getKey();
      if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))
          && HeaderText.isName(name)
          && HeaderText.isValue(line.getValue())) {
        lines.add(Map.entry(name, line.getValue()));
      }
    }
    via(node).ifPresent(own -> {
      String given = headers.get("Via");
      lines.removeIf(line -> line.getKey().equalsIgnoreCase("Via"));
      lines.add(Map.entry("Via", given == null ? own : given + ", " + own));
    });
    String type = headers.get(CONTENT_TYPE);
    String safe = type != null && HeaderText.isValue(type) ? type : "";
    return new Answer(status, new Answer.Body.Bytes(safe, body), lines);
  }

  private static Optional<String> via(NodeInfo node) {
    String shown = node.setting("headers").orElse("server_tokens").toLowerCase(Locale.ROOT);
    return shown.contains("server_tokens") || shown.contains("via")
        ? Optional.of("1.1 kong/" + node.compatibleVersion())
        : Optional.empty();
  }
}
