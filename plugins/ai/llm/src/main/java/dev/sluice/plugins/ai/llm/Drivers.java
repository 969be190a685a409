package dev.sluice.plugins.ai.llm;

import java.util.Map;

/** Finds out whose words a model understands. */
public final class Drivers {

  private static final String OLLAMA = "ollama";
  private static final Driver OPENAI = new OpenAiForm(OpenAiForm.at("https://api.openai.com"));
  private static final Driver AZURE = new OpenAiForm(OpenAiForm.azure());
  private static final Driver MISTRAL = new OpenAiForm(OpenAiForm.at("https://api.mistral.ai"));
  private static final Driver OWN = new OpenAiForm(OpenAiForm.configured());
  private static final Driver HUGGING_FACE_CHAT = new OpenAiForm(OpenAiForm.huggingFace());
  private static final Driver HUGGING_FACE_TEXT = new TextGeneration(true);
  private static final Driver RAW = new TextGeneration(false);
  private static final Driver OLLAMA_SERVER = new Ollama();
  private static final Driver ANTHROPIC = new Anthropic();
  private static final Driver COHERE = new Cohere();
  private static final Driver GEMINI = new Gemini();

  private Drivers() {}

  /**
   * The driver for a model.
   *
   * @param environment where AWS's region is when it is not configured
   * @throws IllegalArgumentException when there is none
   */
  public static Driver of(LlmConfig config, Map<String, String> environment) {
    Model model = config.model();
    return switch (model.provider()) {
      case "openai" -> OPENAI;
      case "azure" -> AZURE;
      case "anthropic" -> ANTHROPIC;
      case "cohere" -> COHERE;
      case "mistral" -> model.option("mistral_format").orElse("").equals(OLLAMA) ? OLLAMA_SERVER : MISTRAL;
      case "llama2" -> llama2(model);
      case "gemini" -> GEMINI;
      case "bedrock" -> new Bedrock(Signer.region(model, environment));
      case "huggingface" -> config.type() == RouteType.COMPLETIONS ? HUGGING_FACE_TEXT : HUGGING_FACE_CHAT;
      default -> throw new IllegalArgumentException("the provider '" + model.provider() + "' is not supported");
    };
  }

  private static Driver llama2(Model model) {
    return switch (model.option("llama2_format").orElse("")) {
      case "raw" -> RAW;
      case OLLAMA -> OLLAMA_SERVER;
      default -> OWN;
    };
  }
}
