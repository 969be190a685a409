package dev.sluice.api.request;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.StreamQuery;
import java.util.Optional;

/** A connection that is passed on as it is, once its route is known. On its event loop. */
public interface StreamConnection extends StreamQuery {

  /** Its route. */
  Route route();

  /** The service of the route. */
  Optional<Service> service();
}
