package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an expression of what the grammar has taken apart. Or binds tighter than and, as in Kong's. */
final class ExpressionReader {

  private static final String TOO_LARGE = "number too large to fit in target type";

  private final Complaint complaint;

  private ExpressionReader(String source) {
    this.complaint = new Complaint(source);
  }

  /**
   * Reads an expression.
   *
   * @throws ExpressionException when it is none
   */
  static Expression read(String source) {
    return new ExpressionReader(source).expression(Grammar.parse(source));
  }

  private Expression expression(Node node) {
    List<Expression> all = new ArrayList<>();
    List<Expression> either = new ArrayList<>();
    for (Node child : node.children()) {
      switch (child.rule()) {
        case TERM -> either.add(term(child));
        case AND_OP -> {
          all.add(or(either));
          either = new ArrayList<>();
        }
        default -> {}
      }
    }
    all.add(or(either));
    return all.size() == 1 ? all.get(0) : new Expression.And(List.copyOf(all));
  }

  private static Expression or(List<Expression> parts) {
    return parts.size() == 1 ? parts.get(0) : new Expression.Or(List.copyOf(parts));
  }

  private Expression term(Node node) {
    Node inner = node.first();
    if (inner.rule() == GrammarRule.PREDICATE) {
      return predicate(inner);
    }
    return inner.first().rule() == GrammarRule.NOT_OP
        ? new Expression.Not(expression(inner.children().get(1)))
        : expression(inner.first());
  }

  private Expression predicate(Node node) {
    Lhs lhs = lhs(node.first());
    Operator operator = Operator.of(node.children().get(1).text());
    Node rhs = node.children().get(2);
    Constant constant = constant(rhs.first());
    return new Expression.Predicate(
        lhs.field(), lhs.lower(), lhs.any(), operator, operator == Operator.REGEX ? regex(constant, rhs) : constant);
  }

  private record Lhs(String field, boolean lower, boolean any) {}

  private Lhs lhs(Node node) {
    Node inner = node.first();
    if (inner.rule() == GrammarRule.IDENT) {
      return new Lhs(inner.text(), false, false);
    }
    String function = inner.first().text();
    Lhs argument = lhs(inner.children().get(1));
    return switch (function) {
      case "lower" -> new Lhs(argument.field(), true, argument.any());
      case "any" -> new Lhs(argument.field(), argument.lower(), true);
      default -> throw complaint.of(inner, "unknown transformation function: " + function);
    };
  }

  private Constant constant(Node node) {
    return switch (node.rule()) {
      case STR_LITERAL, RAWSTR_LITERAL -> new Constant.Text(text(node));
      case IPV4_LITERAL -> new Constant.Address(address(node, IpAddress.parse(node.text()), "IPv4"));
      case IPV6_LITERAL -> new Constant.Address(address(node, IpAddress.parse(node.text()), "IPv6"));
      case IPV4_CIDR_LITERAL -> new Constant.Network(network(node, "IPv4", 32));
      case IPV6_CIDR_LITERAL -> new Constant.Network(network(node, "IPv6", 128));
      default -> new Constant.Int(number(node));
    };
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    for (Node piece : node.children()) {
      text.append(piece.rule() == GrammarRule.STR_ESC ? escaped(piece.text().charAt(1)) : piece.text());
    }
    return text.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default -> String.valueOf(c);
    };
  }

  private IpAddress address(Node node, Optional<IpAddress> address, String family) {
    return address.orElseThrow(() -> complaint.of(node, "invalid " + family + " address syntax"));
  }

  private IpNetwork network(Node node, String family, int most) {
    int slash = node.text().indexOf('/');
    String first = node.text().substring(0, slash);
    IpAddress address =
        (most == 32 ? IpAddress.v4(first, true) : IpAddress.parse(first))
            .orElseThrow(
                () ->
                    complaint.of(node, "couldn't parse address in network: invalid " + family + " address syntax"));
    int length = Integer.parseInt(node.text().substring(slash + 1));
    if (length > 255) {
      throw complaint.of(node, "couldn't parse length in network: " + TOO_LARGE);
    }
    if (length > most) {
      throw complaint.of(
          node,
          "invalid length for network: Network length " + length + " is too long for "
              + (most == 32 ? "Ipv4" : "Ipv6") + " (maximum: " + most + ")");
    }
    IpNetwork network = new IpNetwork(address, length);
    if (!network.begins()) {
      throw complaint.of(node, "host part of address was not zero");
    }
    return network;
  }

  private long number(Node node) {
    Node digits = node.first();
    int radix = digits.rule() == GrammarRule.HEX_DIGITS ? 16 : digits.rule() == GrammarRule.OCT_DIGITS ? 8 : 10;
    try {
      long number = Long.parseLong(digits.text(), radix);
      return node.text().startsWith("-") ? -number : number;
    } catch (NumberFormatException tooLarge) {
      throw complaint.of(digits, TOO_LARGE);
    }
  }

  private Constant regex(Constant constant, Node rhs) {
    if (!(constant instanceof Constant.Text text)) {
      throw complaint.of(rhs, "regex operator can only be used with String operands");
    }
    try {
      return new Constant.Pattern(Regex.linear(text.value()));
    } catch (IllegalArgumentException wrong) {
      throw complaint.of(rhs, RegexComplaint.of(text.value(), wrong.getMessage()));
    }
  }
}
