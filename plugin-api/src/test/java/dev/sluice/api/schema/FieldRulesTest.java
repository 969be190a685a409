package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.api.schema.Run.verdict;
import static org.assertj.core.api.Assertions.assertThat;

class FieldRulesTest {

  @Test
  void typesAreTold() {
    assertThat(verdict(Fields.string(), 1)).isEqualTo("expected a string");
    assertThat(verdict(Fields.integer(), "1")).isEqualTo("expected an integer");
    assertThat(verdict(Fields.integer(), 1.5)).isEqualTo("expected an integer");
    assertThat(verdict(Fields.integer(), Double.POSITIVE_INFINITY)).isEqualTo("expected an integer");
    assertThat(verdict(Fields.number(), "1")).isEqualTo("expected a number");
    assertThat(verdict(Fields.bool(), "true")).isEqualTo("expected a boolean");
    assertThat(verdict(Fields.array(Fields.string()), "a")).isEqualTo("expected an array");
    assertThat(verdict(Fields.set(Fields.string()), Run.json("{'1':'a'}"))).isEqualTo("expected a set");
    assertThat(verdict(Fields.map(Fields.string(), Fields.string()), "a")).isEqualTo("expected a map");
    assertThat(verdict(Fields.record(), "a")).isEqualTo("expected a record");
  }

  @Test
  void wholeNumbersMayHaveAPoint() {
    assertThat(verdict(Fields.integer(), 80.0)).isEqualTo("ok");
  }

  @Test
  void textsAreNotEmptyUnlessAllowed() {
    assertThat(verdict(Fields.string(), "")).isEqualTo("length must be at least 1");
    assertThat(verdict(Fields.string().lenMin(0), "")).isEqualTo("ok");
    assertThat(verdict(Fields.string().oneOf("a"), "")).isEqualTo("expected one of: a");
  }

  @Test
  void lengthsCountBytesOfTextsAndElementsOfLists() {
    assertThat(verdict(Fields.string().lenMax(3), "éé")).isEqualTo("length must be at most 3");
    assertThat(verdict(Fields.string().lenEq(2), "abc")).isEqualTo("length must be 2");
    assertThat(verdict(Fields.array(Fields.string()).lenMin(2), new JsonArray().add("a")))
        .isEqualTo("length must be at least 2");
    assertThat(verdict(Fields.map(Fields.string(), Fields.string()).lenMin(1), new JsonObject()))
        .isEqualTo("length must be at least 1");
  }

  @Test
  void rangesIncludeTheirEnds() {
    NumberField field = Fields.number().between(0, 10);
    assertThat(verdict(field, 0)).isEqualTo("ok");
    assertThat(verdict(field, 10)).isEqualTo("ok");
    assertThat(verdict(field, 10.01)).isEqualTo("value should be between 0 and 10");
    assertThat(verdict(Fields.number().gt(0), 0)).isEqualTo("value must be greater than 0");
  }

  @Test
  void choicesCompareNumbersByValue() {
    assertThat(verdict(Fields.integer().oneOf(301, 302), 301.0)).isEqualTo("ok");
    assertThat(verdict(Fields.integer().oneOf(301, 302), 303)).isEqualTo("expected one of: 301, 302");
    assertThat(verdict(Fields.string().notOneOf("a", "b"), "b")).isEqualTo("must not be one of: a, b");
    assertThat(verdict(Fields.bool().eq(false), true)).isEqualTo("value must be false");
    assertThat(verdict(Fields.string().ne("a"), "a")).isEqualTo("value must not be a");
  }

  @Test
  void rulesRunInAFixedOrder() {
    StringField field = Fields.string()
        .check(text -> Optional.of("custom"))
        .match("^%d+$")
        .matchNone("//", "no doubles")
        .startsWith("/");
    assertThat(verdict(field, "x")).isEqualTo("should start with: /");
    assertThat(verdict(field, "//")).isEqualTo("no doubles");
    assertThat(verdict(field, "/x")).isEqualTo("invalid value: /x");
    assertThat(verdict(Fields.string().check(text -> Optional.of("custom")), "x")).isEqualTo("custom");
  }

  @Test
  void patternsMayBeAddedUp() {
    StringField field = Fields.string().matchAll("a", "needs a").matchAll("b", "needs b");
    assertThat(verdict(field, "b")).isEqualTo("needs a");
    assertThat(verdict(field, "a")).isEqualTo("needs b");
    assertThat(verdict(field, "ab")).isEqualTo("ok");
    assertThat(verdict(Fields.string().matchAny("a or b", "^a", "^b"), "c")).isEqualTo("a or b");
    assertThat(verdict(Fields.string().notMatch("c"), "abc")).isEqualTo("invalid value: abc");
  }

  @Test
  void regexesAndUuidsAreKnown() {
    assertThat(verdict(Fields.string().regex(), "(")).isEqualTo("not a valid regex: (");
    assertThat(verdict(Fields.string().uuid(), "x")).isEqualTo("expected a valid UUID");
    assertThat(verdict(Fields.integer().timestamp(), -1)).isEqualTo("expected a valid timestamp");
  }

  @Test
  void elementsMayNotBeNullAndAreNumberedFromOne() {
    ListField field = Fields.array(Fields.string().lenMax(1));
    assertThat(verdict(field, new JsonArray().add("a").addNull())).isEqualTo(
        new JsonArray().addNull().add("required field missing"));
    assertThat(verdict(field, new JsonArray().add("aa").add("b").add("cc"))).isEqualTo(
        new JsonArray().add("length must be at most 1").addNull().add("length must be at most 1"));
  }

  @Test
  void listsMayDemandAndExcludeElements() {
    assertThat(verdict(Fields.array(Fields.string()).contains("exp"), new JsonArray().add("nbf")))
        .isEqualTo("expected to contain: exp");
    ListField exclusive =
        Fields.set(Fields.string()).exclusiveSubsets(List.of(List.of("a", "b"), List.of("c"), List.of("d")));
    assertThat(verdict(exclusive, new JsonArray().add("b").add("c")))
        .isEqualTo("these sets are mutually exclusive: ('a', 'b'), ('c')");
    assertThat(verdict(exclusive, new JsonArray().add("a").add("b"))).isEqualTo("ok");
  }

  @Test
  void mapsReportTheirFirstProblemAsTheirOwn() {
    MapField field = Fields.map(Types.headerName(), Fields.array(Fields.string()));
    assertThat(verdict(field, Run.json("{'x-a':'b'}"))).isEqualTo("expected an array");
    assertThat(verdict(field, Run.json("{'x-a':[1]}"))).isEqualTo(new JsonArray().add("expected a string"));
    assertThat(verdict(field, new JsonArray().add("x"))).isEqualTo("expected a string");
    assertThat(verdict(field, Run.json("{'x-a':null}"))).isEqualTo("required field missing");
  }

  @Test
  void emptyListsAndEmptyObjectsAreTheSame() {
    assertThat(verdict(Fields.set(Fields.string()), new JsonObject())).isEqualTo("ok");
    assertThat(verdict(Fields.map(Fields.string(), Fields.string()), new JsonArray())).isEqualTo("ok");
    assertThat(verdict(Fields.record(), new JsonArray())).isEqualTo("ok");
  }

  @Test
  void recordsNestTheirProblems() {
    RecordField field = Fields.record().field("a", Fields.integer()).field("b", Fields.string().required());
    assertThat(verdict(field, Run.json("{'a':'x','c':1}"))).isEqualTo(
        Run.json("{'a':'expected an integer','c':'unknown field','b':'required field missing'}"));
    assertThat(verdict(field, new JsonArray().add(1))).isEqualTo(new JsonArray().add("unknown field"));
  }

  @Test
  void nullIsTheAbsenceOfAValue() {
    assertThat(verdict(Fields.string(), null)).isEqualTo("ok");
    assertThat(verdict(Fields.string().required(), null)).isEqualTo("required field missing");
    assertThat(verdict(Fields.string().neNull(), null)).isEqualTo("value must not be null");
    assertThat(verdict(Fields.string().eq("a"), null)).isEqualTo("value must be a");
    assertThat(verdict(Fields.string().eqNull(), "a")).isEqualTo("value must be null");
    assertThat(verdict(Fields.string().eqNull().err("not here"), "a")).isEqualTo("not here");
  }

  @Test
  void oneMessageMayReplaceThemAll() {
    StringField field = Fields.string().match("^%l+$").err("lower case only");
    assertThat(verdict(field, "A")).isEqualTo("lower case only");
    assertThat(verdict(field, 1)).isEqualTo("expected a string");
  }

  @Test
  void referencesNeedAnId() {
    assertThat(verdict(Fields.foreign("services"), "x")).isEqualTo(Run.json("{'id':'missing primary key'}"));
    assertThat(verdict(Fields.foreign("services"), new JsonObject())).isEqualTo(
        Run.json("{'id':'missing primary key'}"));
    assertThat(verdict(Fields.foreign("services"), Run.json("{'id':'x'}"))).isEqualTo(
        Run.json("{'id':'expected a valid UUID'}"));
    assertThat(verdict(Fields.foreign("services").eqNull(), Run.json("{'id':'x'}"))).isEqualTo("value must be null");
  }
}
