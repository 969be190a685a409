package dev.sluice.kernel.proxy;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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
  static List<String> named(Iterator<Map.Entry<CharSequence, CharSequence>> lines) {
    List<String> named = List.of();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      if (line.getKey().length() == 10 && is(line.getKey(), "connection") && !usual(line.getValue())) {
        named = named.isEmpty() ? new ArrayList<>() : named;
        names(line.getValue().toString(), named);
      }
    }
    return named;
  }

  private static boolean usual(CharSequence connection) {
    return is(connection, "keep-alive") || is(connection, "close");
  }

  private static void names(String connection, List<String> to) {
    for (String each : connection.split(",", -1)) {
      String name = each.trim();
      if (!name.isEmpty() && !framing(name)) {
        to.add(name);
      }
    }
  }

  /** A client must not be able to take away what frames the message or what the gateway vouches for. */
  private static boolean framing(String name) {
    return is(name, "content-length")
        || is(name, "host")
        || usual(name)
        || is(name, "x-anonymous-consumer")
        || begins(name, "x-consumer-")
        || begins(name, "x-credential-");
  }

  private static boolean begins(String name, String with) {
    return name.regionMatches(true, 0, with, 0, with.length());
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
