package dev.sluice.plugins.ldapauth;

/**
 * A directory, and how it is reached.
 *
 * @param host name or address
 * @param port its port
 * @param tls whether connections are encrypted
 * @param verified whether its certificate must be good
 * @param timeout to wait for it, in milliseconds
 * @param keepalive of idle connections, in milliseconds
 */
record Directory(String host, int port, Tls tls, boolean verified, int timeout, int keepalive) {

  /** Whether connections are encrypted. */
  enum Tls {
    /** They are not. */
    NONE,
    /** They are from the first byte on. */
    FROM_THE_BEGINNING,
    /** They are after StartTLS. */
    STARTED
  }
}
