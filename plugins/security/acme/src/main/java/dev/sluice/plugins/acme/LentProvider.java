package dev.sluice.plugins.acme;

import java.net.http.HttpClient;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Has acme4j speak by way of the gateway's client. */
final class LentProvider extends GenericAcmeProvider {

  private final HttpClient client;

  LentProvider(HttpClient client) {
    this.client = client;
  }

  @Override
  public HttpClient createHttpClient(NetworkSettings settings) {
    return client;
  }
}
