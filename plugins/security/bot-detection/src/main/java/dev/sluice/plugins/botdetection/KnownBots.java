package dev.sluice.plugins.botdetection;

import dev.sluice.plugins.routing.Regex;
import java.util.List;
import java.util.stream.Stream;

/** Names by which bots and HTTP libraries introduce themselves. Letters count as they are written. */
final class KnownBots {

  /** Search engines, archives, previews, feed readers, monitors. */
  private static final String NAMES = String.join(
      "|",
      "AdsBot-Google", "AhrefsBot", "AppEngine-Google", "Ask Jeeves", "BLEXBot", "BUbiNG", "[Bb]ai[Dd]u[Ss]pider",
      "BingPreview", "bingbot", "adidxbot", "CCBot", "DotBot", "DuckDuckBot", "Exabot", "Feedfetcher-Google", "Genieo",
      "Googlebot", "Google.*/\\+/web/snippet", "Google-HTTP-Java-Client", "Google SketchUp", "ICC-Crawler",
      "InternetArchive", "LinkedInBot", "MJ12bot", "MSIECrawler", "Mail\\.RU_Bot", "Mediapartners-Google", "Netvibes",
      "NewsGator", "Nutch", "OOZBOT", "PetalBot", "Pingdom\\.com_bot", "PagePeeker", "SEOstats", "SemrushBot",
      "SimplePie", "SimpleRSS", "Slurp", "Sogou", "Speedy Spider", "ThumbShotsBot", "TwitterBot", "Twitterbot",
      "URL2PNG", "WhatWeb", "WordPress", "Xenu", "Yahoo[a-z]*Seeker", "Yandex\\w+", "YisouSpider", "YodaoBot",
      "YottaaMonitor", "ZyBorg", "\\bYeti\\b", "altavista", "archive\\.org_bot", "\\barchiver\\b",
      "facebookexternalhit", "findlinks", "gigabot", "grub-client", "gsa-crawler", "heritrix", "ia_archiver",
      "ichiro", "larbin", "lycos", "msnbot", "msrbot", "\\b\\w*favicon\\w*\\b", "scooter", "seekbot", "yacybot",
      "Web-sniffer", "WebZIP");

  /** Programs and libraries that fetch for others. */
  private static final String CLIENTS = String.join(
      "|",
      "Apache-HttpClient", "Go-http-client", "Go http package", "HttpMonitor", "JNLP", "Python-urllib", "Scrapy",
      "TLSProber", "WinHTTP", "axios/", "http%20client", "okhttp/");

  /** Whoever says that it is a bot, in whatever words. */
  private static final String KINDS = "[Ss][Pp][Ii][Dd][Ee][Rr]|[Cc][Rr][Aa][Ww][Ll]|[Ss]crap(?:e|er)\\b"
      + "|[A-Za-z0-9 _!\\[\\]:-]*(?:[Aa]rchiver|[Ii]ndexer|[Ss]craper)[/ ]\\d"
      + "|[A-Za-z0-9-]*(?:[^C][^Uu])[Bb]ot\\b|[A-Za-z0-9 _!\\[\\]:-]*[Bb]ot[/ ]\\d";

  /** Compiled once for all filters of a generation. */
  static final List<Regex> ALL = Stream.of(NAMES, CLIENTS, KINDS).map(Regex::linear).toList();

  private KnownBots() {}
}
