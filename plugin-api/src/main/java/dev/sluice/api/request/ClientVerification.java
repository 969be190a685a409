package dev.sluice.api.request;

/**
 * What became of the certificate that a client has shown. A filter that verifies it puts this into the context under
 * {@link #KEY}, for those who log; without it only a node that verifies all its clients has verified this one.
 *
 * @param result {@code SUCCESS}, or {@code FAILED:} and a reason, as nginx says it
 */
public record ClientVerification(String result) {

  /** Where it is in the context. */
  public static final ContextKey<ClientVerification> KEY =
      ContextKey.of("client-verification", ClientVerification.class);

  /** An authority that is trusted has signed it. */
  public static final ClientVerification SUCCESS = new ClientVerification("SUCCESS");

  /** Nobody that is trusted vouches for it. */
  public static ClientVerification failed(String reason) {
    return new ClientVerification("FAILED:" + reason);
  }
}
