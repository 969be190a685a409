package dev.sluice.plugins.routerexpressions;

/** The types of fields and constants. Fields have only the first three. */
enum FieldType {
  STRING,
  INT,
  IP_ADDR,
  IP_CIDR,
  REGEX
}
