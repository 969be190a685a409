package dev.sluice.plugins.grpcgateway;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.sluice.plugins.grpc.ProtoSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which requests stand for which methods, as the annotations of a file have it. */
final class Mapping {

  static final Mapping EMPTY = new Mapping(Map.of());

  private final Map<String, List<Binding>> byMethod;

  private Mapping(Map<String, List<Binding>> byMethod) {
    this.byMethod = byMethod;
  }

  /**
   * A method at a path.
   *
   * @param body the field that the request's body is, {@code *} for all, empty for none
   * @param responseBody the field that the answer's body is; empty for all of it
   */
  record Binding(ProtoSchema schema, MethodDescriptor method, PathTemplate path, String body, String responseBody) {}

  /**
   * A request's method.
   *
   * @param fields what the path gives
   */
  record Found(Binding binding, Map<String, String> fields) {}

  static Mapping of(ProtoSchema schema) {
    Map<String, List<Binding>> all = new HashMap<>();
    for (MethodDescriptor method : schema.methods().values()) {
      if (method.getOptions().hasExtension(AnnotationsProto.http)) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        add(all, schema, method, rule);
        rule.getAdditionalBindingsList().forEach(more -> add(all, schema, method, more));
      }
    }
    return new Mapping(all);
  }

  private static void add(
      Map<String, List<Binding>> all, ProtoSchema schema, MethodDescriptor method, HttpRule rule) {
    String verb =
        switch (rule.getPatternCase()) {
          case GET -> "GET";
          case PUT -> "PUT";
          case POST -> "POST";
          case DELETE -> "DELETE";
          case PATCH -> "PATCH";
          case CUSTOM -> rule.getCustom().getKind();
          case PATTERN_NOT_SET -> "";
        };
    String path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM -> rule.getCustom().getPath();
          case PATTERN_NOT_SET -> "";
        };
    if (!verb.isEmpty()) {
      all.computeIfAbsent(verb, fresh -> new ArrayList<>())
          .add(new Binding(schema, method, PathTemplate.of(path), rule.getBody(), rule.getResponseBody()));
    }
  }

  Optional<Found> find(String verb, String path) {
    for (Binding binding : byMethod.getOrDefault(verb, List.of())) {
      Optional<Map<String, String>> fields = binding.path().match(path);
      if (fields.isPresent()) {
        return Optional.of(new Found(binding, fields.get()));
      }
    }
    return Optional.empty();
  }
}
