package dev.sluice.api.request;

import dev.sluice.api.request.MultipartForm.Part;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MultipartFormTest {

  private static final String TYPE = "multipart/form-data; boundary=b";
  private static final String TEXT = String.join(
      "\r\n",
      "before",
      "--b", "Content-Disposition: form-data; name=\"one\"", "", "first",
      "--b", "content-disposition: form-data; name=zw\u00f6lf", "", "zw\u00f6lf",
      "--b", "Content-Type: text/plain", "", "nameless",
      "--b--",
      "after");

  private static MultipartForm form(String text) {
    return MultipartForm.parse(TYPE, Buffer.buffer(text)).orElseThrow();
  }

  @Test
  void namesAndValuesAreUtf8() {
    MultipartForm form = form(TEXT);
    assertThat(form.whole()).isTrue();
    assertThat(form.parts()).extracting(Part::name).containsExactly("one", "zw\u00f6lf", "");
    assertThat(form.parts()).extracting(Part::value).containsExactly("first", "zw\u00f6lf", "nameless");
    assertThat(form.raw(form.parts().get(0)))
        .isEqualTo("Content-Disposition: form-data; name=\"one\"\r\n\r\nfirst");
  }

  @Test
  void partsLieOneAfterTheOther() {
    MultipartForm form = form(TEXT);
    assertThat(form.text().substring(0, form.parts().get(0).start())).isEqualTo("before\r\n");
    assertThat(form.parts().get(0).end()).isEqualTo(form.parts().get(1).start());
    assertThat(form.text().substring(form.parts().get(2).end())).isEqualTo("--b--\r\nafter");
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    Buffer body = Buffer.buffer("--b\r\n\r\n").appendBytes(new byte[] {-1, 0, -128}).appendString("\r\n--b--");
    MultipartForm form = MultipartForm.parse(TYPE, body).orElseThrow();
    assertThat(form.raw(form.parts().get(0))).isEqualTo("\r\n\u00ff\u0000\u0080");
    assertThat(MultipartForm.bytes("\u00f6")).isEqualTo("\u00c3\u00b6");
  }

  @Test
  void whatBreaksOffIsNotWhole() {
    for (int length = TEXT.indexOf("--b--"); length >= 0; length--) {
      assertThat(form(TEXT.substring(0, length)).whole()).as("of %d", length).isFalse();
    }
    assertThat(form("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b").parts()).hasSize(1);
    assertThat(form("").parts()).isEmpty();
    assertThat(form("--bother--").whole()).isFalse();
  }

  @Test
  void aBoundaryIsNeeded() {
    assertThat(MultipartForm.parse("multipart/form-data", Buffer.buffer(TEXT))).isEmpty();
    assertThat(MultipartForm.parse("multipart/form-data; Boundary=\"a b\"", Buffer.buffer()).orElseThrow().boundary())
        .isEqualTo("a b");
  }
}
