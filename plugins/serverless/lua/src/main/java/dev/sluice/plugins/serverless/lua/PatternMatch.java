package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One search for a pattern of Lua's, which backtracks: each step costs a unit. */
final class PatternMatch {

  private static final int CAPTURES = 32;
  private static final int DEEPEST = 200;
  private static final int UNCLOSED = -1;
  private static final int POSITION = -2;
  private static final int FAILED = -1;

  private final Args args;
  private final LuaString subject;
  private final LuaString pattern;
  private final int[] starts = new int[CAPTURES];
  private final int[] lengths = new int[CAPTURES];
  private int level;
  private int depth;

  PatternMatch(Args args, LuaString subject, LuaString pattern) {
    this.args = args;
    this.subject = subject;
    this.pattern = pattern;
  }

  /**
   * Looks for a match that begins here.
   *
   * @param from in the subject
   * @param at in the pattern
   * @return where the match ends; -1 when there is none
   */
  int match(int from, int at) {
    level = 0;
    depth = 0;
    return step(from, at);
  }

  private int step(int from, int at) {
    if (++depth > DEEPEST) {
      throw args.error("pattern too complex");
    }
    try {
      return steps(from, at);
    } finally {
      depth--;
    }
  }

  private int steps(int from, int at) {
    int s = from;
    int p = at;
    while (true) {
      args.run().guard().charge(1);
      if (p == pattern.m_length) {
        return s;
      }
      switch (pattern.luaByte(p)) {
        case '(' -> {
          return p + 1 < pattern.m_length && pattern.luaByte(p + 1) == ')'
              ? open(s, p + 2, POSITION)
              : open(s, p + 1, UNCLOSED);
        }
        case ')' -> {
          return close(s, p + 1);
        }
        case '$' -> {
          if (p + 1 == pattern.m_length) {
            return s == subject.m_length ? s : FAILED;
          }
        }
        case '%' -> {
          int next = p + 1 < pattern.m_length ? pattern.luaByte(p + 1) : 0;
          if (next == 'f') {
            p = frontier(s, p + 2);
            if (p == FAILED) {
              return FAILED;
            }
            continue;
          }
          if (next == 'b' || next >= '0' && next <= '9') {
            s = next == 'b' ? balance(s, p + 2) : back(s, next);
            if (s == FAILED) {
              return FAILED;
            }
            p += next == 'b' ? 4 : 2;
            continue;
          }
        }
        default -> { }
      }
      int end = itemEnd(p);
      int suffix = end < pattern.m_length ? pattern.luaByte(end) : 0;
      boolean here = s < subject.m_length && single(subject.luaByte(s), p, end);
      if (suffix == '?') {
        if (here) {
          int result = step(s + 1, end + 1);
          if (result != FAILED) {
            return result;
          }
        }
        p = end + 1;
      } else if (suffix == '+') {
        return here ? greedy(s + 1, p, end) : FAILED;
      } else if (suffix == '*') {
        return greedy(s, p, end);
      } else if (suffix == '-') {
        return lazy(s, p, end);
      } else if (here) {
        s++;
        p = end;
      } else {
        return FAILED;
      }
    }
  }

  private int greedy(int from, int p, int end) {
    int count = 0;
    while (from + count < subject.m_length && single(subject.luaByte(from + count), p, end)) {
      count++;
    }
    args.run().guard().charge(count / 4);
    for (; count >= 0; count--) {
      int result = step(from + count, end + 1);
      if (result != FAILED) {
        return result;
      }
    }
    return FAILED;
  }

  private int lazy(int from, int p, int end) {
    int s = from;
    while (true) {
      int result = step(s, end + 1);
      if (result != FAILED) {
        return result;
      }
      if (s >= subject.m_length || !single(subject.luaByte(s), p, end)) {
        return FAILED;
      }
      s++;
    }
  }

  private int open(int s, int p, int what) {
    if (level >= CAPTURES) {
      throw args.error("too many captures");
    }
    starts[level] = s;
    lengths[level] = what;
    level++;
    int result = step(s, p);
    if (result == FAILED) {
      level--;
    }
    return result;
  }

  private int close(int s, int p) {
    int capture = level - 1;
    while (capture >= 0 && lengths[capture] != UNCLOSED) {
      capture--;
    }
    if (capture < 0) {
      throw args.error("invalid pattern capture");
    }
    lengths[capture] = s - starts[capture];
    int result = step(s, p);
    if (result == FAILED) {
      lengths[capture] = UNCLOSED;
    }
    return result;
  }

  private int balance(int s, int p) {
    if (p + 1 >= pattern.m_length) {
      throw args.error("unbalanced pattern");
    }
    if (s >= subject.m_length || subject.luaByte(s) != pattern.luaByte(p)) {
      return FAILED;
    }
    int begin = pattern.luaByte(p);
    int end = pattern.luaByte(p + 1);
    int open = 1;
    for (int i = s + 1; i < subject.m_length; i++) {
      int c = subject.luaByte(i);
      if (c == end) {
        if (--open == 0) {
          args.run().guard().charge((i - s) / 4);
          return i + 1;
        }
      } else if (c == begin) {
        open++;
      }
    }
    args.run().guard().charge((subject.m_length - s) / 4);
    return FAILED;
  }

  /** Where the pattern goes on; -1 when this is no frontier. */
  private int frontier(int s, int p) {
    if (p >= pattern.m_length || pattern.luaByte(p) != '[') {
      throw args.error("missing '[' after '%f' in pattern");
    }
    int end = itemEnd(p);
    int before = s == 0 ? 0 : subject.luaByte(s - 1);
    int after = s < subject.m_length ? subject.luaByte(s) : 0;
    return !set(before, p, end - 1) && set(after, p, end - 1) ? end : FAILED;
  }

  private int back(int s, int digit) {
    int capture = digit - '1';
    if (capture < 0 || capture >= level || lengths[capture] == UNCLOSED) {
      throw args.error("invalid capture index");
    }
    int length = Math.max(0, lengths[capture]);
    args.run().guard().charge(length / 8);
    if (subject.m_length - s < length) {
      return FAILED;
    }
    for (int i = 0; i < length; i++) {
      if (subject.luaByte(starts[capture] + i) != subject.luaByte(s + i)) {
        return FAILED;
      }
    }
    return s + length;
  }

  private int itemEnd(int at) {
    int p = at;
    int c = pattern.luaByte(p++);
    if (c == '%') {
      if (p >= pattern.m_length) {
        throw args.error("malformed pattern (ends with '%')");
      }
      return p + 1;
    }
    if (c != '[') {
      return p;
    }
    if (p < pattern.m_length && pattern.luaByte(p) == '^') {
      p++;
    }
    do {
      if (p >= pattern.m_length) {
        throw args.error("malformed pattern (missing ']')");
      }
      if (pattern.luaByte(p++) == '%') {
        p++;
      }
    } while (p >= pattern.m_length || pattern.luaByte(p) != ']');
    return p + 1;
  }

  private boolean single(int c, int p, int end) {
    int item = pattern.luaByte(p);
    return switch (item) {
      case '.' -> true;
      case '%' -> ofClass(c, pattern.luaByte(p + 1));
      case '[' -> set(c, p, end - 1);
      default -> item == c;
    };
  }

  private boolean set(int c, int open, int close) {
    int p = open + 1;
    boolean wanted = true;
    if (pattern.luaByte(p) == '^') {
      wanted = false;
      p++;
    }
    args.run().guard().charge((close - p) / 16);
    for (; p < close; p++) {
      int item = pattern.luaByte(p);
      if (item == '%') {
        p++;
        if (ofClass(c, pattern.luaByte(p))) {
          return wanted;
        }
      } else if (p + 2 < close && pattern.luaByte(p + 1) == '-') {
        if (item <= c && c <= pattern.luaByte(p + 2)) {
          return wanted;
        }
        p += 2;
      } else if (item == c) {
        return wanted;
      }
    }
    return !wanted;
  }

  private static boolean ofClass(int c, int letter) {
    boolean lower = c >= 'a' && c <= 'z';
    boolean upper = c >= 'A' && c <= 'Z';
    boolean digit = c >= '0' && c <= '9';
    boolean known =
        switch (letter | 0x20) {
          case 'a' -> lower || upper;
          case 'd' -> digit;
          case 'l' -> lower;
          case 'u' -> upper;
          case 'w' -> lower || upper || digit;
          case 's' -> c == ' ' || c >= 9 && c <= 13;
          case 'c' -> c < ' ' || c == 127;
          case 'p' -> c > ' ' && c < 127 && !(lower || upper || digit);
          case 'g' -> c > ' ' && c < 127;
          case 'x' -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
          case 'z' -> c == 0;
          default -> c == letter;
        };
    boolean isClass = "adluwscpgxz".indexOf(letter | 0x20) >= 0 && letter >= 'A';
    return isClass && letter < 'a' ? !known : isClass ? known : c == letter;
  }

  /** How many captures there are. */
  int captures() {
    return level;
  }

  /** A capture, counted from 0; the whole match when there is none. */
  LuaValue capture(int index, int from, int end) {
    if (index >= level) {
      if (index > 0) {
        throw args.error("invalid capture index");
      }
      return subject.substring(from, end);
    }
    if (lengths[index] == POSITION) {
      return LuaValue.valueOf(starts[index] + 1);
    }
    if (lengths[index] == UNCLOSED) {
      throw args.error("unfinished capture");
    }
    return subject.substring(starts[index], starts[index] + lengths[index]);
  }

  /** All captures, or the whole match when there is none. */
  Varargs all(int from, int end, boolean whole) {
    int count = level == 0 && whole ? 1 : level;
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = capture(i, from, end);
    }
    return LuaValue.varargsOf(values);
  }
}
