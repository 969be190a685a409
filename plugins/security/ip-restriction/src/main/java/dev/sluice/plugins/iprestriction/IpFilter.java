package dev.sluice.plugins.iprestriction;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.AddressRange;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.StreamConnection;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the address of the client: the denied are refused, then all who are not among the allowed. */
final class IpFilter implements Filter.Access, Filter.Preread {

  private static final Logger log = LoggerFactory.getLogger(IpFilter.class);

  private final IpConfig config;
  private final List<AddressRange> allow;
  private final List<AddressRange> deny;

  IpFilter(IpConfig config) {
    if (config.status() < 100 || config.status() > 599) {
      throw new IllegalArgumentException(config.status() + " is no status");
    }
    this.config = config;
    this.allow = config.allow().stream().map(AddressRange::of).toList();
    this.deny = config.deny().stream().map(AddressRange::of).toList();
  }

  @Override
  public Future<Void> access(RequestContext context) {
    String client = context.request().clientAddress();
    if (!passes(client)) {
      String message = config.message().orElseGet(() -> "IP address not allowed: " + client);
      context.answer(Answer.error(config.status(), message));
    }
    return Filters.CONTINUE;
  }

  @Override
  public boolean preread(StreamConnection connection) {
    return passes(connection.clientAddress());
  }

  private boolean passes(String client) {
    byte[] address;
    try {
      address = AddressRange.address(client);
    } catch (IllegalArgumentException unknown) {
      log.warn("'{}' is no address: refused", client);
      return false;
    }
    return !contains(deny, address) && (allow.isEmpty() || contains(allow, address));
  }

  private static boolean contains(List<AddressRange> ranges, byte[] address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
