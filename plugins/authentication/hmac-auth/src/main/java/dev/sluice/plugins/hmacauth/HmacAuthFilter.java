package dev.sluice.plugins.hmacauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Base64Text;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** Lets requests pass that a consumer has signed. Secrets and signatures get into no log. */
final class HmacAuthFilter implements Filter.Access {

  /** A longer body cannot be checked, and is refused where it has to be. */
  private static final int MAX_BODY = 8 * 1024 * 1024;

  private static final String AUTHORIZATION = "Authorization";
  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  private final HmacAuthConfig config;
  private final Clock clock;
  private final Entrance entrance;
  private final Answer missing;
  private final Answer badDate;
  private final Answer unverifiable;
  private final Answer mismatch;

  HmacAuthFilter(HmacAuthConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.entrance = new Entrance(config.anonymous());
    String challenge = Challenge.of("hmac", config.realm());
    this.missing = Challenge.refusal("Unauthorized", challenge);
    this.badDate = Challenge.refusal(
        "HMAC signature cannot be verified, a valid date or x-date header is required for HMAC Authentication",
        challenge);
    this.unverifiable = Challenge.refusal("HMAC signature cannot be verified", challenge);
    this.mismatch = Challenge.refusal("HMAC signature does not match", challenge);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    return entrance.isPassed(context) ? Filters.CONTINUE : judge(context);
  }

  private Future<Void> judge(RequestContext context) {
    ClientRequest request = context.request();
    if (!request.headers().contains(AUTHORIZATION) && !request.headers().contains(PROXY_AUTHORIZATION)) {
      return refuse(context, missing);
    }
    if (!isInTime(request, "X-Date") && !isInTime(request, "Date")) {
      return refuse(context, badDate);
    }
    Optional<HmacParameters> given = take(context).filter(this::isTaken);
    Optional<HmacCredential> credential = given.flatMap(
        known -> context.entities().byUnique(HmacCredential.TYPE, HmacCredential.USERNAME, known.username()));
    if (credential.isEmpty()) {
      return refuse(context, unverifiable);
    }
    return hasSigned(credential.get(), request, given.get())
        ? judgeBody(context, credential.get())
        : refuse(context, mismatch);
  }

  private Future<Void> refuse(RequestContext context, Answer refusal) {
    entrance.refuse(context, refusal);
    return Filters.CONTINUE;
  }

  private boolean isInTime(ClientRequest request, String header) {
    return request.headers().get(header)
        .map(HttpDate::read)
        .filter(time -> time.isPresent() && Math.abs(clock.millis() / 1000 - time.getAsLong()) <= config.clockSkew())
        .isPresent();
  }

  private Optional<HmacParameters> take(RequestContext context) {
    Optional<HmacParameters> found = take(context, PROXY_AUTHORIZATION);
    return found.isPresent() ? found : take(context, AUTHORIZATION);
  }

  private Optional<HmacParameters> take(RequestContext context, String header) {
    Optional<HmacParameters> found = context.request().headers().get(header).flatMap(HmacParameters::read);
    if (found.isPresent() && config.hideCredentials()) {
      context.upstreamRequest().headers().remove(header);
    }
    return found;
  }

  /** Whether the signature is of a kind that is taken here, and covers what it must. */
  private boolean isTaken(HmacParameters given) {
    return config.algorithms().contains(given.algorithm())
        && config.enforceHeaders().stream()
            .allMatch(needed -> given.headers().stream().anyMatch(needed::equalsIgnoreCase));
  }

  private static boolean hasSigned(HmacCredential credential, ClientRequest request, HmacParameters given) {
    Optional<HmacAlgorithm> algorithm = HmacAlgorithm.labelled(given.algorithm());
    Optional<byte[]> signature = Base64Text.decode(given.signature());
    return algorithm.isPresent()
        && signature.isPresent()
        && credential.hasSigned(algorithm.get(), SignedRequest.text(request, given.headers()), signature.get());
  }

  private Future<Void> judgeBody(RequestContext context, HmacCredential credential) {
    if (!config.validateRequestBody()) {
      return admit(context, credential);
    }
    Optional<String> digest = context.request().headers().get("Digest");
    if (!context.request().hasBody()) {
      return BodyDigest.fits(digest, new byte[0]) ? admit(context, credential) : refuse(context, mismatch);
    }
    return context.request()
        .body(MAX_BODY)
        .map(body -> BodyDigest.fits(digest, body.getBytes()))
        .otherwise(false)
        .compose(fits -> fits ? admit(context, credential) : refuse(context, mismatch));
  }

  private Future<Void> admit(RequestContext context, HmacCredential credential) {
    return entrance.admit(context, credential)
        ? Filters.CONTINUE
        : refuse(context, unverifiable);
  }
}
