package dev.sluice.plugins.serverless.lua;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text of a script on its way to the compiler, which knows how far it has been read when something is wrong. */
final class Source extends InputStream {

  private final byte[] bytes;
  private int at;
  private boolean ended;

  Source(String script) {
    // The blank tells the end of the last token from the end of the script.
    bytes = (script + " ").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int read() {
    if (at == bytes.length) {
      ended = true;
      return -1;
    }
    return bytes[at++] & 0xFF;
  }

  /** Not asked for: the compiler takes one byte after another. */
  @Override
  public int read(byte[] into, int offset, int length) {
    int next = length == 0 ? 0 : read();
    if (length > 0 && next >= 0) {
      into[offset] = (byte) next;
    }
    return length == 0 ? 0 : next < 0 ? -1 : 1;
  }

  /** What the compiler says, in the words of LuaJIT's, which also names the token that it stumbled over. */
  String message(String name, String message) {
    String placed = message.startsWith("?:") ? name + message.substring(1) : message;
    String token = token();
    String said = placed.replaceAll("unexpected symbol .*", "unexpected symbol");
    if (said.endsWith(": syntax error") && !token.equals("=") && !token.equals(",")) {
      said = said.replaceAll("syntax error$", "'=' expected");
    }
    return said.contains(" near ") ? said : said + " near '" + token + "'";
  }

  /** The last token that has been read whole: the compiler looks one character ahead. */
  private String token() {
    String read = new String(bytes, 0, at, StandardCharsets.ISO_8859_1);
    String rest = read.substring(0, Math.max(0, at - 1)).stripTrailing();
    int end = rest.length();
    if (ended || end == 0) {
      return "<eof>";
    }
    int from = end - 1;
    if (isWord(rest.charAt(from))) {
      while (from > 0 && isWord(rest.charAt(from - 1))) {
        from--;
      }
    } else if (rest.charAt(from) == '"' || rest.charAt(from) == '\'') {
      from = Math.max(0, rest.lastIndexOf(rest.charAt(from), from - 1));
    }
    byte[] token = rest.substring(from).getBytes(StandardCharsets.ISO_8859_1);
    return new String(token, StandardCharsets.UTF_8);
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 128;
  }
}
