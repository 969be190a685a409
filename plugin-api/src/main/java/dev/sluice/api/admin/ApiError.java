package dev.sluice.api.admin;

import io.vertx.core.json.JsonObject;

/** A refusal in Kong's form: a status and a JSON body, which names the field where there is one. */
public class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonObject body;

  /**
   * @param status the HTTP status
   * @param body the whole body
   */
  public ApiError(int status, JsonObject body) {
    super(body.getString("message", "status " + status), null, false, false);
    this.status = status;
    this.body = body;
  }

  /** A refusal with a message and nothing else. */
  public static ApiError of(int status, String message) {
    return new ApiError(status, new JsonObject().put("message", message));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The whole body. */
  public JsonObject body() {
    return body;
  }

  /** The refusal as an answer. */
  public AdminResponse toResponse() {
    return AdminResponse.json(status, body);
  }
}
