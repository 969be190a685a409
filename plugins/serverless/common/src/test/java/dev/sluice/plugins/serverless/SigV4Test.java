package dev.sluice.plugins.serverless;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SigV4Test {

  private static final AwsKeys KEYS =
      AwsKeys.lasting("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());

  /** The example that AWS publishes with its signatures. */
  @Test
  void signsAsAwsDoes() {
    SigV4.Request request =
        new SigV4.Request("GET", "/", "", Map.of("Host", "example.amazonaws.com"), Buffer.buffer());
    assertThat(SigV4.sign(request, KEYS, "us-east-1", "service", Instant.parse("2015-08-30T12:36:00Z")))
        .containsEntry("x-amz-date", "20150830T123600Z")
        .containsEntry("Authorization", "AWS4-HMAC-SHA256"
            + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date,"
            + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void escapesAllButWhatIsPlain() {
    assertThat(SigV4.escape("a-Z_0.9~")).isEqualTo("a-Z_0.9~");
    assertThat(SigV4.escape("arn:aws/x y+\u00e9")).isEqualTo("arn%3Aaws%2Fx%20y%2B%C3%A9");
  }

  @Test
  void secretsAreNotShown() {
    assertThat(KEYS.toString()).isEqualTo("AKIDEXAMPLE");
  }
}
