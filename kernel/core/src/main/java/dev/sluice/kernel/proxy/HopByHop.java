package dev.sluice.kernel.proxy;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.List;

/** Headers that concern one connection only and are not passed on (RFC 9110 §7.6.1). */
final class HopByHop {

  private HopByHop() {}

  /** Whether a line of a request is left out, whatever its Connection header says; the kernel writes its own. */
  static boolean inRequest(CharSequence name) {
    return switch (name.length()) {
      case 2 -> is(name, "te");
      case 3 -> is(name, "via");
      case 4 -> is(name, "host");
      case 5 -> is(name, "proxy");
      case 6 -> is(name, "expect");
      case 7 -> is(name, "upgrade");
      case 9 -> is(name, "x-real-ip");
      case 10 -> is(name, "connection") || is(name, "keep-alive");
      case 14 -> is(name, "content-length");
      case 15 -> is(name, "x-forwarded-for");
      case 16 -> is(name, "proxy-connection") || forwarded(name);
      case 17 -> is(name, "transfer-encoding") || forwarded(name) || is(name, "x-kong-request-id");
      case 18 -> is(name, "x-forwarded-prefix");
      default -> false;
    };
  }

  private static boolean forwarded(CharSequence name) {
    return is(name, "x-forwarded-host")
        || is(name, "x-forwarded-port")
        || is(name, "x-forwarded-path")
        || is(name, "x-forwarded-proto");
  }

  /** Whether a line of an answer is left out. */
  static boolean inAnswer(CharSequence name) {
    return switch (name.length()) {
      case 7 -> is(name, "upgrade") || is(name, "trailer");
      case 10 -> is(name, "connection") || is(name, "keep-alive");
      case 16 -> is(name, "proxy-connection");
      case 17 -> is(name, "transfer-encoding");
      default -> false;
    };
  }

  private static boolean is(CharSequence name, String wanted) {
    return AsciiString.contentEqualsIgnoreCase(name, wanted);
  }

  /** Names that the Connection lines of a message add to those left out; empty in the usual case. */
  static List<String> named(MultiMap headers) {
    List<String> lines = headers.getAll("connection");
    if (lines.isEmpty()) {
      return List.of();
    }
    if (lines.size() == 1 && (is(lines.get(0), "keep-alive") || is(lines.get(0), "close"))) {
      return List.of();
    }
    return lines.stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(String::trim)
        .filter(name -> !name.isEmpty() && !framing(name))
        .toList();
  }

  /** A client must not be able to take away what frames the message or what the gateway vouches for. */
  private static boolean framing(String name) {
    return is(name, "content-length") || is(name, "host") || is(name, "close") || is(name, "keep-alive");
  }

  static boolean contains(List<String> names, CharSequence name) {
    for (String each : names) {
      if (AsciiString.contentEqualsIgnoreCase(each, name)) {
        return true;
      }
    }
    return false;
  }
}
