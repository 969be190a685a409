package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.Identity;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.Timeline;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UpstreamResponse;
import dev.sluice.api.request.WrongPhaseException;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.snapshot.Chain;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.snapshot.Pins;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.snapshot.Workspaces;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One request on its way through the gateway: all that is known of it. What happens to it is in {@link Flow} and in the
 * proxy. Touched by one event loop alone.
 */
public final class Exchange implements RequestContext {

  private static final Set<Phase> IDENTIFYING = EnumSet.of(Phase.ACCESS);
  private static final Set<Phase> ANSWERING = EnumSet.of(Phase.REWRITE, Phase.ACCESS);

  private final Loop loop;
  private final ListenerInfo listener;
  private final ClientConnection connection;
  private final HttpServerRequest request;
  private final Pins.Pin pin;
  private final GatewaySnapshot snapshot;
  private final String id;
  private final long startNanos = System.nanoTime();
  private final long startMillis = System.currentTimeMillis();
  private final Outbound outbound;
  private final AnswerState answerState;

  private InboundRequest inbound;
  private ForwardedClient client;
  private RequestBody body;
  private Phase phase = Phase.REWRITE;
  private RouteMatch match;
  private RoutePlan plan;
  private String workspace = Workspaces.DEFAULT_ID;
  private Chain chain = Chain.EMPTY;
  private Consumer consumer;
  private Credential credential;
  private long identity;
  private Answer answer;
  private IdentityHashMap<ContextKey<?>, Object> values;
  private List<Attempt> attempts;
  private Placement placement;
  private UpstreamRuntime asked;
  private TargetState target;
  private long endNanos;
  private boolean closes;

  Exchange(Loop loop, ListenerInfo listener, ClientConnection connection, HttpServerRequest request) {
    this.loop = loop;
    this.listener = listener;
    this.connection = connection;
    this.request = request;
    this.pin = loop.pins().pin();
    this.snapshot = pin.snapshot();
    this.id = loop.ids().next();
    this.outbound = new Outbound(this);
    this.answerState = new AnswerState(this);
  }

  void accept(RequestTarget target) {
    inbound = new InboundRequest(this, request, target);
    client = ForwardedClient.of(this);
    body = RequestBody.of(loop, request);
    outbound.begin(inbound);
  }

  /** The event loop that the request lives on. */
  public Loop loop() {
    return loop;
  }

  /** The listener it came through. */
  public ListenerInfo listener() {
    return listener;
  }

  /** The connection that it came on. */
  public ClientConnection connection() {
    return connection;
  }

  /** Vert.x's request. */
  public HttpServerRequest serverRequest() {
    return request;
  }

  /** Vert.x's response. */
  public HttpServerResponse serverResponse() {
    return request.response();
  }

  Pins.Pin pin() {
    return pin;
  }

  /** The configuration that the request began with. */
  public GatewaySnapshot snapshot() {
    return snapshot;
  }

  /** The request as the client sent it; null while it is not known to be sound. */
  InboundRequest inbound() {
    return inbound;
  }

  /** The host that the client asked for, without its port, in lower case. */
  public String plainHost() {
    return connection.plainHost(inbound.host());
  }

  /** Who the client is. */
  public ForwardedClient client() {
    return client;
  }

  /** The body of the request; null when there is none. */
  public RequestBody body() {
    return body;
  }

  /** What goes upstream. */
  public Outbound outbound() {
    return outbound;
  }

  /** What comes back. */
  public AnswerState answerState() {
    return answerState;
  }

  /** The plan of the route; null when none matched. */
  public RoutePlan plan() {
    return plan;
  }

  /** Has the request go where strategies have said. */
  void place(Placement chosen) {
    direct(chosen);
    chosen.begin(this);
  }

  /** Directs the request to where strategies have said, and tells them nothing. */
  void direct(Placement chosen) {
    placement = chosen;
    chosen.apply(this);
  }

  /** Where the request goes, unless a filter has named a server of its own. */
  public Destination destination() {
    return placement == null ? plan.destination() : placement.destination();
  }

  /** What somebody who looks on is shown of the request; null when nobody does. */
  public Observed observed() {
    return placement == null ? null : placement.observed();
  }

  /**
   * Holds the configuration for something that may outlive the request. Where the request is over already, it is that of
   * now.
   *
   * @return lets go of it
   */
  public Runnable hold() {
    Pins.Pin held = endNanos == 0 ? loop.pins().again(pin) : loop.pins().pin();
    return () -> loop.pins().unpin(held);
  }

  /** Notes how the request ends, where the status of the answer does not tell. */
  public void ends(RequestOutcome.End how) {
    if (placement != null) {
      placement.ends(how);
    }
  }

  void routed(RouteMatch found, RoutePlan itsPlan) {
    match = found;
    plan = itsPlan;
    workspace = itsPlan.workspace();
    outbound.routed(found);
  }

  /** The workspace of a request whose route is known before all else. */
  void workspace(String id) {
    workspace = id;
  }

  Chain chain() {
    return chain;
  }

  void chain(Chain chosen) {
    chain = chosen;
  }

  /** Whether any filter looks at the answer. */
  public boolean answerFilters() {
    return chain.header().length > 0 || chain.body().length > 0 || chain.response().length > 0 || chain.log().length > 0;
  }

  /** Notes how long the head of the request is, before filters change it. */
  void measureHead() {
    if (inbound != null) {
      inbound.measureHead();
    }
  }

  /** Whether a filter will want to know what was tried. */
  public boolean logs() {
    return chain.log().length > 0 || loop.requestLog().wantsAttempts();
  }

  /** Notes which upstream is to answer. */
  public void asks(UpstreamRuntime upstream) {
    asked = upstream;
  }

  /** The upstream that was to answer; null when it came to none. */
  UpstreamRuntime asked() {
    return asked;
  }

  /** Notes the address that it is sent to. */
  public void sentTo(TargetState address) {
    target = address;
  }

  /** The address that it was sent to last; null when there was none. */
  TargetState target() {
    return target;
  }

  /**
   * Notes an attempt whose target has just been chosen.
   *
   * @param from when that began, by {@link System#nanoTime}
   */
  public void attempt(long from, String host, String address, int port) {
    attempts = attempts == null ? new ArrayList<>(1) : attempts;
    long took = System.nanoTime() - from;
    attempts.add(new Attempt(from - startNanos, took, host, address, port, OptionalInt.empty()));
  }

  /** Notes that the last attempt has failed. */
  public void attemptFailed(int status) {
    if (placement != null) {
      placement.attemptFailed();
    }
    if (attempts != null) {
      int last = attempts.size() - 1;
      attempts.set(last, attempts.get(last).failed(status));
    }
  }

  /** Whether filters change the body of the answer. */
  public boolean bodyFilters() {
    return chain.body().length > 0;
  }

  /** Filters that want the whole answer. */
  public FilterInstance[] responseFilters() {
    return chain.response();
  }

  /** Begins the phase RESPONSE. */
  public void toResponsePhase() {
    phase = Phase.RESPONSE;
  }

  void enter(Phase next) {
    phase = next;
  }

  /** Has the connection closed after the answer, since the rest of the request is not read. */
  public void closeAfter() {
    closes = true;
  }

  boolean closes() {
    return closes;
  }

  void ended() {
    endNanos = System.nanoTime();
    if (placement != null) {
      placement.ended(this);
    }
  }

  /** When the request began, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Fails when the present phase is none of those in which something works. */
  void require(String what, Set<Phase> allowed) {
    if (!allowed.contains(phase)) {
      throw new WrongPhaseException(what, phase, allowed);
    }
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long startedAtMillis() {
    return startMillis;
  }

  @Override
  public long elapsedMillis() {
    return tookNanos() / 1_000_000;
  }

  /** Nanoseconds from its head to now, or to its end. */
  long tookNanos() {
    return (endNanos == 0 ? System.nanoTime() : endNanos) - startNanos;
  }

  @Override
  public Timeline timeline() {
    return answerState.timeline(tookNanos());
  }

  @Override
  public List<Attempt> attempts() {
    return attempts == null ? List.of() : Collections.unmodifiableList(attempts);
  }

  @Override
  public ClientRequest request() {
    return inbound;
  }

  @Override
  public UpstreamRequest upstreamRequest() {
    return outbound;
  }

  @Override
  public UpstreamResponse upstreamResponse() {
    return answerState.upstreamView();
  }

  @Override
  public ClientResponse response() {
    return answerState;
  }

  @Override
  public Optional<RouteMatch> match() {
    return Optional.ofNullable(match);
  }

  /** The route that matched; null when none did. */
  public RouteMatch matched() {
    return match;
  }

  @Override
  public Optional<Consumer> consumer() {
    return Optional.ofNullable(consumer);
  }

  String consumerId() {
    return consumer == null ? null : consumer.id();
  }

  @Override
  public Optional<Credential> credential() {
    return Optional.ofNullable(credential);
  }

  @Override
  public void authenticate(Optional<Consumer> who, Optional<Credential> with) {
    require("authenticate()", IDENTIFYING);
    consumer = who.orElse(null);
    credential = with.orElse(null);
    identity = 0;
    outbound.identify(who, with.flatMap(Credential::identifier), false);
  }

  @Override
  public void authenticate(Identity who) {
    require("authenticate()", IDENTIFYING);
    consumer = who.consumer();
    credential = who.credential();
    identity = who.number();
    outbound.identify(who);
  }

  @Override
  public long identityNumber() {
    return identity;
  }

  @Override
  public void authenticateAnonymous(Consumer who) {
    require("authenticateAnonymous()", IDENTIFYING);
    consumer = who;
    credential = null;
    identity = 0;
    outbound.identify(Optional.of(who), Optional.empty(), true);
  }

  @Override
  public void answer(Answer given) {
    require("answer()", ANSWERING);
    if (answer == null) {
      answer = given;
    }
  }

  @Override
  public boolean answered() {
    return answer != null;
  }

  Answer given() {
    return answer;
  }

  @Override
  public <T> Optional<T> get(ContextKey<T> key) {
    return values == null ? Optional.empty() : Optional.ofNullable(values.get(key)).map(key::cast);
  }

  @Override
  public <T> void put(ContextKey<T> key, T value) {
    if (values == null) {
      values = new IdentityHashMap<>();
    }
    values.put(key, value);
  }

  @Override
  public EntityReader entities() {
    return snapshot.reader(workspace);
  }

  @Override
  public List<String> groups() {
    List<String> names = new ArrayList<>(RequestContext.super.groups());
    if (consumer != null) {
      names.addAll(GroupNames.of(snapshot, workspace, consumer));
    }
    return names;
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public List<Decision> decisions() {
    return placement == null ? List.of() : placement.decisions();
  }
}
