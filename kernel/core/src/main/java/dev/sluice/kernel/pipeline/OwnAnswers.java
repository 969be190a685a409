package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.Answer;
import dev.sluice.kernel.snapshot.FilterInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway says by itself: its messages as bytes, and what filters make of them. */
final class OwnAnswers {

  private static final Logger log = LoggerFactory.getLogger(OwnAnswers.class);

  private OwnAnswers() {}

  /** The body as it is sent: a message takes the form that the client asks for. */
  static Answer.Body.Bytes bytes(Exchange exchange, Answer answer) {
    if (answer.body() instanceof Answer.Body.Bytes bytes) {
      return bytes;
    }
    Answer.Body.Message message = (Answer.Body.Message) answer.body();
    ErrorBodies.Rendered rendered =
        exchange.loop().errors().ofGateway(exchange.serverRequest().headers(), message.text(), exchange.id());
    return new Answer.Body.Bytes(rendered.contentType(), rendered.content());
  }

  /** What the filters that see such answers send in place of one. */
  static Answer shown(Exchange exchange, Answer answer, Filter.Exit.Cause cause) {
    FilterInstance[] filters = exchange.chain().exit();
    if (filters.length == 0) {
      return answer;
    }
    Answer shown = written(exchange, answer);
    Occupation occupation = exchange.loop().occupation();
    for (FilterInstance instance : filters) {
      FilterInstance before = occupation.begin(instance);
      try {
        shown = written(exchange, ((Filter.Exit) instance.filter()).exit(exchange, shown, cause));
      } catch (RuntimeException | LinkageError e) {
        log.error("request {}: plugin {} failed over an answer of the gateway's own", exchange.id(), instance, e);
      } finally {
        occupation.end(before);
      }
    }
    return shown;
  }

  private static Answer written(Exchange exchange, Answer answer) {
    return new Answer(answer.status(), bytes(exchange, answer), answer.headers());
  }
}
