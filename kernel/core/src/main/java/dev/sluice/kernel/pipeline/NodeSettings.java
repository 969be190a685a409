package dev.sluice.kernel.pipeline;

import java.util.Map;

/**
 * The settings of the node that the request path reads, taken apart once.
 *
 * @param tokens what {@code Server} and {@code Via} call this gateway
 * @param show which of Kong's headers are added to answers
 * @param requestIdUpstream whether the request id goes upstream
 * @param trusted peers whose forwarding headers count
 * @param realIpHeader names the client's address when the peer is trusted
 * @param realIpRecursive whether the last address that is not trusted is taken, rather than the last
 * @param errorDefaultType the form of errors when the client names none
 * @param errorTemplates templates by media type, in place of Kong's
 * @param portMaps port that clients see, by port of the listener
 * @param debugHeader whether {@code Kong-Debug} is honoured
 * @param bodyBuffer bytes of a request body that are collected before it goes upstream
 * @param maxBody bytes that a request body may have; 0 for any
 * @param clientTimeouts how long clients are waited for
 * @param filterMillis how long a filter may take to go on
 * @param maxInFlight requests under way on one event loop, above which others are turned away
 * @param pool limits of the connections to upstreams
 */
public record NodeSettings(
    Tokens tokens,
    Show show,
    boolean requestIdUpstream,
    TrustedPeers trusted,
    String realIpHeader,
    boolean realIpRecursive,
    String errorDefaultType,
    Map<String, String> errorTemplates,
    Map<Integer, Integer> portMaps,
    boolean debugHeader,
    int bodyBuffer,
    long maxBody,
    ClientTimeouts clientTimeouts,
    long filterMillis,
    long maxInFlight,
    Pool pool) {

  /**
   * How long clients are waited for, in milliseconds.
   *
   * @param headMillis from the connection to the end of the head of its first request
   * @param idleMillis from an answer to the end of the head of the next request
   * @param bodyMillis between two parts of a body
   * @param sendMillis between two parts of an answer that they take
   */
  public record ClientTimeouts(long headMillis, long idleMillis, long bodyMillis, long sendMillis) {}

  /**
   * Which headers are added to answers.
   *
   * @param server Server on answers of the gateway's own
   * @param via Via on proxied answers
   * @param proxyLatency X-Kong-Proxy-Latency
   * @param upstreamLatency X-Kong-Upstream-Latency
   * @param responseLatency X-Kong-Response-Latency
   * @param upstreamStatus X-Kong-Upstream-Status
   * @param requestId X-Kong-Request-Id
   */
  public record Show(
      boolean server,
      boolean via,
      boolean proxyLatency,
      boolean upstreamLatency,
      boolean responseLatency,
      boolean upstreamStatus,
      boolean requestId) {}

  /**
   * Limits of the connections to upstreams, for one event loop.
   *
   * @param size idle connections kept for one address
   * @param maxRequests after which a connection is not used again; 0 for no limit
   * @param idleMillis after which an idle connection is closed
   */
  public record Pool(int size, int maxRequests, long idleMillis) {}
}
