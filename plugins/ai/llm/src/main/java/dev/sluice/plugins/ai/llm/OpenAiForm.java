package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Providers who speak as OpenAI does; nothing is translated but settings. */
final class OpenAiForm implements Driver {

  private final Place place;

  /** Where such a provider is. */
  interface Place {
    String base(Model model);

    String path(Ask ask);

    default String query(Ask ask) {
      return "";
    }

    default Map<String, String> headers(Ask ask) {
      return Map.of();
    }
  }

  OpenAiForm(Place place) {
    this.place = place;
  }

  /** A provider with the paths of OpenAI. */
  static Place at(String base) {
    return new Place() {
      @Override
      public String base(Model model) {
        return base;
      }

      @Override
      public String path(Ask ask) {
        return "/v1" + operation(ask);
      }
    };
  }

  /** A server of the user's own, in the place that is configured. */
  static Place configured() {
    return at("");
  }

  /** A deployment in Azure. */
  static Place azure() {
    return new Place() {
      @Override
      public String base(Model model) {
        return "https://" + model.option("azure_instance").orElse("") + ".openai.azure.com";
      }

      @Override
      public String path(Ask ask) {
        String deployment = Calls.escape(ask.model().option("azure_deployment_id").orElse(""));
        return "/openai/deployments/" + deployment + operation(ask);
      }

      @Override
      public String query(Ask ask) {
        return "api-version=" + Calls.escape(ask.model().option("azure_api_version").orElse("2023-05-15"));
      }
    };
  }

  /** A model at Hugging Face. */
  static Place huggingFace() {
    return new Place() {
      @Override
      public String base(Model model) {
        return TextGeneration.HUGGING_FACE;
      }

      @Override
      public String path(Ask ask) {
        return "/models/" + Calls.escapePath(ask.model().known()) + "/v1" + operation(ask);
      }

      @Override
      public Map<String, String> headers(Ask ask) {
        return TextGeneration.huggingFaceHeaders(ask.model());
      }
    };
  }

  private static String operation(Ask ask) {
    return switch (ask.type()) {
      case CHAT -> "/chat/completions";
      case COMPLETIONS -> "/completions";
      case PRESERVE -> throw ask.unsupported();
    };
  }

  @Override
  public String base(Model model) {
    return place.base(model);
  }

  @Override
  public String path(Ask ask) {
    return place.path(ask);
  }

  @Override
  public String query(Ask ask) {
    return place.query(ask);
  }

  @Override
  public Map<String, String> headers(Ask ask) {
    return place.headers(ask);
  }

  @Override
  public JsonObject request(Ask ask) {
    JsonObject body = ask.body().copy().put("model", ask.model().known());
    for (String setting : new String[] {"max_tokens", "temperature", "top_p", "top_k"}) {
      ask.put(setting, body, setting);
    }
    if (ask.stream()) {
      body.put("stream", true);
    }
    return body;
  }

  @Override
  public JsonObject answer(Object answer, Ask ask) {
    if (answer instanceof JsonObject object && !Pick.objects(object, "choices").isEmpty()) {
      return object;
    }
    throw new LlmException("'choices' not in " + ask.type().wire() + " response");
  }

  @Override
  public EventReader events(Ask ask) {
    return (event, out) -> {
      if (event.data().equals(StreamEvent.DONE)) {
        out.done();
      } else {
        out.raw(event);
      }
    };
  }
}
