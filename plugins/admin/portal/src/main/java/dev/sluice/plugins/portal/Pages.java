package dev.sluice.plugins.portal;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;

/** Answers with files, and with the one page wherever a browser asks for a place within it. */
record Pages(Site site) {

  private static final String PAGE = "/index.html";
  private static final String OWN = "/_portal/";
  /**
   * Nothing from elsewhere, no script or style sheet within the page, no frame around it. Colours of code are attributes
   * of its words.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
          + "connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  Future<AdminResponse> answer(AdminRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Future.succeededFuture(
          AdminResponse.message(405, "Method not allowed").header("Allow", "GET, HEAD"));
    }
    return asked(request)
        .map(asset -> serve(request, asset))
        .orElseGet(() -> Future.succeededFuture(hardened(AdminResponse.message(404, "Not found"))));
  }

  private Optional<Asset> asked(AdminRequest request) {
    String path = request.path();
    Optional<Asset> file = path.equals("/") ? Optional.empty() : site.find(path);
    boolean page =
        path.equals("/")
            || !path.startsWith(OWN)
                && request.headers().get("Accept").filter(types -> types.contains("text/html")).isPresent();
    return file.isPresent() || !page ? file : site.find(PAGE);
  }

  private Future<AdminResponse> serve(AdminRequest request, Asset asset) {
    Optional<String> encoding = encoding(request, asset);
    String tag = "\"" + asset.hash() + encoding.map(name -> "-" + name).orElse("") + "\"";
    if (known(request, tag)) {
      return Future.succeededFuture(described(AdminResponse.empty(304), asset, tag));
    }
    return site.content(asset, encoding)
        .map(
            bytes -> {
              AdminResponse answer =
                  described(AdminResponse.empty(200), asset, tag).header("Content-Type", asset.mediaType());
              return with(encoding.map(name -> answer.header("Content-Encoding", name)).orElse(answer), bytes);
            });
  }

  private static AdminResponse with(AdminResponse answer, Buffer bytes) {
    return new AdminResponse(answer.status(), answer.headers(), bytes);
  }

  private static AdminResponse described(AdminResponse answer, Asset asset, String tag) {
    return hardened(answer)
        .header("ETag", tag)
        .header("Vary", "Accept-Encoding")
        .header("Cache-Control", asset.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private static AdminResponse hardened(AdminResponse answer) {
    return answer
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static boolean known(AdminRequest request, String tag) {
    for (String line : request.headers().getAll("If-None-Match")) {
      for (String each : line.split(",", -1)) {
        String kept = each.strip();
        if (kept.equals("*") || kept.equals(tag) || kept.equals("W/" + tag)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The densest form that the client takes, if any. */
  private static Optional<String> encoding(AdminRequest request, Asset asset) {
    String accepted =
        String.join(",", request.headers().getAll("Accept-Encoding")).toLowerCase(Locale.ROOT).replace(" ", "");
    for (String name : new String[] {"br", "gzip"}) {
      if (asset.encodings().contains(name) && accepts(accepted, name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static boolean accepts(String accepted, String name) {
    for (String each : accepted.split(",", -1)) {
      String[] parts = each.split(";", -1);
      if (parts[0].equals(name)) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
