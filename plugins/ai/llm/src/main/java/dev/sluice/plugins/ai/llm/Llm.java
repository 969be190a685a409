package dev.sluice.plugins.ai.llm;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.serverless.FunctionClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The model that a configuration names: what it is asked, and what it answers. Safe for all threads. */
public final class Llm {

  private final LlmConfig config;
  private final Driver driver;
  private final Templates templates;
  private final Calls calls;
  private final Optional<GoogleTokens> tokens;

  private Llm(LlmConfig config, Driver driver, Calls calls, Optional<GoogleTokens> tokens) {
    this.config = config;
    this.driver = driver;
    this.templates = new Templates(config.model());
    this.calls = calls;
    this.tokens = tokens;
  }

  /** What the models of one plugin share. */
  public static final class Lent {
    private final PluginContext context;
    private final Map<String, String> environment;
    private final FunctionClient client;

    /** What a plugin has been lent. */
    public Lent(PluginContext context, Map<String, String> environment) {
      this.context = context;
      this.environment = Map.copyOf(environment);
      this.client = new FunctionClient(context);
    }

    /** Runs what takes long. */
    <T> Future<T> blocking(Callable<T> work) {
      return context.blocking(work);
    }

    /** The client that all share. */
    public FunctionClient client() {
      return client;
    }
  }

  /**
   * The model of a configuration.
   *
   * @param verify whether the provider's certificate is verified
   * @throws IllegalArgumentException when something that is configured is not supported
   */
  public static Llm of(LlmConfig config, Lent lent, boolean verify) {
    if (config.auth().header().filter(header -> header.name().contains(".")).isPresent()) {
      throw new IllegalArgumentException("auth.header_name is not supported with a dot: logs could not leave it out");
    }
    Driver driver = Drivers.of(config, lent.environment);
    Optional<Signer> signer = Signer.of(config, lent.environment, lent.context.clock());
    Optional<GoogleTokens> tokens = GoogleTokens.of(config, lent.environment, lent.client, lent.context);
    return new Llm(config, driver, new Calls(config, driver, signer, verify), tokens);
  }

  /** The configuration. */
  public LlmConfig config() {
    return config;
  }

  /** Whose words the model understands. */
  public Driver driver() {
    return driver;
  }

  /** The model, with templates. */
  public Templates templates() {
    return templates;
  }

  /**
   * The request for what is asked.
   *
   * @param body to send as it is; empty to send the translation of what is asked
   * @return fails with {@link LlmException} when it cannot be asked
   */
  public Future<Call> call(Ask ask, Optional<Buffer> body, Client client) {
    Future<Optional<String>> token =
        tokens.map(all -> all.get().map(Optional::of)).orElse(Future.succeededFuture(Optional.empty()));
    return token.map(known -> calls.of(ask, body, client, known));
  }

  /**
   * A whole answer in the form of OpenAI's API.
   *
   * @throws LlmException when it is none
   */
  public JsonObject answer(Buffer bytes, Ask ask) {
    Object json;
    try {
      json = Json.decodeValue(bytes);
    } catch (DecodeException e) {
      throw failed(ask, "the response is no JSON");
    }
    try {
      return driver.answer(json, ask);
    } catch (LlmException e) {
      throw failed(ask, e.getMessage());
    } catch (ClassCastException e) {
      throw failed(ask, "unexpected_error");
    }
  }

  private static LlmException failed(Ask ask, String why) {
    return new LlmException(
        "transformation failed from type " + ask.model().provider() + "://" + ask.type().wire() + ": " + why);
  }

  /** What an answer, in the form of OpenAI's API, says of its use. */
  public static Usage usage(JsonObject answer) {
    return Usage.of(Pick.object(answer, "usage"), "prompt_tokens", "completion_tokens");
  }
}
