package dev.sluice.plugins.requesttransformer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** An expression in Lua's notation, without statements and functions of its own. Immutable. */
sealed interface Expression {

  /** The value in a request. */
  Object value(Scope scope);

  /** The expressions that it is made of. */
  default List<Expression> parts() {
    return List.of();
  }

  /** Whether it asks for a variable. */
  default boolean refersTo(String variable) {
    return parts().stream().anyMatch(part -> part.refersTo(variable));
  }

  /** A value that is always the same. */
  record Literal(Object constant) implements Expression {
    @Override
    public Object value(Scope scope) {
      return constant;
    }
  }

  /** A variable. */
  record Variable(String name) implements Expression {
    @Override
    public Object value(Scope scope) {
      return scope.variable(name);
    }

    @Override
    public boolean refersTo(String variable) {
      return name.equals(variable);
    }
  }

  /** {@code table.key} and {@code table[key]}. */
  record Index(Expression table, Expression key) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Lua.index(table.value(scope), key.value(scope));
    }

    @Override
    public List<Expression> parts() {
      return List.of(table, key);
    }
  }

  /** {@code left and right}, {@code left or right}: the right side counts only when it must. */
  record Logic(boolean and, Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object first = left.value(scope);
      return Lua.truth(first) == and ? right.value(scope) : first;
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** An operator between two values. */
  record Binary(Expression left, Expression right, BinaryOperator<Object> operator) implements Expression {
    @Override
    public Object value(Scope scope) {
      return operator.apply(left.value(scope), right.value(scope));
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** A call of a function that {@link Lua} knows. */
  record Call(String function, List<Expression> parts) implements Expression {
    @Override
    public Object value(Scope scope) {
      List<Object> values = new ArrayList<>(parts.size());
      for (Expression part : parts) {
        values.add(part.value(scope));
      }
      return Lua.call(function, values);
    }
  }
}
