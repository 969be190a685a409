package dev.sluice.plugins.routerexpressions;

/** Points into an expression: the line, a mark under the place, and what is wrong there. Columns count characters. */
final class Complaint {

  private final String source;

  Complaint(String source) {
    this.source = source;
  }

  /** About one place. */
  ExpressionException at(int place, String message) {
    Column column = column(place);
    boolean atBreak = place < source.length() && isBreak(source.charAt(place));
    String line = line(place);
    String shown = atBreak ? visible(line) : withoutBreaks(line);
    return new ExpressionException(
        page(column, column.line(), shown, "", indent(shown, column.number() - 1) + "^---", message));
  }

  /** About a piece. */
  ExpressionException of(Node node, String message) {
    Column start = column(node.from());
    Column end = column(node.to());
    String shown = withoutBreaks(line(node.from()));
    int from = Math.min(start.number(), end.number());
    int to = Math.max(start.number(), end.number());
    if (start.number() > end.number()) {
      from--;
      to++;
    }
    String mark = to - from > 1 ? "^" + "-".repeat(to - from - 2) + "^" : "^";
    String further = end.line() > start.line() ? visible(line(node.to() - 1)) : "";
    return new ExpressionException(
        page(start, end.line(), shown, further, indent(shown, from - 1) + mark, message));
  }

  private record Column(int line, int number) {}

  private static String page(
      Column start, int lastLine, String line, String further, String underline, String message) {
    int width = String.valueOf(Math.max(start.line(), lastLine)).length();
    String space = " ".repeat(width);
    StringBuilder page = new StringBuilder();
    page.append(space).append("--> ").append(start.line()).append(':').append(start.number()).append('\n');
    page.append(space).append(" |\n");
    page.append(numbered(start.line(), width)).append(" | ").append(line).append('\n');
    if (lastLine > start.line()) {
      if (lastLine - start.line() > 1) {
        page.append(space).append(" | ...\n");
      }
      page.append(numbered(lastLine, width)).append(" | ").append(further).append('\n');
    }
    page.append(space).append(" | ").append(underline).append('\n');
    page.append(space).append(" |\n");
    return page.append(space).append(" = ").append(message).toString();
  }

  private static String numbered(int line, int width) {
    String number = String.valueOf(line);
    return " ".repeat(width - number.length()) + number;
  }

  private Column column(int place) {
    int start = source.lastIndexOf('\n', place - 1) + 1;
    int line = 1 + (int) source.substring(0, start).chars().filter(c -> c == '\n').count();
    return new Column(line, 1 + source.codePointCount(start, place));
  }

  private String line(int place) {
    int start = source.lastIndexOf('\n', place - 1) + 1;
    int end = source.indexOf('\n', place);
    return source.substring(start, end < 0 ? source.length() : end + 1);
  }

  private static String indent(String line, int length) {
    StringBuilder indent = new StringBuilder();
    line.codePoints().limit(length).forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
    return indent.toString();
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static String visible(String line) {
    return line.replace('\r', '␍').replace('\n', '␊');
  }

  private static String withoutBreaks(String line) {
    return line.replace("\r", "").replace("\n", "");
  }
}
