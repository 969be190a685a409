package dev.sluice.plugins.grpc;

import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaLoader;
import com.squareup.wire.schema.internal.SchemaEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.FileSystem;

/** Reads {@code .proto} files with Wire and encodes what they say in Protocol Buffers' own description of files. */
final class ProtoFiles {

  /** Files of Google's that Wire does not bring itself. */
  private static final List<String> KNOWN =
      List.of(
          "google/api/annotations.proto",
          "google/api/http.proto",
          "google/protobuf/api.proto",
          "google/protobuf/field_mask.proto",
          "google/protobuf/source_context.proto",
          "google/protobuf/type.proto");

  private static final List<String> OPTIONS = KNOWN.subList(0, 2);

  private ProtoFiles() {}

  /** The descriptions of a file and of all that it imports. */
  static List<byte[]> read(Path file) {
    Path given = file.toAbsolutePath();
    if (!Files.isReadable(given)) {
      throw new IllegalArgumentException("the file " + file + " cannot be read");
    }
    try {
      Path known = Files.createTempDirectory("proto");
      try {
        for (String name : KNOWN) {
          copy(name, known.resolve(name));
        }
        return read(given, known);
      } finally {
        delete(known);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> read(Path file, Path known) {
    String folder = String.valueOf(file.getParent());
    // Only what is named as a source is taken in whole, so the files that are imported have to be found first.
    Set<String> names = own(load(folder, Set.of(String.valueOf(file.getFileName())), known));
    Schema schema = load(folder, names, known);
    SchemaEncoder encoder = new SchemaEncoder(schema);
    List<byte[]> encoded = new ArrayList<>();
    for (ProtoFile proto : schema.getProtoFiles()) {
      if (names.contains(proto.getLocation().getPath())) {
        encoded.add(encoder.encode(proto).toByteArray());
      }
    }
    return encoded;
  }

  private static Schema load(String folder, Set<String> names, Path known) {
    SchemaLoader loader = new SchemaLoader(FileSystem.SYSTEM);
    try {
      List<Location> sources = new ArrayList<>();
      names.forEach(name -> sources.add(Location.get(folder, name)));
      // The annotations could not be written down with parts of their description left out.
      OPTIONS.forEach(name -> sources.add(Location.get(known.toString(), name)));
      loader.initRoots(sources, List.of(Location.get(folder), Location.get(known.toString())));
      return loader.loadSchema();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the files " + names + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The files of a schema that are not Google's. */
  private static Set<String> own(Schema schema) {
    return schema.getProtoFiles().stream()
        .map(proto -> proto.getLocation().getPath())
        .filter(path -> !path.startsWith("wire/") && !path.startsWith("google/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void copy(String name, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream in = ProtoFiles.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(in, to);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
