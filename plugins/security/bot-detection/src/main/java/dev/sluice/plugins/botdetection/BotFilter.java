package dev.sluice.plugins.botdetection;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.routing.Regex;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refuses who introduces itself as a bot. What was found out about a user agent is remembered. */
final class BotFilter implements Filter.Access {

  private static final Answer SEVERAL = Answer.error(400, "Only one User-Agent header allowed");
  private static final Answer FORBIDDEN = Answer.error(403, "Forbidden");
  private static final int MOST = 1000;
  private static final int LONGEST = 512;

  private final List<Regex> allow;
  private final List<Regex> deny;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  BotFilter(BotConfig config) {
    this.allow = config.allow().stream().map(Regex::lenient).toList();
    this.deny = config.deny().stream().map(Regex::lenient).toList();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    List<String> agents = context.request().headers().getAll("User-Agent");
    if (agents.size() > 1) {
      context.answer(SEVERAL);
    } else if (!agents.isEmpty() && !passes(agents.get(0))) {
      context.answer(FORBIDDEN);
    }
    return Filters.CONTINUE;
  }

  private boolean passes(String agent) {
    Boolean remembered = known.get(agent);
    if (remembered != null) {
      return remembered;
    }
    boolean passes = matches(allow, agent) || !matches(deny, agent) && !matches(KnownBots.ALL, agent);
    if (agent.length() <= LONGEST) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(agent, passes);
    }
    return passes;
  }

  private static boolean matches(List<Regex> expressions, String agent) {
    for (Regex expression : expressions) {
      if (expression.found(agent)) {
        return true;
      }
    }
    return false;
  }
}
