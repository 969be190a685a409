package dev.sluice.api.admin;

import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A request that an endpoint serves: its path is taken apart and its body decoded.
 *
 * @param request the request
 * @param parameters what stands in the path for each {@code {name}} of the template, decoded
 * @param body the body as a JSON object, whether it came as JSON, form or multipart; empty when there was none
 * @param form whether the values are texts of a form, which the schema of the entity turns into its types
 * @param workspace the id of the workspace that the path begins with; the default one when it begins with none. Ask
 *     {@link dev.sluice.api.entity.Entities#in} for its entities
 * @param changed to be told of each entity that the call has changed, before it is answered; from any thread
 */
public record AdminCall(
    AdminRequest request,
    Map<String, String> parameters,
    JsonObject body,
    boolean form,
    String workspace,
    Consumer<EntityChange> changed) {

  /** A request of which nobody asks what it changes. */
  public AdminCall(
      AdminRequest request, Map<String, String> parameters, JsonObject body, boolean form, String workspace) {
    this(request, parameters, body, form, workspace, change -> {});
  }

  /** A request without a workspace in its path. */
  public AdminCall(AdminRequest request, Map<String, String> parameters, JsonObject body, boolean form) {
    this(request, parameters, body, form, StoredEntity.DEFAULT_WORKSPACE);
  }

  /** The same call, of which somebody asks what it changes. */
  public AdminCall tellingOf(Consumer<EntityChange> listener) {
    return new AdminCall(request, parameters, body, form, workspace, listener);
  }

  /** A parameter of the path; the template must have it. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no parameter {" + name + "}");
    }
    return value;
  }
}
