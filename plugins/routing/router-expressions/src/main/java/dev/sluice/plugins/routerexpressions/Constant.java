package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.Regex;

/** What a field is compared with. */
sealed interface Constant {

  /** The type. */
  FieldType type();

  /** A text. */
  record Text(String value) implements Constant {
    @Override
    public FieldType type() {
      return FieldType.STRING;
    }
  }

  /** A whole number. */
  record Int(long value) implements Constant {
    @Override
    public FieldType type() {
      return FieldType.INT;
    }
  }

  /** An address. */
  record Address(IpAddress value) implements Constant {
    @Override
    public FieldType type() {
      return FieldType.IP_ADDR;
    }
  }

  /** A network. */
  record Network(IpNetwork value) implements Constant {
    @Override
    public FieldType type() {
      return FieldType.IP_CIDR;
    }
  }

  /** A regular expression. */
  record Pattern(Regex value) implements Constant {
    @Override
    public FieldType type() {
      return FieldType.REGEX;
    }
  }
}
