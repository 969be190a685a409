package dev.sluice.plugins.botdetection;

import dev.sluice.plugins.routing.Regex;
import java.util.List;
import java.util.stream.Stream;

/**
 * How bots and HTTP libraries introduce themselves: most say what they are, the others are known by name. Letters count
 * as they are written. A phone called CUBOT is none.
 */
final class KnownBots {

  /** Any word that ends with "bot" and not with "ubot", and the other words for what crawls, reads and keeps pages. */
  private static final String WORDS = String.join(
      "|",
      "\\b(?:[A-Za-z0-9_]*[A-TV-Za-tv-z0-9_])?[Bb]ot(?:\\b|_)",
      "[Ss]pider",
      "[Cc]rawl",
      "[Ss]crap(?:er|y)",
      "(?:[Ii]ndex|[Aa]rchiv)er\\b");

  /** Search engines, archives, previews, feed readers and monitors that do not call themselves so. */
  private static final String NAMES = String.join(
      "|",
      "APIs-Google", "AppEngine-Google", "BingPreview", "BUbiNG", "Feedfetcher-Google", "Google Favicon",
      "Google SketchUp", "Google-HTTP-Java-Client", "Google-Read-Aloud", "HttpMonitor", "InternetArchive",
      "Mediapartners-Google", "Nutch", "PagePeeker", "Pingdom", "SimplePie", "Slurp", "Sogou", "WhatWeb", "WordPress",
      "Xenu", "Yandex[A-Z]", "Yeti/", "facebookexternalhit", "heritrix", "ia_archiver");

  /** Programs and libraries that fetch for others. */
  private static final String CLIENTS = String.join(
      "|", "Apache-HttpClient", "Go-http-client", "Python-urllib", "WinHTTP", "axios/", "okhttp/");

  /** Compiled once for all filters of a generation. */
  static final List<Regex> ALL = Stream.of(WORDS, NAMES, CLIENTS).map(Regex::linear).toList();

  private KnownBots() {}
}
