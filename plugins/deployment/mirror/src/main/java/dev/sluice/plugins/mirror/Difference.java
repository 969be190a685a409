package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonObject;

/**
 * One thing in which two answers differ.
 *
 * @param place {@code status}, {@code header X}, {@code body}, or a path into JSON such as {@code $.items[3].id}
 * @param kind the same for all elements of an array, such as {@code $.items[*].id}
 * @param primary what the upstream has said there, as it may be shown
 * @param shadow what the shadow has said there, as it may be shown
 */
record Difference(String place, String kind, String primary, String shadow) {

  Difference(String place, String primary, String shadow) {
    this(place, place, primary, shadow);
  }

  JsonObject shown() {
    return new JsonObject().put("at", Shown.place(place)).put("primary", primary).put("shadow", shadow);
  }
}
