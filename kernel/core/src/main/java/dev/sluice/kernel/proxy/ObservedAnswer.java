package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Observed;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;

/** Shows an answer to somebody who looks on, on its way to who is to have it. */
record ObservedAnswer(AnswerSink to, Observed observed) implements AnswerSink {

  @Override
  public void head(HttpResponse head) {
    observed.head(head.status().code(), LeanHeaders.map(head.headers()));
    to.head(head);
    observed.passed();
  }

  @Override
  public void trailers(MultiMap lines) {
    to.trailers(lines);
  }

  @Override
  public void content(ByteBuf content, boolean last) {
    observed.content(content, last);
    to.content(content, last);
    observed.passed();
  }

  @Override
  public void readComplete() {
    to.readComplete();
  }

  @Override
  public void failed(Throwable cause) {
    to.failed(cause);
  }

  @Override
  public void writable(boolean writable) {
    to.writable(writable);
  }
}
