package dev.sluice.plugins.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserPasswordTest {

  private static Optional<String> read(String header) {
    return UserPassword.read(header, "ldap")
        .map(pair -> pair.name() + " " + new String(pair.password(), StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aNameEndsAtTheFirstColon() {
    assertThat(read("ldap " + encoded("a:b:c"))).contains("a b:c");
    assertThat(read("Ldap " + encoded("a:"))).contains("a ");
    assertThat(read("  ldap\t " + encoded("ü:ü") + "  ")).contains("ü ü");
    assertThat(read("ldapYTpi")).contains("a b");
  }

  @Test
  void whatIsNoPairIsNothing() {
    for (String header : new String[] {"", "ldap", "ldap ", "LDAP YTpi", "basic YTpi", "ldap !", "ldap YTpiY",
        "ldap " + encoded("a"), "ldap " + encoded(":b")}) {
      assertThat(read(header)).as(header).isEmpty();
    }
  }

  @Test
  void thePasswordShowsInNoText() {
    assertThat(UserPassword.read("ldap " + encoded("name:secret"), "ldap").orElseThrow().toString()).isEqualTo("name");
  }

  @Test
  void aSchemeMayBeInAnyCase() {
    assertThat(UserPassword.readAnyCase("LDAP  YTpi", "ldap").map(UserPassword::name)).contains("a");
    assertThat(UserPassword.readAnyCase("basic YTpi", "Basic").map(UserPassword::name)).contains("a");
    for (String header : new String[] {"", "LDAP", "LDAPYTpi", "Basic YTpi", "ldap !"}) {
      assertThat(UserPassword.readAnyCase(header, "ldap")).as(header).isEmpty();
    }
  }
}
