package dev.sluice.plugins.oauth2;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.plugins.authentication.Owner;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application of a consumer that may ask for tokens. Its secret shows in no text. */
final class OauthClient extends Owner {

  static final String CLIENT_ID = "client_id";

  private static final String SECRET = "client_secret";
  private static final String HASH_SECRET = "hash_secret";
  private static final String PUBLIC = "public";
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+[^#]*(#.*)?");

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field("name", Fields.string().required())
      .field(CLIENT_ID, Fields.string().optional().unique().auto())
      .field(SECRET, Fields.string().optional().auto().encrypted())
      .field(HASH_SECRET, Fields.bool().required().defaultTo(false))
      .field("redirect_uris", Fields.array(Fields.string().required().check(OauthClient::checkUri)).optional())
      .field("tags", Types.tags())
      .field("client_type", Fields.string().required().defaultTo("confidential").oneOf("confidential", PUBLIC))
      .finish(OauthClient::hashed)
      .build();

  static final EntityType<OauthClient> TYPE =
      EntityType.named("oauth2_credentials", SCHEMA, OauthClient::new)
          .path("oauth2")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "oauth2")
          .endpointKey(CLIENT_ID)
          .build();

  private final String id;
  private final Optional<String> secret;
  private final boolean hashed;
  private final List<String> redirectUris;
  private final boolean open;

  private OauthClient(JsonObject document) {
    super(document, Optional.ofNullable(document.getString(CLIENT_ID)));
    this.id = document.getString("id");
    this.secret = Optional.ofNullable(document.getString(SECRET));
    this.hashed = document.getBoolean(HASH_SECRET);
    this.redirectUris = Documents.strings(document, "redirect_uris");
    this.open = document.getString("client_type").equals(PUBLIC);
  }

  private static Optional<String> checkUri(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      return Optional.of("cannot parse '" + uri + "'");
    }
    return parts.group(1) == null ? Optional.empty() : Optional.of("fragment not allowed in '" + uri + "'");
  }

  /** A secret is hashed when it is given, or when it shall be from now on; a stored one may be a hash already. */
  private static JsonObject hashed(JsonObject document, JsonObject given) {
    String plain = document.getString(SECRET);
    boolean fresh = plain != null && (given.getValue(SECRET) != null || !ClientSecret.isHash(plain));
    return fresh && document.getBoolean(HASH_SECRET) ? document.put(SECRET, ClientSecret.hash(plain)) : document;
  }

  String id() {
    return id;
  }

  List<String> redirectUris() {
    return redirectUris;
  }

  /** Whether the client can keep no secret. */
  boolean isPublic() {
    return open;
  }

  /** Whether to ask for the secret takes long. */
  boolean isHashed() {
    return hashed;
  }

  boolean hasSecret(String given) {
    return secret
        .filter(known -> hashed ? ClientSecret.matches(given, known) : Secrets.same(known, given))
        .isPresent();
  }
}
