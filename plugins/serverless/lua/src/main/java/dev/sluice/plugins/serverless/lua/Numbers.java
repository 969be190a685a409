package dev.sluice.plugins.serverless.lua;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;

/** Numbers as Lua writes them. */
final class Numbers {

  private static final int DIGITS = 14;

  /** Units that a number with a fraction takes to be written. */
  private static final int COST = 60;

  private static final double PLAIN = 1e14;

  private Numbers() {}

  /** A number as {@code tostring} has it. */
  static LuaString text(LuaNumber number) {
    double value = number.todouble();
    if (value != Math.rint(value)) {
      Run.current().guard().charge(COST);
    }
    return LuaString.valueOf(show(value));
  }

  /** A number with at most 14 digits. */
  static String show(double value) {
    if (value == Math.rint(value) && Math.abs(value) < PLAIN) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return special(value).isEmpty() ? general(value, DIGITS, false) : special(value);
  }

  /** What is no number that digits could tell; empty for all others. */
  static String special(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return Double.isInfinite(value) ? value > 0 ? "inf" : "-inf" : "";
  }

  /**
   * A finite number in C's format {@code %g}.
   *
   * @param zeros whether trailing zeros stay
   */
  static String general(double value, int precision, boolean zeros) {
    int digits = Math.max(1, precision);
    if (value == 0) {
      String sign = 1 / value < 0 ? "-" : "";
      return sign + (zeros && digits > 1 ? "0." + "0".repeat(digits - 1) : "0");
    }
    BigDecimal rounded = decimal(value, digits).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= digits) {
      return exponential(value, digits - 1, !zeros);
    }
    String plain = rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN).toPlainString();
    return zeros ? plain : trimmed(plain);
  }

  /** The shortest digits that mean the number, unless they stand between two roundings: all that it has are many. */
  private static BigDecimal decimal(double value, int digits) {
    BigDecimal shortest = BigDecimal.valueOf(value);
    String unscaled = shortest.unscaledValue().abs().toString();
    boolean tie = unscaled.length() > digits && unscaled.charAt(digits) == '5'
        && unscaled.chars().skip(digits + 1L).allMatch(c -> c == '0');
    return tie ? new BigDecimal(value) : shortest;
  }

  /** A finite number in C's format {@code %e}. */
  static String exponential(double value, int precision, boolean trim) {
    if (value == 0) {
      String mantissa = precision == 0 ? "0" : "0." + "0".repeat(precision);
      return (1 / value < 0 ? "-" : "") + (trim ? "0" : mantissa) + "e+00";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String mantissa = rounded.scaleByPowerOfTen(-exponent).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    String tail = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return (trim ? trimmed(mantissa) : mantissa) + "e" + tail;
  }

  /** A finite number in C's format {@code %f}. */
  static String fixed(double value, int precision) {
    String text = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return value < 0 && !text.startsWith("-") || value == 0 && 1 / value < 0 ? "-" + text : text;
  }

  private static String trimmed(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
