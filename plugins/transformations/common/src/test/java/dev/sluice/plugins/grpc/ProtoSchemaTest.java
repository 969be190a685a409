package dev.sluice.plugins.grpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProtoSchemaTest {

  @TempDir private Path folder;

  private static ProtoSchema wide() throws URISyntaxException {
    return ProtoSchema.load(Path.of(ProtoSchemaTest.class.getResource("/wide.proto").toURI()));
  }

  @Test
  void messagesGoToBytesAndBack() throws URISyntaxException {
    ProtoSchema schema = wide();
    MethodDescriptor method = schema.method("/wide.Wide/Call").orElseThrow();
    JsonObject message =
        new JsonObject(
            """
            {"counts":{"a":1},"data":"AAE=","length":"1.500s","free":{"x":[1,null,{"y":true}]},"maybe":"12","present":0,
             "any":{"@type":"type.googleapis.com/wide.All","word":"w"},"nested":[{"word":"deep"}]}""");
    JsonObject back =
        new JsonObject(
            schema.toJson(method.getOutputType(), schema.fromJson(method.getInputType(), message.encode())));
    assertThat(back.getJsonObject("counts")).isEqualTo(message.getJsonObject("counts"));
    assertThat(back.getString("data")).isEqualTo("AAE=");
    assertThat(back.getString("length")).isEqualTo("1.500s");
    assertThat(back.getJsonObject("free").getJsonArray("x").encode()).isEqualTo("[1.0,null,{\"y\":true}]");
    assertThat(back.getString("maybe")).isEqualTo("12");
    assertThat(back.getInteger("present")).isZero();
    assertThat(back.getJsonObject("any").getString("word")).isEqualTo("w");
    assertThat(back.getJsonArray("nested").getJsonObject(0).getString("word")).isEqualTo("deep");
    assertThat(back.containsKey("word")).isFalse();
  }

  @Test
  void whatIsNoMessageIsRefused() throws URISyntaxException {
    ProtoSchema schema = wide();
    MethodDescriptor method = schema.method("/wide.Wide/Call").orElseThrow();
    assertThatThrownBy(() -> schema.fromJson(method.getInputType(), "{\"present\":\"many\"}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> schema.fromJson(method.getInputType(), "no json"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileThatCannotBeUsedIsNamed() throws IOException {
    assertThatThrownBy(() -> ProtoSchema.load(folder.resolve("none.proto")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.proto cannot be read");
    Path broken = Files.writeString(folder.resolve("broken.proto"), "syntax = \"proto3\"; message {");
    assertThatThrownBy(() -> ProtoSchema.load(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken.proto");
    Path lonely =
        Files.writeString(
            folder.resolve("lonely.proto"), "syntax = \"proto3\"; import \"gone.proto\"; message M { Gone g = 1; }");
    assertThatThrownBy(() -> ProtoSchema.load(lonely))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gone.proto");
  }
}
