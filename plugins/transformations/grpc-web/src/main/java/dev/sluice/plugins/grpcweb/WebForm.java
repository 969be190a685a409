package dev.sluice.plugins.grpcweb;

import java.util.Locale;
import java.util.Optional;

/**
 * The form in which a client of gRPC-Web writes its messages and wants the answer.
 *
 * @param contentType as the client has written it
 * @param text whether all is in Base64
 * @param json whether messages are JSON
 */
record WebForm(String contentType, boolean text, boolean json) {

  private static final String BINARY = "application/grpc-web";
  private static final String TEXT = "application/grpc-web-text";

  /** The form that a media type stands for. */
  static Optional<WebForm> of(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    return switch (type) {
      case BINARY, BINARY + "+proto" -> Optional.of(new WebForm(contentType, false, false));
      case TEXT, TEXT + "+proto" -> Optional.of(new WebForm(contentType, true, false));
      case BINARY + "+json" -> Optional.of(new WebForm(contentType, false, true));
      case TEXT + "+json" -> Optional.of(new WebForm(contentType, true, true));
      default -> Optional.empty();
    };
  }
}
