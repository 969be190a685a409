package dev.sluice.plugins.traffic;

import dev.sluice.api.request.EndedRequest;

/**
 * Which requests are asked for. What is empty leaves all in.
 *
 * @param workspace the id
 * @param service the id
 * @param route the id
 * @param upstream the id
 * @param status a status, or its first digit and {@code xx}
 */
record Wanted(String workspace, String service, String route, String upstream, String status) {

  private static boolean fits(String wanted, String given) {
    return wanted.isEmpty() || wanted.equals(given);
  }

  /** Whether requests at a place are asked for. */
  boolean place(Place place) {
    return workspace.equals(place.workspace())
        && fits(service, place.service())
        && fits(route, place.route())
        && fits(upstream, place.upstream());
  }

  /** Whether a request is asked for. */
  boolean request(EndedRequest request) {
    return workspace.equals(request.workspace())
        && (status.isEmpty() || status(request.status()))
        && (route.isEmpty() || request.route().filter(each -> route.equals(each.route().id())).isPresent())
        && (service.isEmpty()
            || request.route().flatMap(each -> each.service()).filter(each -> service.equals(each.id())).isPresent())
        && (upstream.isEmpty() || request.upstream().filter(each -> upstream.equals(each.id())).isPresent());
  }

  private boolean status(int given) {
    int first = status.charAt(0) - '0';
    return status.endsWith("xx") ? given / 100 == first : status.equals(Integer.toString(given));
  }
}
