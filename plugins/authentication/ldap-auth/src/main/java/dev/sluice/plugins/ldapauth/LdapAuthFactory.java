package dev.sluice.plugins.ldapauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class LdapAuthFactory implements FilterFactory<LdapAuthConfig> {

  private final Directories directories;

  LdapAuthFactory(Directories directories) {
    this.directories = directories;
  }

  @Override
  public String name() {
    return "ldap-auth";
  }

  @Override
  public int priority() {
    return 1200;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public ConfigSchema<LdapAuthConfig> schema() {
    return LdapAuthConfig.SCHEMA;
  }

  @Override
  public Filter create(LdapAuthConfig config) {
    return new LdapAuthFilter(config, directories);
  }
}
