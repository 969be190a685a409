package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery.TagMatch;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The argument {@code tags} of lists.
 *
 * @param tags those asked for
 * @param match how they combine
 */
record TagFilter(List<String> tags, TagMatch match) {

  private static final TagFilter NONE = new TagFilter(List.of(), TagMatch.ALL);
  private static final String ARGUMENT = "tags";
  private static final String TAG = "[\\x20-\\x7E\\x80-\\x{10FFFF}&&[^,/]]+";
  private static final Pattern ALL = Pattern.compile(TAG + "(?:," + TAG + ")*,?");
  private static final Pattern ANY = Pattern.compile(TAG + "(?:/" + TAG + ")*/?");
  private static final int MOST = 5;

  static TagFilter of(AdminRequest request, EntityType<?> type) {
    Optional<String> given = request.argument(ARGUMENT);
    if (given.isEmpty() || !type.schema().fields().containsKey(ARGUMENT)) {
      return NONE;
    }
    String text = given.get();
    if (text.isEmpty()) {
      throw invalid("cannot be null");
    }
    boolean all = ALL.matcher(text).matches();
    if (!all && !ANY.matcher(text).matches()) {
      throw invalid("invalid filter syntax");
    }
    List<String> tags = List.of(text.split(all ? "," : "/", -1));
    if (tags.size() > MOST) {
      throw invalid("cannot query more than " + MOST + " tags");
    }
    return new TagFilter(tags, all ? TagMatch.ALL : TagMatch.ANY);
  }

  private static ApiError invalid(String problem) {
    return new ApiError(
        400,
        new JsonObject()
            .put("code", 11)
            .put("name", "invalid options")
            .put("message", "invalid option (" + ARGUMENT + ": " + problem + ")")
            .put("options", new JsonObject().put(ARGUMENT, problem)));
  }
}
