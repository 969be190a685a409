package dev.sluice.plugins.requesttransformer;

import dev.sluice.plugins.requesttransformer.TransformerConfig.Edits;
import dev.sluice.plugins.requesttransformer.TransformerConfig.Pair;
import java.util.Map;

/** Named values that can be changed: headers, arguments, or the fields of a body. */
interface Target {

  boolean has(String name);

  void remove(String name);

  /** Gives the values of a name, which is there, to another name, in place of what that had. */
  void rename(String from, String to);

  void set(String name, String value);

  void append(String name, String value);

  /**
   * Makes all changes.
   *
   * @param target what is changed
   * @param scope the values of templates
   * @return whether anything was changed
   */
  static boolean apply(Edits edits, Target target, Scope scope) {
    boolean changed = false;
    for (String name : edits.remove()) {
      changed |= target.has(name);
      target.remove(name);
    }
    for (Map.Entry<String, String> pair : edits.rename()) {
      if (target.has(pair.getKey()) && !pair.getKey().equals(pair.getValue())) {
        target.rename(pair.getKey(), pair.getValue());
        changed = true;
      }
    }
    for (Pair pair : edits.replace()) {
      if (target.has(pair.name())) {
        target.set(pair.name(), pair.value().render(scope));
        changed = true;
      }
    }
    for (Pair pair : edits.add()) {
      if (!target.has(pair.name())) {
        target.set(pair.name(), pair.value().render(scope));
        changed = true;
      }
    }
    for (Pair pair : edits.append()) {
      target.append(pair.name(), pair.value().render(scope));
      changed = true;
    }
    return changed;
  }
}
