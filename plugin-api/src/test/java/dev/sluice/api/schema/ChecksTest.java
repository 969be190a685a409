package dev.sluice.api.schema;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChecksTest {

  private final Run run = Run.plain();

  private static Schema with(Check check) {
    return Schema.builder()
        .field("a", Fields.string())
        .field("b", Fields.string())
        .field("c", Fields.record().field("d", Fields.string()).field("n", Fields.integer().gt(0)).required())
        .field("l", Fields.array(Fields.string()))
        .check(check)
        .build();
  }

  private Optional<String> message(Check check, String body) {
    return run.message(with(check), body);
  }

  @Test
  void atLeastOneOf() {
    Check check = Check.atLeastOneOf("a", "c.d", "l");
    assertThat(message(check, "{'l':[]}")).contains(
        "schema violation (at least one of these fields must be non-empty: 'a', 'c.d', 'l')");
    assertThat(message(check, "{'c':{'d':'x'}}")).isEmpty();
    assertThat(message(check, "{'a':5}")).contains("schema violation (a: expected a string)");
  }

  @Test
  void onlyOneOf() {
    Check check = Check.onlyOneOf("a", "b");
    assertThat(message(check, "{'a':'x'}")).isEmpty();
    assertThat(message(check, "{'a':'x','b':'x'}")).contains(
        "schema violation (exactly one of these fields must be non-empty: 'a', 'b')");
    assertThat(message(check, "{}")).isPresent();
  }

  @Test
  void mutuallyExclusiveAndRequired() {
    assertThat(message(Check.mutuallyExclusive("a", "b"), "{'a':'x','b':'x'}")).contains(
        "schema violation (only one or none of these fields must be set: 'a', 'b')");
    assertThat(message(Check.mutuallyExclusive("a", "b"), "{}")).isEmpty();
    assertThat(message(Check.mutuallyRequired("a", "b"), "{'a':'x'}")).contains(
        "schema violation (all or none of these fields must be set: 'a', 'b')");
    assertThat(message(Check.mutuallyRequired("a", "b"), "{'a':'x','b':'y'}")).isEmpty();
    assertThat(message(Check.mutuallyExclusiveSets(List.of("a"), List.of("b", "l")), "{'a':'x','b':'y'}")).contains(
        "schema violation (these sets are mutually exclusive: ('a'), ('b'))");
  }

  @Test
  void distinctLooksAtValuesOnly() {
    assertThat(message(Check.distinct("a", "b"), "{'a':'x','b':'x'}")).contains(
        "schema violation (values of these fields must be distinct: 'a', 'b')");
    assertThat(message(Check.distinct("a", "b"), "{'a':'x','b':'y'}")).isEmpty();
    assertThat(message(Check.distinct("a", "b"), "{}")).isEmpty();
  }

  @Test
  void conditionalBlamesTheSecondField() {
    Check check = Check.conditional("a", Match.eq("redis"), "c.d", Match.required());
    assertThat(run.refusal(with(check), "{'a':'redis'}").fields()).isEqualTo(Run.json(
        "{'@entity':['failed conditional validation given value of field \\u0027a\\u0027'],"
            + "'c':{'d':'required field missing'}}"));
    assertThat(message(check, "{'a':'redis','c':{'d':'h'}}")).isEmpty();
    assertThat(message(check, "{'a':'local'}")).isEmpty();
    assertThat(message(check, "{}")).isEmpty();
  }

  @Test
  void conditionalMayHaveItsOwnMessage() {
    Check check = Check.conditional("a", Match.oneOf("x", "y"), "b", Match.eqNull(), "no b with x or y");
    assertThat(message(check, "{'a':'x','b':'z'}")).contains(
        "2 schema violations (no b with x or y; b: value must be null)");
  }

  @Test
  void conditionalLooksAtElements() {
    Check check = Check.conditional("l", Match.everyElement(Match.notOneOf("tls")), "a", Match.eqNull());
    assertThat(message(check, "{'l':['x'],'a':'x'}")).isPresent();
    assertThat(message(check, "{'l':['tls'],'a':'x'}")).isEmpty();
  }

  @Test
  void conditionalNeedsAValidFirstField() {
    Check check = Check.conditional("c.n", Match.gt(0), "l", Match.contains("exp"));
    assertThat(message(check, "{'c':{'n':1},'l':['nbf']}")).contains("2 schema violations ("
        + "failed conditional validation given value of field 'c.n'; l: expected to contain: exp)");
    assertThat(message(check, "{'c':{'n':-1},'l':['nbf']}")).contains(
        "schema violation (c.n: value must be greater than 0)");
  }

  @Test
  void conditionalAtLeastOneOfHasTwoCases() {
    Check check = Check.conditionalAtLeastOneOf("l", Match.contains("https"), "a", "b")
        .err("set %s for https")
        .orElse(Match.contains("http"), "a");
    assertThat(message(check, "{'l':['http','https']}")).contains("schema violation (set 'a', 'b' for https)");
    assertThat(message(check, "{'l':['http'],'b':'x'}")).contains(
        "schema violation (at least one of these fields must be non-empty: 'a')");
    assertThat(message(check, "{'l':['tcp']}")).isEmpty();
  }

  @Test
  void customChecksAreLeftOutWhenTheirFieldsAreWrong() {
    Check check = Check.custom(List.of("c"), entity -> Optional.of("never"));
    assertThat(message(check, "{}")).contains("schema violation (never)");
    assertThat(message(check, "{'c':{'n':0}}")).contains("schema violation (c.n: value must be greater than 0)");
  }

  @Test
  void recordsHaveChecksOfTheirOwn() {
    Schema schema = Schema.builder()
        .field("rows", Fields.array(Fields.record()
            .field("kind", Fields.string())
            .field("rate", Fields.number())
            .entityCheck(Check.conditional("kind", Match.oneOf("counter"), "rate", Match.required()))))
        .build();
    assertThat(run.refusal(schema, "{'rows':[{'kind':'gauge'},{'kind':'counter'}]}").fields()).isEqualTo(Run.json(
        "{'rows':[null,{'rate':'required field missing',"
            + "'@entity':['failed conditional validation given value of field \\u0027kind\\u0027']}]}"));
  }

  @Test
  void checksRenderAsData() {
    assertThat(Check.atLeastOneOf("a").render()).isEqualTo(Run.json("{'at_least_one_of':['a']}"));
    assertThat(Check.onlyOneOf("a").render()).isEqualTo(Run.json("{'only_one_of':['a']}"));
    assertThat(Check.custom(List.of("a"), entity -> Optional.empty()).render())
        .isEqualTo(Run.json("{'custom_entity_check':{'field_sources':['a']}}"));
    assertThat(Check.conditional("a", Match.matches("^x$"), "b", Match.eqNull()).render()).isEqualTo(Run.json(
        "{'conditional':{'if_field':'a','if_match':{'match':'^x$'},'then_field':'b','then_match':{'eq':null}}}"));
    assertThat(Check.conditionalAtLeastOneOf("a", Match.eq(true), "b").err("e").render()).isEqualTo(Run.json(
        "{'conditional_at_least_one_of':{'if_field':'a','if_match':{'eq':true},"
            + "'then_at_least_one_of':['b'],'then_err':'e'}}"));
  }

  @Test
  void aConditionMayAskCode() {
    Schema schema = Schema.builder()
        .field("kind", Fields.string())
        .field("key", Fields.string())
        .check(Check.conditional(
            "kind",
            Match.eq("asymmetric"),
            "key",
            Match.required().andValid(key -> key.equals("good") ? Optional.empty() : Optional.of("invalid key"))))
        .build();
    Run run = Run.plain();
    assertThat(run.message(schema, "{'kind':'asymmetric','key':'good'}")).isEmpty();
    assertThat(run.message(schema, "{'kind':'symmetric','key':'bad'}")).isEmpty();
    assertThat(run.refusal(schema, "{'kind':'asymmetric','key':'bad'}").fields().getString("key"))
        .isEqualTo("invalid key");
    assertThat(run.refusal(schema, "{'kind':'asymmetric'}").fields().getString("key"))
        .isEqualTo("required field missing");
  }
}
