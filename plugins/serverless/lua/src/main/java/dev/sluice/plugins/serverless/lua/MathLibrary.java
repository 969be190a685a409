package dev.sluice.plugins.serverless.lua;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

/** The libraries {@code math} and {@code bit}. */
final class MathLibrary {

  static final LuaTable MATH = math().seal();
  static final LuaTable BIT = bit().seal();

  private static final int WORD = 32;
  private static final double TWO_TO_32 = 4294967296.0;

  private MathLibrary() {}

  private static Library math() {
    Library math = new Library("math");
    one(math, "abs", Math::abs);
    one(math, "acos", Math::acos);
    one(math, "asin", Math::asin);
    one(math, "atan", Math::atan);
    one(math, "ceil", Math::ceil);
    one(math, "cos", Math::cos);
    one(math, "cosh", Math::cosh);
    one(math, "deg", Math::toDegrees);
    one(math, "exp", Math::exp);
    one(math, "floor", Math::floor);
    one(math, "log10", Math::log10);
    one(math, "rad", Math::toRadians);
    one(math, "sin", Math::sin);
    one(math, "sinh", Math::sinh);
    one(math, "sqrt", Math::sqrt);
    one(math, "tan", Math::tan);
    one(math, "tanh", Math::tanh);
    two(math, "atan2", Math::atan2);
    two(math, "fmod", (a, b) -> a % b);
    two(math, "pow", Math::pow);
    two(math, "ldexp", (a, b) -> Math.scalb(a, (int) b));
    return math
        .value("huge", LuaValue.valueOf(Double.POSITIVE_INFINITY))
        .value("pi", LuaValue.valueOf(Math.PI))
        .fn("log", args -> LuaValue.valueOf(args.has(2)
            ? Math.log(args.number(1)) / Math.log(args.number(2))
            : Math.log(args.number(1))))
        .fn("max", args -> fold(args, Math::max))
        .fn("min", args -> fold(args, Math::min))
        .fn("frexp", MathLibrary::frexp)
        .fn("modf", args -> {
          double whole = args.number(1) < 0 ? Math.ceil(args.number(1)) : Math.floor(args.number(1));
          return varargsOf(LuaValue.valueOf(whole), LuaValue.valueOf(Double.isInfinite(whole) ? 0 : args.number(1) - whole));
        })
        .fn("random", MathLibrary::random)
        .fn("randomseed", args -> NONE);
  }

  private static void one(Library library, String name, DoubleUnaryOperator function) {
    library.fn(name, args -> LuaValue.valueOf(function.applyAsDouble(args.number(1))));
  }

  private static void two(Library library, String name, DoubleBinaryOperator function) {
    library.fn(name, args -> LuaValue.valueOf(function.applyAsDouble(args.number(1), args.number(2))));
  }

  private static LuaValue fold(Args args, DoubleBinaryOperator function) {
    double value = args.number(1);
    args.run().guard().charge(args.count() / 4);
    for (int i = 2; i <= args.count(); i++) {
      value = function.applyAsDouble(value, args.number(i));
    }
    return LuaValue.valueOf(value);
  }

  private static Varargs frexp(Args args) {
    double value = args.number(1);
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return varargsOf(LuaValue.valueOf(value), LuaValue.valueOf(0));
    }
    int exponent = Math.getExponent(value) + 1;
    double mantissa = Math.scalb(value, -exponent);
    while (Math.abs(mantissa) < 0.5) {
      mantissa *= 2;
      exponent--;
    }
    return varargsOf(LuaValue.valueOf(mantissa), LuaValue.valueOf(exponent));
  }

  private static Varargs random(Args args) {
    double random = ThreadLocalRandom.current().nextDouble();
    if (args.count() == 0) {
      return LuaValue.valueOf(random);
    }
    double from = args.count() == 1 ? 1 : Math.floor(args.number(1));
    double to = Math.floor(args.number(args.count() == 1 ? 1 : 2));
    if (from > to) {
      throw args.bad(args.count() == 1 ? 1 : 2, "interval is empty");
    }
    return LuaValue.valueOf(Math.floor(random * (to - from + 1)) + from);
  }

  private static Library bit() {
    Library bit = new Library("bit");
    return bit
        .fn("tobit", args -> LuaValue.valueOf(word(args, 1)))
        .fn("bnot", args -> LuaValue.valueOf(~word(args, 1)))
        .fn("bswap", args -> LuaValue.valueOf(Integer.reverseBytes(word(args, 1))))
        .fn("band", args -> words(args, (a, b) -> a & b))
        .fn("bor", args -> words(args, (a, b) -> a | b))
        .fn("bxor", args -> words(args, (a, b) -> a ^ b))
        .fn("lshift", args -> LuaValue.valueOf(word(args, 1) << (word(args, 2) & WORD - 1)))
        .fn("rshift", args -> LuaValue.valueOf(word(args, 1) >>> (word(args, 2) & WORD - 1)))
        .fn("arshift", args -> LuaValue.valueOf(word(args, 1) >> (word(args, 2) & WORD - 1)))
        .fn("rol", args -> LuaValue.valueOf(Integer.rotateLeft(word(args, 1), word(args, 2))))
        .fn("ror", args -> LuaValue.valueOf(Integer.rotateRight(word(args, 1), word(args, 2))))
        .fn("tohex", args -> {
          int digits = Math.max(-8, Math.min(8, args.optInteger(2, 8)));
          HexFormat form = digits < 0 ? HexFormat.of().withUpperCase() : HexFormat.of();
          String hex = form.toHexDigits(word(args, 1));
          return LuaValue.valueOf(hex.substring(8 - Math.abs(digits)));
        });
  }

  private static int word(Args args, int index) {
    double value = Math.rint(args.number(index));
    return (int) (long) (value - Math.floor(value / TWO_TO_32) * TWO_TO_32);
  }

  private static LuaValue words(Args args, LongBinaryOperator function) {
    long value = word(args, 1);
    args.run().guard().charge(args.count() / 4);
    for (int i = 2; i <= args.count(); i++) {
      value = function.applyAsLong(value, word(args, i));
    }
    return LuaValue.valueOf((int) value);
  }
}
