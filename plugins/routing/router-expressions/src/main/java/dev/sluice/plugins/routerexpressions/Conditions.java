package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.HostText;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Compiles expressions that have been checked. */
final class Conditions {

  private static final long ABSENT = -1;

  private Conditions() {}

  static Condition of(Expression expression) {
    if (expression instanceof Expression.And and) {
      return all(and.parts().stream().map(Conditions::of).toArray(Condition[]::new));
    }
    if (expression instanceof Expression.Or or) {
      return any(or.parts().stream().map(Conditions::of).toArray(Condition[]::new));
    }
    if (expression instanceof Expression.Not not) {
      Condition part = of(not.part());
      return (query, trace) -> !part.holds(query, trace);
    }
    return predicate((Expression.Predicate) expression);
  }

  private static Condition all(Condition[] parts) {
    return (query, trace) -> {
      for (Condition part : parts) {
        if (!part.holds(query, trace)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Condition any(Condition[] parts) {
    return (query, trace) -> {
      for (Condition part : parts) {
        if (part.holds(query, trace)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Condition predicate(Expression.Predicate predicate) {
    return switch (predicate.field()) {
      case "net.src.port", "net.dst.port", "http.path.segments.len" -> number(predicate);
      case "net.src.ip" -> address(predicate, RouteQuery::clientAddress);
      case "net.dst.ip" -> address(predicate, RouteQuery::localAddress);
      default -> text(predicate);
    };
  }

  private static Condition text(Expression.Predicate predicate) {
    TextTest test = TextTest.of(predicate);
    TextField field = TextField.of(predicate.field());
    if (field instanceof TextField.One one) {
      return (query, trace) -> {
        String value = one.of(query);
        return value != null && test.holds(value, trace);
      };
    }
    TextField.Many many = (TextField.Many) field;
    boolean any = predicate.any();
    return (query, trace) -> {
      List<String> values = many.of(query);
      for (int i = 0; i < values.size(); i++) {
        if (test.holds(TextField.characters(values.get(i)), trace) == any) {
          return any;
        }
      }
      return !any && !values.isEmpty();
    };
  }

  private static Condition number(Expression.Predicate predicate) {
    ToLongFunction<RouteQuery> field =
        switch (predicate.field()) {
          case "net.src.port" -> query -> query.clientPort() == 0 ? ABSENT : query.clientPort();
          case "net.dst.port" -> Conditions::port;
          default -> query -> PathSegments.count(query.path());
        };
    LongPredicate test = numberTest(predicate);
    return (query, trace) -> {
      long value = field.applyAsLong(query);
      return value != ABSENT && test.test(value);
    };
  }

  /** The one that the client has named, else that of the listener. */
  private static long port(RouteQuery query) {
    int named = HostText.port(query.host());
    return named == HostText.NO_PORT ? query.localPort() : named;
  }

  private static LongPredicate numberTest(Expression.Predicate predicate) {
    long other = ((Constant.Int) predicate.constant()).value();
    return switch (predicate.operator()) {
      case EQUALS -> value -> value == other;
      case NOT_EQUALS -> value -> value != other;
      case GREATER -> value -> value > other;
      case GREATER_OR_EQUAL -> value -> value >= other;
      case LESS -> value -> value < other;
      case LESS_OR_EQUAL -> value -> value <= other;
      default -> throw new IllegalStateException(predicate.operator().name());
    };
  }

  private static Condition address(Expression.Predicate predicate, Function<RouteQuery, String> field) {
    Predicate<IpAddress> test = addressTest(predicate);
    return (query, trace) -> IpAddress.parse(field.apply(query)).filter(test).isPresent();
  }

  private static Predicate<IpAddress> addressTest(Expression.Predicate predicate) {
    if (predicate.constant() instanceof Constant.Network network) {
      return predicate.operator() == Operator.IN
          ? network.value()::contains
          : address -> !network.value().contains(address);
    }
    IpAddress other = ((Constant.Address) predicate.constant()).value();
    return predicate.operator() == Operator.EQUALS ? other::equals : address -> !other.equals(address);
  }
}
