package dev.sluice.plugins.traffic;

import dev.sluice.api.schema.Types;

/**
 * Where requests went. What there was none of is empty.
 *
 * @param workspace the id
 * @param service the id
 * @param route the id
 * @param upstream the id; for a plain host its name and port
 */
record Place(String workspace, String service, String route, String upstream) {

  /** Of requests for whose places there was no room. */
  static final Place REST = new Place("", "", "", "");

  /** All places of a workspace. */
  static Place anyOf(String workspace) {
    return new Place(workspace, "", "", "");
  }

  /** Whether requests to an upstream go here. Ids are the very same texts as long as their entities stay the same. */
  boolean is(String itsWorkspace, String itsService, String itsUpstream) {
    return service.equals(itsService) && upstream.equals(itsUpstream) && workspace.equals(itsWorkspace);
  }

  /** The name of an upstream that is no entity. */
  static String host(String upstream) {
    return upstream.replace(' ', ':');
  }

  /** Whether something is the id of an entity. */
  static boolean entity(String id) {
    return Types.isUuid(id);
  }
}
