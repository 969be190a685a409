package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.store.PageQuery.TagMatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PagingTest {

  private static int size(String text) {
    return Paging.size(FakeRequest.of("GET", "/services").query("size", text).request());
  }

  @Test
  void readsSizes() {
    assertThat(Paging.size(FakeRequest.of("GET", "/services").request())).isEqualTo(100);
    assertThat(size("1")).isEqualTo(1);
    assertThat(size(" 1e3 ")).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, size must be a number",
    "'', size must be a number",
    "NaN, size must be a number",
    "5d, size must be a number",
    "0, size must be an integer between 1 and 1000",
    "-1, size must be an integer between 1 and 1000",
    "1.5, size must be an integer between 1 and 1000",
    "1001, size must be an integer between 1 and 1000",
  })
  void refusesSizes(String text, String message) {
    ApiError refusal = catchThrowableOfType(ApiError.class, () -> size(text));
    assertThat(refusal.body())
        .isEqualTo(new JsonObject().put("code", 9).put("name", "invalid size").put("message", message));
  }

  @ParameterizedTest
  @CsvSource({
    "x, bad base64 encoding",
    "' ', bad base64 encoding",
    "'', bad json encoding",
    "bm90LWpzb24, bad json encoding",
    "W10, bad json encoding",
    "WzFd, bad json encoding",
    "Int9Ig, bad json encoding",
  })
  void refusesOffsets(String offset, String problem) {
    assertThatThrownBy(() -> Paging.afterId(FakeRequest.of("GET", "/").query("offset", offset).request()))
        .hasMessage("'" + offset + "' is not a valid offset: " + problem);
  }

  @Test
  void goesOnAfterTheLastRow() {
    List<JsonObject> rows = List.of(new JsonObject().put("id", "a"), new JsonObject().put("id", "b"));
    JsonObject page = Paging.byId(rows, 1, offset -> "/x?offset=" + offset);
    assertThat(page.getJsonArray("data")).containsExactly(rows.get(0));
    String offset = page.getString("offset");
    assertThat(page.getString("next")).isEqualTo("/x?offset=" + offset);
    assertThat(Paging.afterId(FakeRequest.of("GET", "/").query("offset", offset).request())).contains("a");
  }

  @Test
  void endsWithoutOffset() {
    JsonObject page = Paging.byId(List.of(), 1, offset -> offset);
    assertThat(page).isEqualTo(new JsonObject().put("data", new JsonArray()).putNull("next"));
  }

  private static TagFilter tags(String text) {
    return TagFilter.of(FakeRequest.of("GET", "/services").query("tags", text).request(), CoreEntities.SERVICES);
  }

  @Test
  void readsTags() {
    assertThat(tags("a,b c")).isEqualTo(new TagFilter(List.of("a", "b c"), TagMatch.ALL));
    assertThat(tags("a/ü")).isEqualTo(new TagFilter(List.of("a", "ü"), TagMatch.ANY));
    assertThat(tags("a,")).isEqualTo(new TagFilter(List.of("a", ""), TagMatch.ALL));
    assertThat(tags("a,b,c,d,e").tags()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "/a", "a,b/c", "a\nb", "\0", ",,"})
  void refusesTags(String text) {
    ApiError refusal = catchThrowableOfType(ApiError.class, () -> tags(text));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body())
        .isEqualTo(
            new JsonObject()
                .put("code", 11)
                .put("name", "invalid options")
                .put("message", "invalid option (tags: invalid filter syntax)")
                .put("options", new JsonObject().put("tags", "invalid filter syntax")));
  }

  @Test
  void refusesNoTagsAndTooManyTags() {
    assertThatThrownBy(() -> tags("")).hasMessage("invalid option (tags: cannot be null)");
    assertThatThrownBy(() -> tags("a/b/c/d/e/f")).hasMessage("invalid option (tags: cannot query more than 5 tags)");
  }

  @Test
  void ignoresTagsWhereThereAreNone() {
    Schema schema = Schema.builder().field("name", Fields.string()).build();
    EntityType<JsonObject> untagged = EntityType.named("untagged", schema, document -> document).build();
    TagFilter filter = TagFilter.of(FakeRequest.of("GET", "/untagged").query("tags", ",").request(), untagged);
    assertThat(filter.tags()).isEmpty();
  }
}
