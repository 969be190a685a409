package dev.sluice.plugins.session;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Seal;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sessions outlive the jar that began them. */
class SessionReloadTest extends HotReloadContract {

  private static final String BOB = "00000000-0000-4000-8000-0000000000b0";

  @Override
  protected String plugin() {
    return "session";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(BodyForm.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("secret", SessionFixture.SECRET);
  }

  @Override
  protected void prepare(TestGateway gateway) {
    gateway.create(
        CoreEntities.CONSUMERS, new JsonObject().put("id", BOB).put("username", "bob"));
  }

  @Override
  protected Map<String, String> headers() {
    Ticket ticket = Ticket.begun("id", Instant.now().getEpochSecond(), new Ticket.Owner(BOB, "proof", List.of()));
    String closed = new Seal(SessionFixture.SECRET, "session\0default\0session").close(ticket.encode());
    return Map.of("Cookie", "session=" + closed);
  }
}
