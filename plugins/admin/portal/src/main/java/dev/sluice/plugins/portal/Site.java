package dev.sluice.plugins.portal;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * The files of the portal, as the build has packed them. Only what its list names is ever looked for, so that no path
 * leads anywhere else. Bytes are read once, on a thread that may block. Safe for all threads.
 */
final class Site {

  private static final String FOLDER = "/web";
  private static final Map<String, String> SUFFIXES = Map.of("br", ".br", "gzip", ".gz");

  private final PluginContext context;
  private final Map<String, Asset> assets;
  private final Map<String, Buffer> read = new ConcurrentHashMap<>();

  private Site(PluginContext context, Map<String, Asset> assets) {
    this.context = context;
    this.assets = Map.copyOf(assets);
  }

  /** Reads the list of files: a line for each, with its path, its hash and its encodings. */
  static Site load(PluginContext context) {
    try {
      Map<String, Asset> assets = new HashMap<>();
      String list = new String(bytes("/files.txt"), StandardCharsets.UTF_8);
      for (String line : list.split("\n", -1)) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3) {
          assets.put(parts[0], new Asset(parts[0], parts[1], Set.of(parts[2].split(",", -1))));
        }
      }
      return new Site(context, assets);
    } catch (IOException e) {
      throw new UncheckedIOException("the portal's pages are not in its jar", e);
    }
  }

  Optional<Asset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  /** The bytes of a file in one of its encodings. */
  Future<Buffer> content(Asset asset, Optional<String> encoding) {
    String name = asset.path() + encoding.map(SUFFIXES::get).orElse("");
    Buffer known = read.get(name);
    return known != null
        ? Future.succeededFuture(known)
        : context.blocking(() -> Buffer.buffer(encoding.isPresent() ? bytes(name) : plain(asset)))
            .onSuccess(bytes -> read.put(name, bytes));
  }

  /** What has a denser form lies in the jar in no other. */
  private static byte[] plain(Asset asset) throws IOException {
    if (!asset.encodings().contains("gzip")) {
      return bytes(asset.path());
    }
    try (InputStream packed =
        new GZIPInputStream(new ByteArrayInputStream(bytes(asset.path() + SUFFIXES.get("gzip"))))) {
      return packed.readAllBytes();
    }
  }

  private static byte[] bytes(String path) throws IOException {
    try (InputStream stream = Site.class.getResourceAsStream(FOLDER + path)) {
      if (stream == null) {
        throw new FileNotFoundException(FOLDER + path);
      }
      return stream.readAllBytes();
    }
  }
}
