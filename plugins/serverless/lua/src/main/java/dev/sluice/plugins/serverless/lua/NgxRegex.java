package dev.sluice.plugins.serverless.lua;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

/** {@code ngx.re}, by an engine that takes time linear to its input: it has neither look-around nor back references. */
final class NgxRegex {

  static final LuaTable TABLE = new Library("ngx.re")
      .fn("match", args -> guarded(args, NgxRegex::match))
      .fn("find", args -> guarded(args, NgxRegex::find))
      .fn("gmatch", args -> guarded(args, NgxRegex::gmatch))
      .fn("sub", args -> guarded(args, () -> substitute(args, false)))
      .fn("gsub", args -> guarded(args, () -> substitute(args, true)))
      .seal();

  private static final java.util.regex.Pattern PLACE =
      java.util.regex.Pattern.compile("\\$(?:(\\d{1,3})|\\{(\\d{1,3})}|\\$)");

  private NgxRegex() {}

  @FunctionalInterface
  private interface Search {
    Varargs run();
  }

  /** A wrong expression is a result, not an error. */
  private static Varargs guarded(Args args, Search search) {
    try {
      return search.run();
    } catch (IllegalArgumentException wrong) {
      LuaValue message = Text.utf8(String.valueOf(wrong.getMessage()));
      return args.function().endsWith("find") || args.function().endsWith("sub")
          ? varargsOf(NIL, NIL, message)
          : varargsOf(NIL, message);
    }
  }

  private static Varargs guarded(Args args, Fn.Body body) {
    return guarded(args, () -> body.run(args));
  }

  private static Matcher matcher(Args args, String subject) {
    String options = args.optString(3).map(Text::wire).orElse("");
    Pattern pattern = args.run().regexes().compile(args.run().guard(), args.wire(2), options);
    return matcher(args, pattern, subject);
  }

  /** The engine may look at all of its program for each character. */
  private static Matcher matcher(Args args, Pattern pattern, String subject) {
    return pattern.matcher(new CountedText(subject, args.run().guard(), 1 + pattern.programSize() / 4));
  }

  private static boolean found(Args args, Matcher matcher, int from) {
    boolean anchored = args.optString(3).map(Text::wire).orElse("").contains("a");
    return matcher.find(from) && (!anchored || matcher.start() == from);
  }

  /** Where the table of the fourth argument says to begin. */
  private static int from(Args args, String subject) {
    if (!(args.at(4) instanceof LuaTable context)) {
      return 0;
    }
    LuaValue position = context.get("pos");
    int from = position.isnumber() ? position.toint() - 1 : 0;
    return from < 0 || from > subject.length() ? subject.length() + 1 : from;
  }

  private static Varargs match(Args args) {
    String subject = args.wire(1);
    Matcher matcher = matcher(args, subject);
    int from = from(args, subject);
    if (from > subject.length() || !found(args, matcher, from)) {
      return NIL;
    }
    if (args.at(4) instanceof LuaTable context) {
      context.set("pos", LuaValue.valueOf(matcher.end() + 1));
    }
    return groups(args, matcher);
  }

  private static LuaTable groups(Args args, Matcher matcher) {
    LuaTable table = new LuaTable();
    args.run().guard().allocate(64L * (matcher.groupCount() + 1) + matcher.end() - matcher.start());
    for (int i = 0; i <= matcher.groupCount(); i++) {
      table.rawset(i, group(matcher, i));
    }
    for (Map.Entry<String, Integer> named : matcher.pattern().namedGroups().entrySet()) {
      table.rawset(Text.wire(named.getKey()), group(matcher, named.getValue()));
    }
    return table;
  }

  private static LuaValue group(Matcher matcher, int index) {
    String text = matcher.group(index);
    return text == null ? FALSE : Text.wire(text);
  }

  private static Varargs find(Args args) {
    String subject = args.wire(1);
    Matcher matcher = matcher(args, subject);
    int from = from(args, subject);
    int group = args.optInteger(5, 0);
    if (from > subject.length() || !found(args, matcher, from)) {
      return NIL;
    }
    if (args.at(4) instanceof LuaTable context) {
      context.set("pos", LuaValue.valueOf(matcher.end() + 1));
    }
    if (group > matcher.groupCount() || matcher.group(group) == null) {
      return NIL;
    }
    return varargsOf(LuaValue.valueOf(matcher.start(group) + 1), LuaValue.valueOf(matcher.end(group)));
  }

  private static Varargs gmatch(Args args) {
    String subject = args.wire(1);
    Matcher matcher = matcher(args, subject);
    return new Fn("ngx.re.gmatch_iterator", call -> {
      call.run().guard().charge(4);
      return matcher.find() ? groups(call, matcher) : NIL;
    });
  }

  private static Varargs substitute(Args args, boolean all) {
    String subject = args.wire(1);
    LuaValue replacement = args.at(3);
    String options = args.optString(4).map(Text::wire).orElse("");
    Pattern pattern = args.run().regexes().compile(args.run().guard(), args.wire(2), options);
    Matcher matcher = matcher(args, pattern, subject);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int count = 0;
    while ((all || count == 0) && matcher.find()) {
      args.run().guard().charge(4);
      out.append(subject, copied, matcher.start());
      String text = replacement instanceof LuaFunction function
          ? Text.wire(BaseLibrary.tostring(args, function.call(groups(args, matcher))))
          : filled(args, matcher, args.wire(3));
      args.run().guard().allocate(text.length());
      out.append(text);
      copied = matcher.end();
      count++;
    }
    args.run().guard().allocate(subject.length());
    return varargsOf(Text.wire(out.append(subject, copied, subject.length()).toString()), LuaValue.valueOf(count));
  }

  /** {@code $1} and {@code ${1}} are groups, {@code $$} is a dollar sign. */
  private static String filled(Args args, Matcher matcher, String template) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    StringBuilder out = new StringBuilder();
    java.util.regex.Matcher places = PLACE.matcher(template);
    int copied = 0;
    while (places.find()) {
      out.append(template, copied, places.start());
      copied = places.end();
      String number = places.group(1) == null ? places.group(2) : places.group(1);
      if (number == null) {
        out.append('$');
      } else if (Integer.parseInt(number) <= matcher.groupCount()) {
        String text = matcher.group(Integer.parseInt(number));
        args.run().guard().allocate(text == null ? 0 : text.length());
        out.append(text == null ? "" : text);
      }
    }
    return out.append(template, copied, template.length()).toString();
  }
}
