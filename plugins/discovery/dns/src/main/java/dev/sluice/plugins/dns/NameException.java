package dev.sluice.plugins.dns;

import java.net.UnknownHostException;

/** A name that does not resolve; the message is Kong's for the same answer of a name server. */
final class NameException extends RuntimeException {

  /** The name does not exist. */
  static final String NAME_ERROR = "dns server error: 3 name error";

  /** Whether the name exists could not be found out. */
  static final String SERVER_FAILURE = "dns server error: 2 server failure";

  private static final long serialVersionUID = 1L;

  NameException(String message) {
    super(message, null, false, false);
  }

  /** The JDK tells the two apart only in its text, which is that of the C library. */
  static NameException of(UnknownHostException failure) {
    String text = String.valueOf(failure.getMessage());
    return new NameException(text.contains("Temporary failure") ? SERVER_FAILURE : NAME_ERROR);
  }
}
