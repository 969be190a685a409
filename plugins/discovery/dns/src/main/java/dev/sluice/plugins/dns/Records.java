package dev.sluice.plugins.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an answer says to a question.
 *
 * @param lines the records that were asked for, of the name itself or of what it is an alias for
 * @param alias when there are none: what to ask for instead; empty when there is nothing
 */
record Records(List<Line> lines, String alias) {

  private static final int SRV_HEAD = 6;

  /**
   * One record.
   *
   * @param ttl how long it holds, in seconds
   * @param value an address, or the name of a server
   * @param priority of a server; the lowest comes first
   * @param weight of a server
   * @param port of a server
   */
  record Line(long ttl, String value, int priority, int weight, int port) {}

  static Records of(DnsResponse response, DnsQuestion question) {
    Map<String, List<Line>> found = new HashMap<>();
    Map<String, Line> aliases = new HashMap<>();
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      DnsRecord each = response.recordAt(DnsSection.ANSWER, i);
      if (!(each instanceof DnsRawRecord record)) {
        continue;
      }
      String owner = plain(record.name());
      if (record.type().equals(question.type())) {
        Line line = line(record);
        if (!line.value().isEmpty()) {
          found.computeIfAbsent(owner, any -> new ArrayList<>()).add(line);
        }
      } else if (record.type().equals(DnsRecordType.CNAME)) {
        aliases.put(owner, new Line(record.timeToLive(), name(record.content()), 0, 0, 0));
      }
    }
    String name = plain(question.name());
    long ttl = Long.MAX_VALUE;
    for (int steps = 0; !found.containsKey(name) && aliases.containsKey(name) && steps <= aliases.size(); steps++) {
      ttl = Math.min(ttl, aliases.get(name).ttl());
      name = aliases.get(name).value();
    }
    List<Line> lines = new ArrayList<>();
    for (Line line : found.getOrDefault(name, List.of())) {
      lines.add(new Line(Math.min(ttl, line.ttl()), line.value(), line.priority(), line.weight(), line.port()));
    }
    return new Records(lines, name.equals(plain(question.name())) ? "" : name);
  }

  private static Line line(DnsRawRecord record) {
    ByteBuf content = record.content().duplicate();
    if (!record.type().equals(DnsRecordType.SRV)) {
      byte[] ip = new byte[content.readableBytes()];
      content.readBytes(ip);
      return new Line(record.timeToLive(), ip.length == 4 || ip.length == 16 ? NetUtil.bytesToIpAddress(ip) : "", 0, 0, 0);
    } else if (content.readableBytes() <= SRV_HEAD) {
      return new Line(record.timeToLive(), "", 0, 0, 0);
    }
    int priority = content.readUnsignedShort();
    int weight = content.readUnsignedShort();
    int port = content.readUnsignedShort();
    return new Line(record.timeToLive(), name(content), priority, weight, port);
  }

  /** A name in an answer, which may point to another place of the answer. */
  private static String name(ByteBuf content) {
    return plain(DefaultDnsRecordDecoder.decodeName(content.duplicate()));
  }

  private static String plain(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }
}
