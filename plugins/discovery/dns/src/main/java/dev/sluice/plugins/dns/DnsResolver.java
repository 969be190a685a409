package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.plugins.dns.Answer.Host;
import dev.sluice.plugins.dns.DnsSettings.Kind;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Resolves names by the hosts file and by name servers, as the settings say. Safe for all threads. */
final class DnsResolver implements TargetResolver {

  /** Addresses written as such do not change. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private static final Duration HOSTS = Duration.ofSeconds(5);
  private static final int LONGEST_NAME = 253;

  /** Names that may be asked for: no empty label, and a last one that is no number, or it is a misspelt address. */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.)*(?!(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?$)[A-Za-z0-9_-]{1,63}\\.?");

  private final DnsSettings settings;
  private final ResolvConf conf;
  private final HostsFile hosts;
  private final NameServers servers;
  private final Clock clock;
  private final AnswerCache cache;
  private final Map<String, Future<Answer>> underWay = new ConcurrentHashMap<>();

  DnsResolver(DnsSettings settings, ResolvConf conf, HostsFile hosts, NameServers servers, Clock clock) {
    this.settings = settings;
    this.conf = conf;
    this.hosts = hosts;
    this.servers = servers;
    this.clock = clock;
    this.cache = new AnswerCache(settings.cacheSize());
  }

  @Override
  public Future<Resolution> resolve(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    Future<Answer> found =
        Literal.ipv6(host)
            .map(ip -> Future.succeededFuture(itself(Kind.AAAA, ip)))
            .orElseGet(() -> find(name, true));
    return found.map(answer -> answer.at(port, clock.millis(), settings.times().stale()));
  }

  private Answer itself(Kind kind, String ip) {
    return new Answer(kind, List.of(Host.of(ip)), clock.millis() + FOR_EVER.toMillis());
  }

  /**
   * What a name stands for.
   *
   * @param services whether records of services count
   */
  private Future<Answer> find(String name, boolean services) {
    if (Literal.isIpv4(name)) {
      return Future.succeededFuture(itself(Kind.A, name));
    }
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (plain.equals("localhost")) {
      return Future.succeededFuture(itself(Kind.A, "127.0.0.1"));
    }
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches() || plain.endsWith(".invalid")) {
      // Names below .invalid never exist (RFC 6761): asking would only cost time.
      return Future.failedFuture(Failures.absent(settings.times()));
    }
    Optional<Answer> local = local(plain);
    if (local.isPresent()) {
      return Future.succeededFuture(local.get());
    }
    String key = services ? name : name + " addresses";
    return cache.get(key, clock.millis()).orElseGet(() -> ask(key, name, services));
  }

  private Optional<Answer> local(String name) {
    List<InetAddress> four = hosts.four(name);
    List<InetAddress> all = four.isEmpty() ? hosts.six(name) : four;
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Host> found = all.stream().map(NetUtil::toAddressString).distinct().sorted().map(Host::of).toList();
    return Optional.of(
        new Answer(
            four.isEmpty() ? Kind.AAAA : Kind.A,
            found,
            clock.millis() + settings.times().valid().orElse(HOSTS).toMillis()));
  }

  private Future<Answer> ask(String key, String name, boolean services) {
    if (settings.alone()) {
      return kept(key, lookUp(key, name, services));
    }
    Promise<Answer> mine = Promise.promise();
    Future<Answer> other = underWay.putIfAbsent(key, mine.future());
    if (other != null) {
      return other;
    }
    kept(key, lookUp(key, name, services))
        .onComplete(
            answer -> {
              underWay.remove(key, mine.future());
              mine.handle(answer);
            });
    return mine.future();
  }

  private Future<Answer> kept(String key, Future<Answer> lookup) {
    return lookup
        .onSuccess(answer -> cache.put(key, answer))
        .onFailure(
            failure -> {
              if (failure instanceof UnresolvedException unresolved) {
                cache.put(key, unresolved, clock.millis());
              }
            });
  }

  private Future<Answer> lookUp(String key, String name, boolean services) {
    List<Question> questions = new ArrayList<>();
    for (Kind kind : settings.kinds(cache.last(key))) {
      if (services || kind != Kind.SRV) {
        conf.meanings(name).forEach(meaning -> questions.add(new Question(meaning, kind)));
      }
    }
    if (questions.isEmpty()) {
      conf.meanings(name).forEach(meaning -> questions.add(new Question(meaning, Kind.A)));
    }
    return lookUp(questions, 0, Verdict.NONE);
  }

  private record Question(String name, Kind kind) {}

  /**
   * Why nothing was found so far. What servers say of addresses counts for more than what they say of services, of
   * which some know nothing; that nobody could tell counts for more than that there is nothing.
   */
  private record Verdict(Optional<UnresolvedException> services, Optional<UnresolvedException> addresses) {
    static final Verdict NONE = new Verdict(Optional.empty(), Optional.empty());

    Verdict with(Kind kind, UnresolvedException failure) {
      return kind == Kind.SRV
          ? new Verdict(Optional.of(services.filter(before -> !before.absent()).orElse(failure)), addresses)
          : new Verdict(services, Optional.of(addresses.filter(before -> !before.absent()).orElse(failure)));
    }

    UnresolvedException failure() {
      return addresses.or(() -> services).orElseThrow();
    }
  }

  private Future<Answer> lookUp(List<Question> questions, int next, Verdict verdict) {
    if (next == questions.size()) {
      return Future.failedFuture(verdict.failure());
    }
    Question question = questions.get(next);
    return servers
        .ask(question.name(), question.kind())
        .compose(lines -> question.kind() == Kind.SRV ? services(lines) : addresses(question.kind(), lines))
        .recover(
            failure -> {
              UnresolvedException told =
                  failure instanceof UnresolvedException unresolved
                      ? unresolved
                      : Failures.silent(failure, settings.times());
              return lookUp(questions, next + 1, verdict.with(question.kind(), told));
            });
  }

  private Future<Answer> addresses(Kind kind, List<Records.Line> lines) {
    List<Host> found = lines.stream().map(Records.Line::value).distinct().sorted().map(Host::of).toList();
    return Future.succeededFuture(new Answer(kind, found, until(lines)));
  }

  private long until(List<Records.Line> lines) {
    long seconds = lines.stream().mapToLong(Records.Line::ttl).min().orElse(0);
    return clock.millis() + settings.times().valid().orElse(Duration.ofSeconds(seconds)).toMillis();
  }

  /** The servers of the first choice, with their addresses. */
  private Future<Answer> services(List<Records.Line> lines) {
    int first = lines.stream().mapToInt(Records.Line::priority).min().orElse(0);
    List<Records.Line> chosen = lines.stream().filter(line -> line.priority() == first).distinct().toList();
    List<Future<Answer>> each = chosen.stream().map(line -> find(line.value() + ".", false)).toList();
    return Future.join(each)
        .transform(
            ended -> {
              List<Service> found = new ArrayList<>();
              long until = until(lines);
              for (int i = 0; i < chosen.size(); i++) {
                if (each.get(i).succeeded()) {
                  found.add(new Service(chosen.get(i), each.get(i).result()));
                  until = Math.min(until, each.get(i).result().until());
                } else {
                  until = Math.min(until, clock.millis() + settings.times().error().toMillis());
                }
              }
              return found.isEmpty()
                  ? Future.failedFuture(each.get(0).cause())
                  : Future.succeededFuture(new Answer(Kind.SRV, Service.hosts(found), until));
            });
  }
}
