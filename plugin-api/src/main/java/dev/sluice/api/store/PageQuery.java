package dev.sluice.api.store;

import java.util.List;
import java.util.Optional;

/**
 * Asks for rows of one type.
 *
 * @param type the type
 * @param workspace only of this workspace, when present
 * @param reference only rows with this reference, when present
 * @param tags only rows with these tags
 * @param tagMatch how several tags combine
 * @param afterId the id of the last row of the page before
 * @param limit at most so many
 */
public record PageQuery(
    String type,
    Optional<String> workspace,
    Optional<Reference> reference,
    List<String> tags,
    TagMatch tagMatch,
    Optional<String> afterId,
    int limit) {

  /** How several tags combine. */
  public enum TagMatch {
    /** A row has all of them. */
    ALL,
    /** A row has at least one of them. */
    ANY
  }

  /** All rows of a type, from the first on. */
  public static PageQuery of(String type, int limit) {
    return new PageQuery(
        type, Optional.empty(), Optional.empty(), List.of(), TagMatch.ALL, Optional.empty(), limit);
  }

  /** The same query, for the rows after an id. */
  public PageQuery after(String id) {
    return new PageQuery(type, workspace, reference, tags, tagMatch, Optional.of(id), limit);
  }
}
