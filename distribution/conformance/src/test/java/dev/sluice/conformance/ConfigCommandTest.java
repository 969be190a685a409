package dev.sluice.conformance;

import dev.sluice.conformance.Command.Said;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The command {@code sluice config}, and whole configurations on a node with a database. */
class ConfigCommandTest {

  private static final String DOCUMENT =
      """
      _format_version: "3.0"
      services:
      - name: one
        host: one.invalid
        routes:
        - name: r
          paths: [/r]
      - name: two
        host: two.invalid
      """;

  @TempDir private Path folder;

  private Said run(String... arguments) {
    return Command.of(Distribution.built()).set(Map.of("prefix", folder.resolve("node").toString())).run(arguments);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void checksFiles() throws IOException {
    String example = folder.resolve("kong.yml").toString();
    assertThat(run("config", "init", example).code()).isZero();
    Said again = run("config", "init", example);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).startsWith("Error: " + example + " already exists.\nWill not overwrite it.");
    Said good = run("config", "parse", example);
    assertThat(good.err()).isEmpty();
    assertThat(good.out()).isEqualTo("parse successful\n");
    Said wrong = run("config", "parse", file("wrong.yml", DOCUMENT.replace("host: two.invalid", "port: x")));
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err())
        .startsWith(
            """
            Error: Failed parsing:
            in 'services':
              - in entry 2 of 'services':
                in 'host': required field missing
                in 'port': expected an integer
            """);
    assertThat(folder.resolve("node")).as("the node is left alone").doesNotExist();
  }

  @Test
  void importsAndExportsWithoutARunningNode() throws IOException {
    String document = file("document.yml", DOCUMENT);
    Said imported = run("config", "db_import", document);
    assertThat(imported.err()).isEmpty();
    assertThat(imported.out()).isEqualTo("parse successful, beginning import\nimport successful\n");
    assertThat(run("config", "diff", document).out()).isEqualTo("no differences\n");
    Path exported = folder.resolve("exported.yml");
    assertThat(run("config", "db-export", exported.toString()).code()).isZero();
    assertThat(Files.readString(exported)).contains("name: one", "name: r");
    assertThat(run("config", "db_export", exported.toString()).err())
        .startsWith("Error: " + exported + " already exists. Will not overwrite it.");
    assertThat(run("config", "diff", exported.toString()).out()).isEqualTo("no differences\n");
    Said less = run("config", "diff", "--exit-code", file("less.yml", DOCUMENT.replace("host: two", "host: three")));
    assertThat(less.code()).isEqualTo(2);
    assertThat(less.out()).startsWith("~ services two ").contains("    host: two.invalid -> three.invalid\n");
  }

  @Test
  void appliesAllOrNothingWithADatabase() throws IOException {
    try (Gateway gateway = Gateway.start(folder.resolve("node"), Map.of())) {
      Http admin = gateway.admin();
      admin.form("POST", "/services", "name", "two", "host", "was.invalid").expect(201);
      String id = admin.get("/services/two").json().getString("id");
      admin.form("POST", "/services", "name", "three", "host", "three.invalid").expect(201);
      admin.form("POST", "/services/three/routes", "name", "r", "paths[]", "/old").expect(201);

      assertThat(admin.yaml("/config", DOCUMENT).expect(400).json().getString("message"))
          .isEqualTo("this endpoint is only available when Kong is configured to not use a database");
      JsonObject diff = admin.yaml("/config?diff=1", DOCUMENT).expect(200).json();
      assertThat(diff.getJsonArray("created")).hasSize(1);
      assertThat(diff.getJsonArray("deleted").getJsonObject(0).getString("name")).isEqualTo("three");
      assertThat(diff.getJsonArray("updated")).hasSize(2);
      assertThat(admin.get("/services/three").status()).as("a diff changes nothing").isEqualTo(200);

      admin.yaml("/config?apply=1", DOCUMENT.replace("/r]", "/r]\n    regex_priority: x")).expect(400);
      assertThat(admin.get("/services/one").status()).isEqualTo(404);

      // The route is known by its name: it moves from a service that goes to one that comes.
      assertThat(run("config", "import", "--replace", file("document.yml", DOCUMENT)).out())
          .isEqualTo("parse successful, beginning import\nimport successful\n");
      assertThat(admin.get("/services/three").status()).isEqualTo(404);
      assertThat(admin.get("/services/two").json().getString("id")).as("known by its name").isEqualTo(id);
      assertThat(admin.get("/services/two").json().getString("host")).isEqualTo("two.invalid");
      JsonObject route = admin.get("/routes/r").json();
      assertThat(route.getJsonObject("service").getString("id"))
          .isEqualTo(admin.get("/services/one").json().getString("id"));
      JsonObject again = admin.yaml("/config?diff=1", DOCUMENT).expect(200).json();
      assertThat(again.getInteger("unchanged")).isEqualTo(3);
      // Two that swap their names.
      String swapped =
          DOCUMENT.replace("name: one", "id: " + id + "\n  name: one").replace("name: two", "id: "
              + route.getJsonObject("service").getString("id") + "\n  name: two");
      admin.yaml("/config?apply=1", swapped).expect(201);
      assertThat(admin.get("/services/one").json().getString("id")).isEqualTo(id);
    }
  }
}
