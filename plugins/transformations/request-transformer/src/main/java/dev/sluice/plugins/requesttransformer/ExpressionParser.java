package dev.sluice.plugins.requesttransformer;

import dev.sluice.plugins.requesttransformer.Expression.Binary;
import dev.sluice.plugins.requesttransformer.Expression.Call;
import dev.sluice.plugins.requesttransformer.Expression.Index;
import dev.sluice.plugins.requesttransformer.Expression.Literal;
import dev.sluice.plugins.requesttransformer.Expression.Logic;
import dev.sluice.plugins.requesttransformer.Expression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Reads one expression. */
final class ExpressionParser {

  private static final int DEEPEST = 50;
  private static final Set<String> RESERVED = Set.of(
      "and", "break", "do", "else", "elseif", "end", "for", "function", "if", "in", "local", "not", "or", "repeat",
      "return", "then", "until", "while");

  private final String text;
  private int at;
  private int depth;

  ExpressionParser(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** The expression up to the closing parenthesis. */
  Expression enclosed() {
    Expression whole = or();
    expect(")");
    return whole;
  }

  /** Where the text goes on. */
  int end() {
    return at;
  }

  private Expression or() {
    if (++depth > DEEPEST) {
      throw wrong("too deep");
    }
    Expression left = and();
    while (word("or")) {
      left = new Logic(false, left, and());
    }
    depth--;
    return left;
  }

  private Expression and() {
    Expression left = comparison();
    while (word("and")) {
      left = new Logic(true, left, comparison());
    }
    return left;
  }

  private Expression comparison() {
    Expression left = concatenation();
    if (symbol("==")) {
      return binary(left, concatenation(), Objects::equals);
    } else if (symbol("~=")) {
      return binary(left, concatenation(), (a, b) -> !Objects.equals(a, b));
    } else if (symbol("<=")) {
      return binary(left, concatenation(), (a, b) -> compare(a, b) <= 0);
    } else if (symbol(">=")) {
      return binary(left, concatenation(), (a, b) -> compare(a, b) >= 0);
    } else if (symbol("<")) {
      return binary(left, concatenation(), (a, b) -> compare(a, b) < 0);
    } else if (symbol(">")) {
      return binary(left, concatenation(), (a, b) -> compare(a, b) > 0);
    }
    return left;
  }

  private static int compare(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    } else if (a instanceof Double left && b instanceof Double right) {
      return left.compareTo(right);
    }
    throw new IllegalStateException("attempt to compare " + Lua.type(a) + " with " + Lua.type(b));
  }

  private Expression concatenation() {
    Expression left = sum();
    return symbol("..") ? binary(left, concatenation(), ExpressionParser::concatenate) : left;
  }

  private static Object concatenate(Object a, Object b) {
    if (a instanceof String || a instanceof Double) {
      if (b instanceof String || b instanceof Double) {
        return Lua.text(a) + Lua.text(b);
      }
      throw new IllegalStateException("attempt to concatenate a " + Lua.type(b) + " value");
    }
    throw new IllegalStateException("attempt to concatenate a " + Lua.type(a) + " value");
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (symbol("+")) {
        left = binary(left, product(), (a, b) -> Lua.number(a) + Lua.number(b));
      } else if (symbol("-")) {
        left = binary(left, product(), (a, b) -> Lua.number(a) - Lua.number(b));
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = unary();
    while (true) {
      if (symbol("*")) {
        left = binary(left, unary(), (a, b) -> Lua.number(a) * Lua.number(b));
      } else if (symbol("/")) {
        left = binary(left, unary(), (a, b) -> Lua.number(a) / Lua.number(b));
      } else {
        return left;
      }
    }
  }

  private static Expression binary(Expression left, Expression right, BinaryOperator<Object> operator) {
    return new Binary(left, right, operator);
  }

  private Expression unary() {
    if (word("not")) {
      return binary(nested(), new Literal(null), (value, nothing) -> !Lua.truth(value));
    } else if (symbol("#")) {
      return new Call("len", List.of(nested()));
    } else if (symbol("-")) {
      return binary(nested(), new Literal(null), (value, nothing) -> -Lua.number(value));
    }
    return suffixed();
  }

  private Expression nested() {
    if (++depth > DEEPEST) {
      throw wrong("too deep");
    }
    Expression operand = unary();
    depth--;
    return operand;
  }

  private Expression suffixed() {
    Optional<String> name = name();
    Expression value = name.isPresent() ? named(name.get()) : primary();
    while (true) {
      if (symbol("[")) {
        value = new Index(value, or());
        expect("]");
      } else if (symbol(":")) {
        value = call(name().orElseThrow(() -> wrong("<name> expected")), Optional.of(value));
      } else if (!text.startsWith("..", skipped()) && symbol(".")) {
        value = new Index(value, new Literal(name().orElseThrow(() -> wrong("<name> expected"))));
      } else {
        return value;
      }
    }
  }

  private Expression named(String name) {
    return switch (name) {
      case "nil" -> new Literal(null);
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      default -> {
        if (RESERVED.contains(name)) {
          throw wrong("'" + name + "' is not known here");
        }
        String full = name.equals("string") && symbol(".") ? "string." + name().orElse("") : name;
        yield text.startsWith("(", skipped()) ? call(full, Optional.empty()) : new Variable(full);
      }
    };
  }

  private Expression call(String function, Optional<Expression> self) {
    if (!Lua.knows(function)) {
      throw wrong("there is no function '" + function + "'");
    }
    List<Expression> arguments = new ArrayList<>();
    self.ifPresent(arguments::add);
    expect("(");
    if (!symbol(")")) {
      do {
        arguments.add(or());
      } while (symbol(","));
      expect(")");
    }
    return new Call(function, List.copyOf(arguments));
  }

  private Expression primary() {
    int from = skipped();
    if (symbol("(")) {
      return enclosed();
    } else if (symbol("\"")) {
      return string('"');
    } else if (symbol("'")) {
      return string('\'');
    }
    int end = from;
    while (end < text.length() && (Character.isDigit(text.charAt(end)) || isPoint(end))) {
      end++;
    }
    if (end == from) {
      throw wrong("unexpected symbol");
    }
    at = end;
    return new Literal(Double.valueOf(text.substring(from, end)));
  }

  private boolean isPoint(int index) {
    return text.charAt(index) == '.' && index + 1 < text.length() && Character.isDigit(text.charAt(index + 1));
  }

  private Expression string(char quote) {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
      }
      out.append(c);
    }
    if (at == text.length()) {
      throw wrong("unfinished string");
    }
    at++;
    return new Literal(out.toString());
  }

  private int skipped() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private Optional<String> name() {
    int from = skipped();
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end), end > from)) {
      end++;
    }
    at = end;
    return end == from ? Optional.empty() : Optional.of(text.substring(from, end));
  }

  private static boolean isNamePart(char c, boolean inside) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || inside && c >= '0' && c <= '9';
  }

  private boolean word(String word) {
    int from = skipped();
    int end = from + word.length();
    boolean there = text.startsWith(word, from) && (end == text.length() || !isNamePart(text.charAt(end), true));
    at = there ? end : from;
    return there;
  }

  private boolean symbol(String symbol) {
    boolean there = text.startsWith(symbol, skipped());
    at += there ? symbol.length() : 0;
    return there;
  }

  private void expect(String symbol) {
    if (!symbol(symbol)) {
      throw wrong("'" + symbol + "' expected");
    }
  }

  private IllegalArgumentException wrong(String what) {
    String near = at < text.length() ? "near '" + text.substring(at, Math.min(text.length(), at + 10)) + "'" : "near <eof>";
    return new IllegalArgumentException(what + " " + near);
  }
}
