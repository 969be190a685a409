package dev.sluice.kernel.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lines of an answer of an upstream as they came, one after the other. A decoder writes them and a relay reads them once: a
 * table would cost more than it finds. Lines are added and taken away, never changed.
 */
final class AnswerLines extends HttpHeaders {

  private static final int USUAL = 12;

  private static final CharSequence[] NONE = {};

  /** Netty makes one for the trailers of each answer too, and hardly any answer has some. */
  private CharSequence[] names = NONE;
  private CharSequence[] values = NONE;
  private int count;

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    CharSequence text = value instanceof CharSequence chars ? chars : String.valueOf(value);
    checkName(name);
    checkValue(text);
    if (count == names.length) {
      int room = Math.max(USUAL, 2 * count);
      names = Arrays.copyOf(names, room);
      values = Arrays.copyOf(values, room);
    }
    names[count] = name;
    values[count++] = text;
    return this;
  }

  /** As strict as the map is that lines are written from, so that what can be read can be passed on. */
  private static void checkName(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || c == ',' || c == ':' || c == ';' || c == '=') {
        throw new IllegalArgumentException("a character that no name of a header line holds");
      }
    }
  }

  /** What a line cannot hold must not come out of one: the next reader would see two. */
  private static void checkValue(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0 || c >= '\n' && c <= '\r') {
        throw new IllegalArgumentException("a header line with a control character");
      }
    }
  }

  private int find(CharSequence name, int from) {
    for (int i = from; i < count; i++) {
      if (AsciiString.contentEqualsIgnoreCase(names[i], name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String get(CharSequence name) {
    int at = find(name, 0);
    return at < 0 ? null : values[at].toString();
  }

  @Override
  public boolean contains(CharSequence name) {
    return find(name, 0) >= 0;
  }

  @Override
  public List<String> getAll(CharSequence name) {
    int first = find(name, 0);
    if (first < 0) {
      return List.of();
    }
    int next = find(name, first + 1);
    if (next < 0) {
      return List.of(values[first].toString());
    }
    List<String> all = new ArrayList<>();
    for (int at = first; at >= 0; at = find(name, at + 1)) {
      all.add(values[at].toString());
    }
    return all;
  }

  /** Spares Netty's own search what it would make for the usual answer, which has no such line or one word in it. */
  @Override
  public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
    int at = find(name, 0);
    if (at < 0) {
      return false;
    }
    boolean alone = find(name, at + 1) < 0 && AsciiString.indexOf(values[at], ',', 0) < 0;
    return alone && ignoreCase
        ? AsciiString.contentEqualsIgnoreCase(AsciiString.trim(values[at]), value)
        : super.containsValue(name, value, ignoreCase);
  }

  @Override
  public HttpHeaders remove(CharSequence name) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!AsciiString.contentEqualsIgnoreCase(names[i], name)) {
        names[kept] = names[i];
        values[kept++] = values[i];
      }
    }
    Arrays.fill(names, kept, count, null);
    Arrays.fill(values, kept, count, null);
    count = kept;
    return this;
  }

  /** The lines in order. An entry holds until the next one is asked for. */
  @Override
  public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
    return new Walk();
  }

  /** Both the walk and the line it stands at. */
  private final class Walk
      implements Iterator<Map.Entry<CharSequence, CharSequence>>, Map.Entry<CharSequence, CharSequence> {
    private int at = -1;

    @Override
    public boolean hasNext() {
      return at + 1 < count;
    }

    @Override
    public Map.Entry<CharSequence, CharSequence> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      at++;
      return this;
    }

    @Override
    public CharSequence getKey() {
      return names[at];
    }

    @Override
    public CharSequence getValue() {
      return values[at];
    }

    @Override
    public CharSequence setValue(CharSequence value) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public HttpHeaders clear() {
    Arrays.fill(names, 0, count, null);
    Arrays.fill(values, 0, count, null);
    count = 0;
    return this;
  }

  @Override
  public Set<String> names() {
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < count; i++) {
      all.add(names[i].toString());
    }
    return all;
  }

  @Override
  public List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Map.entry(names[i].toString(), values[i].toString()));
    }
    return all;
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Netty's deprecation, not ours.
  public Iterator<Map.Entry<String, String>> iterator() {
    return entries().iterator();
  }

  @Override
  public String get(String name) {
    return get((CharSequence) name);
  }

  @Override
  public List<String> getAll(String name) {
    return getAll((CharSequence) name);
  }

  @Override
  public boolean contains(String name) {
    return contains((CharSequence) name);
  }

  @Override
  public HttpHeaders add(String name, Object value) {
    return add((CharSequence) name, value);
  }

  @Override
  public HttpHeaders add(String name, Iterable<?> all) {
    all.forEach(value -> add(name, value));
    return this;
  }

  @Override
  public HttpHeaders set(String name, Object value) {
    return remove((CharSequence) name).add(name, value);
  }

  @Override
  public HttpHeaders set(String name, Iterable<?> all) {
    return remove((CharSequence) name).add(name, all);
  }

  @Override
  public HttpHeaders remove(String name) {
    return remove((CharSequence) name);
  }

  @Override
  public HttpHeaders addInt(CharSequence name, int value) {
    return add(name, Integer.toString(value));
  }

  @Override
  public HttpHeaders addShort(CharSequence name, short value) {
    return add(name, Short.toString(value));
  }

  @Override
  public HttpHeaders setInt(CharSequence name, int value) {
    return remove(name).add(name, Integer.toString(value));
  }

  @Override
  public HttpHeaders setShort(CharSequence name, short value) {
    return remove(name).add(name, Short.toString(value));
  }

  @Override
  public Integer getInt(CharSequence name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getInt(CharSequence name, int otherwise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Short getShort(CharSequence name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public short getShort(CharSequence name, short otherwise) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Long getTimeMillis(CharSequence name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long getTimeMillis(CharSequence name, long otherwise) {
    throw new UnsupportedOperationException();
  }
}
