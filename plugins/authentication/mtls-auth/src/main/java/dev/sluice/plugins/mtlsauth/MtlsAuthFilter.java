package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientVerification;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Entrance;
import io.vertx.core.Future;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests pass whose client has shown a certificate of an authority that is trusted, and says whose it is. The
 * handshake has only seen to it that the client has the key.
 */
final class MtlsAuthFilter implements Filter.Access, Filter.ClientCertificates {

  private static final Logger log = LoggerFactory.getLogger(MtlsAuthFilter.class);

  private static final String NAME = "X-Client-Cert-DN";
  private static final String OTHER_NAMES = "X-Client-Cert-SAN";
  private static final Answer MISSING = Answer.error(401, "No required TLS certificate was sent");
  private static final Answer FAILED = Answer.error(401, "TLS certificate failed verification");
  private static final Answer MISDIRECTED = Answer.error(421, "Misdirected Request");

  private final MtlsAuthConfig config;
  private final Verdicts verdicts;
  private final Entrance entrance;
  private final Owners owners;
  private volatile Optional<Authorities> authorities = Optional.empty();

  MtlsAuthFilter(MtlsAuthConfig config, Verdicts verdicts) {
    this.config = config;
    this.verdicts = verdicts;
    this.entrance = new Entrance(config.people().anonymous());
    this.owners = new Owners(config.people());
  }

  @Override
  public List<String> announced() {
    return config.announce() ? config.authorities() : List.of();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    MutableHeaders headers = context.upstreamRequest().headers();
    headers.remove(NAME);
    headers.remove(OTHER_NAMES);
    if (entrance.isPassed(context)) {
      return Filters.CONTINUE;
    }
    if (isMisdirected(context.request())) {
      context.answer(MISDIRECTED);
      return Filters.CONTINUE;
    }
    List<X509Certificate> chain = shown(context.request());
    if (chain.isEmpty()) {
      entrance.refuse(context, MISSING);
      return Filters.CONTINUE;
    }
    Authorities now = authorities(context);
    Optional<Verdict> known = verdicts.known(now, chain);
    if (known.isPresent()) {
      settle(context, chain, known.get());
      return Filters.CONTINUE;
    }
    return verdicts.ask(now, chain).map(verdict -> {
      settle(context, chain, verdict);
      return null;
    });
  }

  /** The certificate was asked for under one name, and is not good for another one. */
  private static boolean isMisdirected(ClientRequest request) {
    Optional<String> named = request.sni();
    if (named.isEmpty() || named.get().isEmpty()) {
      return false;
    }
    String host = request.host();
    int colon = host.lastIndexOf(':');
    return !named.get().equalsIgnoreCase(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
  }

  private static List<X509Certificate> shown(ClientRequest request) {
    Optional<SSLSession> session = request.tls();
    if (session.isEmpty()) {
      return List.of();
    }
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : session.get().getPeerCertificates()) {
        chain.add((X509Certificate) each);
      }
      return chain;
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  private Authorities authorities(RequestContext context) {
    Optional<Authorities> last = authorities;
    if (last.isPresent() && last.get().hold(context.entities(), config.authorities())) {
      return last.get();
    }
    Authorities now =
        Authorities.of(context.entities(), config.authorities(), config.verification().partialChain());
    authorities = Optional.of(now);
    verdicts.forget();
    return now;
  }

  private void settle(RequestContext context, List<X509Certificate> chain, Verdict verdict) {
    if (!verdict.good()) {
      log.debug("request {}: the client's certificate is refused: {}", context.id(), verdict.reason());
      context.put(ClientVerification.KEY, ClientVerification.failed(verdict.reason()));
      entrance.refuse(context, FAILED);
      return;
    }
    context.put(ClientVerification.KEY, ClientVerification.SUCCESS);
    CertificateNames names = CertificateNames.of(chain.get(0));
    if (config.people().skipped()) {
      admitAnyone(context, names);
      return;
    }
    Optional<Owners.Owner> owner = owners.find(context.entities(), names, verdict.authorities());
    if (owner.isEmpty() || !entrance.admit(context, owner.get().consumerId(), owner.get().proof())) {
      entrance.refuse(context, FAILED);
    }
  }

  private void admitAnyone(RequestContext context, CertificateNames names) {
    MutableHeaders headers = context.upstreamRequest().headers();
    context.authenticate(
        Optional.empty(), Optional.of(new Credential(names.distinguished(), Optional.empty(), Optional.empty())));
    headers.set(NAME, text(names.distinguished()));
    if (!names.alternative().isEmpty()) {
      headers.set(OTHER_NAMES, text(String.join(", ", names.alternative())));
    }
    String group =
        config.people().groupByCommonName() ? names.common().orElse("") : names.distinguished();
    if (!group.isEmpty()) {
      context.put(AuthenticatedGroups.KEY, new AuthenticatedGroups(List.of(group)));
    }
  }

  /** A name may hold what must not stand in a header. */
  private static String text(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.chars().forEach(c -> safe.append(c < ' ' || c > '~' ? '?' : (char) c));
    return safe.toString();
  }
}
