package dev.sluice.kernel.config;

import dev.sluice.api.store.Store.TagRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Puts the tags of a workspace and those of entities that belong to none into one list, in the order of stores. */
final class TagPages {

  private static final Comparator<TagRow> ORDER =
      bytes(TagRow::tag).thenComparing(bytes(TagRow::type)).thenComparing(bytes(TagRow::id));

  private TagPages() {}

  private static Comparator<TagRow> bytes(Function<TagRow, String> part) {
    return (one, other) ->
        Arrays.compareUnsigned(
            part.apply(one).getBytes(StandardCharsets.UTF_8), part.apply(other).getBytes(StandardCharsets.UTF_8));
  }

  static List<TagRow> merged(List<TagRow> own, List<TagRow> global, int limit) {
    if (global.isEmpty()) {
      return own;
    }
    List<TagRow> all = new ArrayList<>(own);
    all.addAll(global);
    all.sort(ORDER);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
