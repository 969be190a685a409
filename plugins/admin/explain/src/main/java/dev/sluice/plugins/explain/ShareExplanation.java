package dev.sluice.plugins.explain;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.explain.Explainer.Deal;
import dev.sluice.api.explain.Explainer.Redeal;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code POST /explain/canary}: which consumers another share would move. */
final class ShareExplanation {

  private static final int PAGE = 1000;
  private static final int SHOWN = 100;
  private static final int ALL = 100;

  static final Schema SCHEMA =
      Schema.builder()
          .field("percentage", Fields.number().required().between(0, ALL).describe("The share that is asked about."))
          .field("plugin", Fields.string().describe("The id of the plugin that configures the strategy."))
          .field("service", Fields.string().describe("Or the service that it is attached to: an id or a name."))
          .field("route", Fields.string().describe("Or the route: an id or a name."))
          .field("size", Fields.integer().required().defaultTo(SHOWN).between(1, PAGE)
              .describe("How many of those who move are listed."))
          .field("offset", Fields.string().describe("Where the list of an earlier answer ended."))
          .build();

  private final PluginContext context;
  private final StrategyFinder finder;

  ShareExplanation(PluginContext context) {
    this.context = context;
    this.finder = new StrategyFinder(context);
  }

  Future<AdminResponse> answer(AdminCall call) {
    JsonObject asked;
    try {
      asked = Question.read(call, SCHEMA);
    } catch (ApiError refusal) {
      return Future.failedFuture(refusal);
    }
    double percentage = asked.getDouble("percentage");
    Optional<Entities> door = context.entities().in(call.workspace());
    return door.isEmpty()
        ? Future.failedFuture(ApiError.of(404, "Not found"))
        : finder.find(door.get(), asked, percentage).compose(found -> moves(door.get(), asked, found));
  }

  private Future<AdminResponse> moves(Entities entities, JsonObject asked, StrategyFinder.Found found) {
    JsonObject out = new JsonObject()
        .put("plugin", new JsonObject().put("id", found.id()).put("name", found.name()))
        .put("percentage", asked.getDouble("percentage"))
        .put("by", found.by());
    if (!found.by().equals("consumer")) {
      return Future.succeededFuture(AdminResponse.json(200, out
          .put("consumers", null)
          .put("note", "clients are told apart by " + found.by() + ", and nobody knows all of those in advance")));
    }
    Tally tally = new Tally(asked.getInteger("size"), Optional.ofNullable(asked.getString("offset")));
    return page(entities, found, asked.getDouble("percentage"), tally, Optional.empty())
        .map(done -> AdminResponse.json(200, tally.into(out)));
  }

  private Future<Void> page(
      Entities entities, StrategyFinder.Found found, double percentage, Tally tally, Optional<String> after) {
    PageQuery first = PageQuery.of(CoreEntities.CONSUMERS.name(), PAGE);
    return entities
        .page(CoreEntities.CONSUMERS, after.map(first::after).orElse(first))
        .compose(rows -> {
          Map<String, String> names = new HashMap<>();
          rows.forEach(row -> names.put(row.getString("id"), Documents.string(row, "username", "")));
          List<String> ids = rows.stream().map(row -> row.getString("id")).toList();
          return context.explainer().redeal(found.id(), percentage, ids).compose(redeal -> {
            List<Deal> deals = redeal.map(Redeal::deals).orElseThrow(() -> ApiError.of(409, "the strategy is gone"));
            deals.forEach(deal -> tally.count(deal, names.get(deal.key())));
            return rows.size() < PAGE
                ? Future.succeededFuture()
                : page(entities, found, percentage, tally, Optional.of(ids.get(ids.size() - 1)));
          });
        });
  }

  /** Counts all, and lists a page of those who move. */
  private static final class Tally {
    private final int size;
    private final Optional<String> after;
    private final JsonArray moved = new JsonArray();
    private Optional<String> offset = Optional.empty();
    private long consumers;
    private long in;
    private long out;
    private long inside;

    Tally(int size, Optional<String> after) {
      this.size = size;
      this.after = after;
    }

    void count(Deal deal, String name) {
      consumers++;
      inside += deal.then().isEmpty() ? 0 : 1;
      if (deal.now().equals(deal.then())) {
        return;
      }
      in += deal.then().isEmpty() ? 0 : 1;
      out += deal.then().isEmpty() ? 1 : 0;
      if (after.isPresent() && deal.key().compareTo(after.get()) <= 0) {
        return;
      }
      if (moved.size() == size) {
        offset = Optional.of(moved.getJsonObject(size - 1).getString("id"));
        return;
      }
      moved.add(new JsonObject()
          .put("id", deal.key())
          .put("username", name.isEmpty() ? null : name)
          .put("bucket", deal.bucket())
          .put("from", deal.now().isEmpty() ? null : deal.now())
          .put("to", deal.then().isEmpty() ? null : deal.then()));
    }

    JsonObject into(JsonObject answer) {
      return answer
          .put("consumers", consumers)
          .put("inside", new JsonObject().put("now", inside - in + out).put("then", inside))
          .put("in", in)
          .put("out", out)
          .put("moved", moved)
          .put("offset", offset.orElse(null));
    }
  }
}
