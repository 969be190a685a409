package dev.sluice.plugins.acl;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The configuration.
 *
 * @param groups those that are let in, or kept out
 * @param deny whether they are kept out
 * @param hideGroupsHeader whether the upstream is not told the groups
 * @param alwaysUseAuthenticatedGroups whether the groups that somebody else vouches for come before the consumer's
 */
record AclConfig(Set<String> groups, boolean deny, boolean hideGroupsHeader, boolean alwaysUseAuthenticatedGroups) {

  private static final String ALLOW = "config.allow";
  private static final String DENY = "config.deny";

  static final ConfigSchema<AclConfig> SCHEMA = ConfigSchema.of(AclConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("allow", Fields.array(Fields.string())
          .describe("The groups that are let in. Either this or deny is set."))
      .field("deny", Fields.array(Fields.string())
          .describe("The groups that are kept out. Either this or allow is set."))
      .field("hide_groups_header", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the upstream gets no header with the groups."))
      .field("always_use_authenticated_groups", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the groups that an identity provider told of count before those of the consumer."))
      .check(Check.onlyOneOf(ALLOW, DENY))
      .check(Check.atLeastOneOf(ALLOW, DENY))
      .build();

  private static AclConfig decode(JsonObject config) {
    List<String> deny = Documents.strings(config, "deny");
    return new AclConfig(
        Set.copyOf(deny.isEmpty() ? Documents.strings(config, "allow") : deny),
        !deny.isEmpty(),
        config.getBoolean("hide_groups_header"),
        config.getBoolean("always_use_authenticated_groups"));
  }
}
