package dev.sluice.kernel.trust;

import dev.sluice.api.entity.CaCertificate;
import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.Service;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the terms on which each service is met over TLS. What is made of equal terms is one object for as long as anybody
 * uses it. Lives on the control thread, but for what concerns servers that filters choose, which is safe for all.
 */
public final class TlsBook {

  private static final int ANY_DEPTH = 100;

  private final NodeTls node;
  private final Map<Terms, WeakReference<UpstreamTls>> made = new HashMap<>();
  private volatile UpstreamTls unverified;
  private volatile UpstreamTls verified;

  /** Knows what a node does where services leave it open. */
  public TlsBook(NodeTls node) {
    this.node = node;
  }

  /** Whether requests or streams to a service go over TLS. */
  public static boolean secure(Service service) {
    return switch (service.protocol()) {
      case "https", "grpcs", "tls" -> true;
      default -> false;
    };
  }

  /**
   * How a service is met, when it is met over TLS. What cannot be used is told to the requests, which fail: they are
   * never sent on other terms.
   *
   * @param ofUpstream the certificate of the upstream that the service's host names
   */
  public Optional<UpstreamTls> of(Service service, Optional<Certificate> ofUpstream, EntityReader entities) {
    return secure(service) ? Optional.of(of(terms(service, ofUpstream, entities))) : Optional.empty();
  }

  private Terms terms(Service service, Optional<Certificate> ofUpstream, EntityReader entities) {
    Service.Tls tls = service.tls();
    NodeTls.Defaults defaults = service.protocol().equals("grpcs") ? node.grpcs() : node.https();
    Optional<String> fault = Optional.empty();
    Optional<Certificate> shown = ofUpstream.or(node::shown);
    if (tls.clientCertificateId().isPresent()) {
      shown = entities.byId(CoreEntities.CERTIFICATES, tls.clientCertificateId().get());
      fault = shown.isPresent() ? fault : Optional.of("its client_certificate is not there");
    }
    Optional<Terms.Verified> verified = Optional.empty();
    if (tls.verify().orElse(defaults.verify())) {
      List<CaCertificate> authorities = new ArrayList<>();
      for (String id : tls.authorityIds()) {
        Optional<CaCertificate> authority = entities.byId(CoreEntities.CA_CERTIFICATES, id);
        authority.ifPresent(authorities::add);
        fault = authority.isPresent() ? fault : Optional.of("ca_certificates names " + id + ", which is not there");
      }
      verified =
          Optional.of(
              new Terms.Verified(
                  tls.verifyDepth().orElse(defaults.depth()), List.copyOf(authorities), defaults.authorities()));
    }
    return new Terms(shown, verified, fault);
  }

  private UpstreamTls of(Terms terms) {
    WeakReference<UpstreamTls> known = made.get(terms);
    UpstreamTls tls = known == null ? null : known.get();
    if (tls == null) {
      tls = UpstreamTls.of(terms);
      made.values().removeIf(each -> each.get() == null);
      made.put(terms, new WeakReference<>(tls));
    }
    return tls;
  }

  /** Whether {@link #origin} of those that are verified answers at once. */
  public boolean ready() {
    return verified != null;
  }

  /** Makes ready what takes a while, for those whom nothing keeps waiting. */
  public void prepare() {
    origin(false);
  }

  /**
   * How servers are met that filters choose. No certificate is shown to them.
   *
   * @param verify whether their certificates are verified; the first time, authorities may have to be read
   */
  public UpstreamTls origin(boolean verify) {
    if (!verify) {
      return unverified();
    }
    if (verified == null) {
      synchronized (this) {
        if (verified == null) {
          Terms.Verified any = new Terms.Verified(ANY_DEPTH, List.of(), node.origins());
          verified = UpstreamTls.of(new Terms(Optional.empty(), Optional.of(any), Optional.empty()));
        }
      }
    }
    return verified;
  }

  private UpstreamTls unverified() {
    if (unverified == null) {
      synchronized (this) {
        if (unverified == null) {
          unverified = UpstreamTls.of(new Terms(Optional.empty(), Optional.empty(), Optional.empty()));
        }
      }
    }
    return unverified;
  }
}
