package dev.sluice.plugins.serverless.lua;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.luaj.vm2.LuaString;

/** The function {@code string.format}. */
final class Formats {

  private static final int MOST = 99;

  private final Args args;
  private final LuaString format;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;
  private String flags = "";
  private int width;
  private int precision;

  private Formats(Args args) {
    this.args = args;
    this.format = args.string(1);
  }

  static LuaString format(Args args) {
    Formats run = new Formats(args);
    args.run().guard().allocate(run.format.m_length);
    int argument = 1;
    while (run.at < run.format.m_length) {
      int c = run.format.luaByte(run.at++);
      if (c != '%') {
        run.out.write(c);
      } else if (run.peek() == '%') {
        run.at++;
        run.out.write('%');
      } else {
        run.item(++argument);
      }
    }
    return LuaString.valueUsing(run.out.toByteArray());
  }

  private int peek() {
    return at < format.m_length ? format.luaByte(at) : 0;
  }

  private void item(int argument) {
    int from = at;
    while ("-+ #0".indexOf(peek()) >= 0 && peek() != 0) {
      at++;
    }
    flags = Text.wire(format.substring(from, at));
    if (flags.length() > 5) {
      throw args.error("invalid format (repeated flags)");
    }
    width = Math.max(0, digits());
    precision = -1;
    if (peek() == '.') {
      at++;
      precision = Math.max(0, digits());
    }
    if (width > MOST || precision > MOST) {
      throw args.error("invalid format (width or precision too long)");
    }
    int kind = peek();
    at++;
    switch (kind) {
      case 'c' -> {
        out.write(args.integer(argument));
      }
      case 'd', 'i', 'u' -> whole(Long.toString((long) args.number(argument)));
      case 'o' -> whole(Long.toOctalString((long) args.number(argument)));
      case 'x' -> whole(hex(argument, "0x"));
      case 'X' -> whole(hex(argument, "0x").toUpperCase(Locale.ROOT));
      case 'e', 'E', 'f', 'g', 'G', 'a', 'A' -> real(kind, args.number(argument));
      case 'q' -> quoted(args.string(argument));
      case 's' -> string(BaseLibrary.tostring(args, args.any(argument)));
      default -> throw args.error("invalid option '%" + (char) kind + "' to 'format'");
    }
  }

  private int digits() {
    int value = -1;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.min(1000, Math.max(0, value) * 10 + peek() - '0');
      at++;
    }
    return value;
  }

  private String hex(int argument, String prefix) {
    long value = (long) args.number(argument);
    return (flags.contains("#") && value != 0 ? prefix : "") + Long.toHexString(value);
  }

  private void whole(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
    padded(sign(negative), digits, precision < 0);
  }

  private String sign(boolean negative) {
    return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
  }

  private void real(int kind, double value) {
    String special = Numbers.special(value);
    args.run().guard().charge(40 + Math.abs(Math.getExponent(value)) / 2);
    boolean negative = value < 0 || value == 0 && 1 / value < 0;
    double size = Math.abs(value);
    int places = precision < 0 ? 6 : precision;
    String text = !special.isEmpty() ? special.replace("-", "") : switch (kind) {
      case 'f' -> Numbers.fixed(size, places);
      case 'e', 'E' -> Numbers.exponential(size, places, false);
      case 'g', 'G' -> Numbers.general(size, places, flags.contains("#"));
      default -> Double.toHexString(size);
    };
    boolean upper = kind >= 'A' && kind <= 'Z';
    padded(sign(negative), upper ? text.toUpperCase(Locale.ROOT) : text, special.isEmpty());
  }

  private void padded(String sign, String digits, boolean mayFill) {
    int missing = Math.max(0, width - sign.length() - digits.length());
    String text = flags.contains("-")
        ? sign + digits + " ".repeat(missing)
        : flags.contains("0") && mayFill ? sign + "0".repeat(missing) + digits : " ".repeat(missing) + sign + digits;
    args.run().guard().allocate(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void string(LuaString text) {
    LuaString shown = precision >= 0 && precision < text.m_length ? text.substring(0, precision) : text;
    args.run().guard().allocate((long) shown.m_length + width);
    byte[] blanks = " ".repeat(Math.max(0, width - shown.m_length)).getBytes(StandardCharsets.ISO_8859_1);
    if (!flags.contains("-")) {
      out.writeBytes(blanks);
    }
    out.write(shown.m_bytes, shown.m_offset, shown.m_length);
    if (flags.contains("-")) {
      out.writeBytes(blanks);
    }
  }

  private void quoted(LuaString text) {
    args.run().guard().allocate(4L * text.m_length);
    out.write('"');
    for (int i = 0; i < text.m_length; i++) {
      int c = text.luaByte(i);
      switch (c) {
        case '"', '\\', '\n' -> {
          out.write('\\');
          out.write(c);
        }
        case '\r' -> out.writeBytes(new byte[] {'\\', 'r'});
        case 0 -> out.writeBytes(new byte[] {'\\', '0'});
        default -> out.write(c);
      }
    }
    out.write('"');
  }
}
