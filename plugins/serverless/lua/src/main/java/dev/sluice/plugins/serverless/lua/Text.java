package dev.sluice.plugins.serverless.lua;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.luaj.vm2.LuaString;

/** Texts of Lua, which are bytes, and texts of Java. */
final class Text {

  private Text() {}

  /** What has come over the wire as one character for a byte, such as the value of a header. */
  static LuaString wire(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 255) {
        return utf8(text);
      }
    }
    return LuaString.valueUsing(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One character for a byte. */
  static String wire(LuaString text) {
    return new String(text.m_bytes, text.m_offset, text.m_length, StandardCharsets.ISO_8859_1);
  }

  /** A text in UTF-8. */
  static LuaString utf8(String text) {
    return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the bytes say as UTF-8; what they do not say is replaced. */
  static String utf8(LuaString text) {
    return new String(text.m_bytes, text.m_offset, text.m_length, StandardCharsets.UTF_8);
  }

  /** What the bytes say as UTF-8; empty when they are none. */
  static Optional<String> strictUtf8(LuaString text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.m_bytes, text.m_offset, text.m_length);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException none) {
      return Optional.empty();
    }
  }

  static LuaString of(Buffer bytes) {
    return LuaString.valueUsing(bytes.getBytes());
  }

  static Buffer buffer(LuaString text) {
    return Buffer.buffer(bytes(text));
  }

  static byte[] bytes(LuaString text) {
    byte[] copy = new byte[text.m_length];
    System.arraycopy(text.m_bytes, text.m_offset, copy, 0, text.m_length);
    return copy;
  }
}
