package dev.sluice.api.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.sluice.api.schema.Run.verdict;
import static org.assertj.core.api.Assertions.assertThat;

class TypesTest {

  private static final String NAME_END = "': the only accepted ascii characters are alphanumerics or ., -, _, and ~";

  @Test
  void names() {
    assertThat(verdict(Types.name(), "Ünï-çødé_1.~😀")).isEqualTo("ok");
    assertThat(verdict(Types.name(), "a b")).isEqualTo("invalid value 'a b" + NAME_END);
    assertThat(verdict(Types.name(), "ab\uFFFD")).isEqualTo(
        "invalid utf-8 character sequence detected at position 3");
    assertThat(verdict(Types.name(), "é\uD800")).isEqualTo("invalid utf-8 character sequence detected at position 3");
  }

  @Test
  void tags() {
    assertThat(verdict(Types.tag(), " a&b 日本")).isEqualTo("ok");
    for (String bad : new String[] {"a/b", "c,d", "a\nb", "a\tb"}) {
      assertThat(verdict(Types.tag(), bad)).isEqualTo("invalid tag '" + bad
          + "': expected printable ascii (except `,` and `/`) or valid utf-8 sequences");
    }
  }

  @Test
  void hosts() {
    assertThat(verdict(Types.host(), "a.test")).isEqualTo("ok");
    assertThat(verdict(Types.host(), "::1")).isEqualTo("ok");
    assertThat(verdict(Types.host(), "a b")).isEqualTo("invalid value: a b");
    assertThat(verdict(Types.host(), "a:80")).isEqualTo("must not have a port");
    assertThat(verdict(Types.host(), "a:99999")).isEqualTo("must not have a port");
    assertThat(verdict(Types.hostWithOptionalPort(), "a:80")).isEqualTo("ok");
    assertThat(verdict(Types.hostWithOptionalPort(), "a b")).isEqualTo("invalid hostname: a b");
    assertThat(verdict(Types.hostWithOptionalPort(), "a:99999")).isEqualTo("invalid port number");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "*.test|ok",
    "a.*|ok",
    "*.a.test:80|ok",
    "*|invalid wildcard: must be placed at leftmost or rightmost label",
    "a*.test|invalid wildcard: must be placed at leftmost or rightmost label",
    "a.*.test|invalid wildcard: must be placed at leftmost or rightmost label",
    "*.a.*|invalid wildcard: must have at most one wildcard",
    "http://x|invalid hostname: http://x"
  })
  void routeHosts(String host, String verdict) {
    assertThat(verdict(Types.routeHost(), host)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a.test|ok",
    "*.a.test|ok",
    "a.*|ok",
    "a.*.b|wildcard must be leftmost or rightmost character",
    "*.a.*|only one wildcard must be specified",
    "127.0.0.1|must not be an IP",
    "a.test:80|must not have a port",
    "a b|invalid value: a b"
  })
  void serverNames(String name, String verdict) {
    assertThat(verdict(Types.wildcardSni(), name)).isEqualTo(verdict);
  }

  @Test
  void plainServerNamesTakeNoWildcard() {
    assertThat(verdict(Types.sni(), "*.a")).isEqualTo("invalid value: *.a");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/a/b|ok",
    "/a%20b|ok",
    "a|should start with: /",
    "/a//b|must not have empty segments",
    "/[x]|invalid path: '/[x]' (characters outside of the reserved list of RFC 3986 found)",
    "/a%zz|invalid url-encoded value: '%zz'",
    "/a%2|invalid url-encoded value: '%2'"
  })
  void paths(String path, String verdict) {
    assertThat(verdict(Types.path(), path)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/|ok",
    "/foo/|ok",
    "/a%2Fb|ok",
    "/with space|ok",
    "/café|ok",
    "/[0-9]+|ok",
    "~/(?<n>\\d+)/x$|ok",
    "foo|should start with: / (fixed path) or ~/ (regex path)",
    "~foo|should start with: / (fixed path) or ~/ (regex path)",
    "//|must not have empty segments",
    "/a/../b|non-normalized path, consider use '/b' instead",
    "/a/./b|non-normalized path, consider use '/a/b' instead",
    "/..|non-normalized path, consider use '/' instead",
    "/a/..|non-normalized path, consider use '/' instead",
    "/a/b/..|non-normalized path, consider use '/a/' instead",
    "/%41bc|non-normalized path, consider use '/Abc' instead",
    "/a%2fb|non-normalized path, consider use '/a%2Fb' instead",
    "/caf%C3%A9|non-normalized path, consider use '/café' instead",
    "/%zz|invalid url-encoded value: '%zz'"
  })
  void routerPaths(String path, String verdict) {
    assertThat(verdict(Types.routerPath(), path)).isEqualTo(verdict);
  }

  @Test
  void routerRegexes() {
    assertThat(verdict(Types.routerPath(), "~/[")).isEqualTo("invalid regex: '/[' (PCRE returned: pcre2_compile()"
        + " failed: missing terminating ] for character class in \"/[\")");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "10.0.0.1|ok", "10.0.0.0/8|ok", "fe80::/10|ok", "::1|ok",
    "10.0.0.0/33|invalid ip or cidr range: '10.0.0.0/33'",
    "10.0.0|invalid ip or cidr range: '10.0.0'",
    "10.0.0.1:80|invalid ip or cidr range: '10.0.0.1:80'"
  })
  void ranges(String text, String verdict) {
    assertThat(verdict(Types.ipOrCidr(), text)).isEqualTo(verdict);
  }

  @Test
  void addresses() {
    assertThat(verdict(Types.ip(), "::1")).isEqualTo("ok");
    assertThat(verdict(Types.ip(), "a.test")).isEqualTo("not an ip address: a.test");
    assertThat(verdict(Types.cidr(), "10.0.0.1")).isEqualTo("invalid cidr range: '10.0.0.1'");
  }

  @Test
  void urls() {
    assertThat(verdict(Types.url(), "http://a.test/x")).isEqualTo("ok");
    assertThat(verdict(Types.url(), "http:///x")).isEqualTo("missing host in url");
    assertThat(verdict(Types.url(), "//a.test")).isEqualTo("missing scheme in url");
  }

  @Test
  void headersCookiesAndMethods() {
    assertThat(verdict(Types.headerName(), "bad name")).isEqualTo(
        "bad header name 'bad name', allowed characters are A-Z, a-z, 0-9, '_', and '-'");
    assertThat(verdict(Types.cookieName(), "s d").toString()).startsWith("contains one or more invalid characters.");
    assertThat(verdict(Types.cookieName(), "sid")).isEqualTo("ok");
    assertThat(verdict(Types.httpMethod(), "get")).isEqualTo("invalid value: get");
    assertThat(verdict(Types.port(), 65_536)).isEqualTo("value should be between 0 and 65535");
    assertThat(verdict(Types.timeout(), -1)).isEqualTo("value should be between 0 and 2147483646");
  }
}
