package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The endpoints of a listener, found by the segments of a path: literal segments win over parameters. Immutable. */
final class EndpointTable {

  private final Node root;
  private final List<String> templates;

  private EndpointTable(Node root, List<String> templates) {
    this.root = root;
    this.templates = List.copyOf(templates);
  }

  /** The templates of all resources, sorted segment by segment. */
  List<String> templates() {
    return templates;
  }

  Optional<Match> find(List<String> segments) {
    return root.find(segments, 0, new ArrayList<>());
  }

  /**
   * A resource that a path leads to.
   *
   * @param resource its endpoints
   * @param values the segments that stand for parameters
   */
  record Match(Resource resource, List<String> values) {

    /** The values by the names that an endpoint gives them. */
    Map<String, String> parameters(AdminEndpoint endpoint) {
      Map<String, String> named = new HashMap<>();
      for (String segment : split(endpoint.template())) {
        if (isParameter(segment)) {
          named.put(segment.substring(1, segment.length() - 1), values.get(named.size()));
        }
      }
      return named;
    }
  }

  /** The endpoints of one path. */
  static final class Resource {
    private final String template;
    private final Map<String, AdminEndpoint> byMethod = new TreeMap<>();
    private boolean disabled;

    private Resource(String template) {
      this.template = template;
    }

    /** The endpoint of a method; HEAD is served as GET. */
    Optional<AdminEndpoint> endpoint(String method) {
      return Optional.ofNullable(byMethod.get(method.equals("HEAD") ? "GET" : method));
    }

    /** What OPTIONS tells. */
    String allowed() {
      TreeSet<String> methods = new TreeSet<>(byMethod.keySet());
      methods.add("OPTIONS");
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      return String.join(", ", methods);
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private Optional<Node> parameter = Optional.empty();
    private Optional<Resource> resource = Optional.empty();

    Optional<Match> find(List<String> segments, int at, List<String> values) {
      if (at == segments.size()) {
        return resource.filter(found -> !found.disabled).map(found -> new Match(found, List.copyOf(values)));
      }
      String segment = segments.get(at);
      Node literal = literals.get(segment);
      Optional<Match> match = literal == null ? Optional.empty() : literal.find(segments, at + 1, values);
      if (match.isEmpty() && parameter.isPresent() && !segment.isEmpty()) {
        values.add(segment);
        match = parameter.get().find(segments, at + 1, values);
        values.remove(values.size() - 1);
      }
      return match;
    }

    Node child(String segment) {
      if (!isParameter(segment)) {
        return literals.computeIfAbsent(segment, name -> new Node());
      }
      parameter = Optional.of(parameter.orElseGet(Node::new));
      return parameter.get();
    }
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static List<String> split(String template) {
    return template.equals("/") ? List.of() : List.of(template.substring(1).split("/", -1));
  }

  /** Collects endpoints. */
  static final class Builder {
    private final Node root = new Node();
    private final Map<String, Resource> resources =
        new TreeMap<>(Comparator.comparing(path -> path.replace('/', '\0')));

    /** Adds an endpoint; it takes the place of one of the same method and path. */
    Builder add(AdminEndpoint endpoint) {
      resource(endpoint.template()).byMethod.put(endpoint.method(), endpoint);
      return this;
    }

    Builder addAll(List<AdminEndpoint> endpoints) {
      endpoints.forEach(this::add);
      return this;
    }

    /** Adds what is only read of another table. */
    Builder addReads(Builder other) {
      other.resources.values().stream()
          .filter(resource -> !resource.disabled)
          .flatMap(resource -> resource.endpoint("GET").stream())
          .forEach(this::add);
      return this;
    }

    /** Answers all requests of a path as if there were no such path. */
    Builder disable(String template) {
      resource(template).disabled = true;
      return this;
    }

    private Resource resource(String template) {
      Node node = root;
      for (String segment : split(template)) {
        node = node.child(segment);
      }
      Resource resource = node.resource.orElseGet(() -> new Resource(template));
      node.resource = Optional.of(resource);
      resources.put(resource.template, resource);
      return resource;
    }

    List<String> templates() {
      return List.copyOf(resources.keySet());
    }

    /** Shows the endpoints of each path, by their methods. */
    void forEach(BiConsumer<String, Map<String, AdminEndpoint>> visitor) {
      resources.forEach(
          (template, resource) -> {
            if (!resource.disabled) {
              visitor.accept(template, Collections.unmodifiableMap(resource.byMethod));
            }
          });
    }

    /** What the paths of endpoints begin with. */
    Set<String> firstSegments() {
      return Collections.unmodifiableSet(root.literals.keySet());
    }

    EndpointTable build() {
      return new EndpointTable(root, templates());
    }
  }
}
