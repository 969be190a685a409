package dev.sluice.plugins.statsd;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.BatchQueue;
import dev.sluice.plugins.logging.Datagrams;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.logging.StatPackets;
import dev.sluice.plugins.logging.TcpSender;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Makes the filters; each has a queue of its own. */
final class StatsdFactory implements FilterFactory<StatsdConfig> {

  private static final int TIMEOUT = 1000;
  private static final int KEEPALIVE = 60_000;

  private final Queues queues;
  private final Datagrams datagrams;
  private final TcpSender sender;
  private final String hostname;

  StatsdFactory(Queues queues, Datagrams datagrams, TcpSender sender, String hostname) {
    this.queues = queues;
    this.datagrams = datagrams;
    this.sender = sender;
    this.hostname = hostname;
  }

  @Override
  public String name() {
    return "statsd";
  }

  @Override
  public int priority() {
    return 11;
  }

  @Override
  public ConfigSchema<StatsdConfig> schema() {
    return StatsdConfig.SCHEMA;
  }

  @Override
  public Filter create(StatsdConfig config) {
    BatchQueue<List<String>> queue = new BatchQueue<>(
        "statsd " + config.host() + ":" + config.port(),
        config.queue(),
        queues,
        StatPackets::size,
        config.tcp() ? overTcp(config) : overUdp(config));
    return new StatsdFilter(config, new Lines(config, hostname), queue);
  }

  private BatchQueue.Sender<List<String>> overUdp(StatsdConfig config) {
    return requests ->
        datagrams.sendAll(config.host(), config.port(), StatPackets.of(requests, config.packetSize()));
  }

  private BatchQueue.Sender<List<String>> overTcp(StatsdConfig config) {
    TcpSender.Line line =
        sender.line(new TcpSender.Way(config.host(), config.port(), TIMEOUT, KEEPALIVE, false, ""));
    return requests -> line.send(Buffer.buffer(String.join("\n", StatPackets.of(requests, 0)) + "\n"));
  }
}
