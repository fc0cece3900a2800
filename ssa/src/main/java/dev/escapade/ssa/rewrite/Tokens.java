package dev.escapade.ssa.rewrite;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a rule. */
final class Tokens {
  private static final String[] SYMBOLS = {
    "->", "<<", ">>>", ">>", "<=u", "<=", "<u ", "==", "!=", "&&", "||", "/u ", "%u ", "<", ">=",
    ">", "(", ")", "[", "]", ",", "+", "-", "*", "/", "%", "&", "|", "^", "~", "!", ":", "#", "?"
  };

  private final String rule;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  Tokens(String rule) {
    this.rule = rule;
    int i = 0;
    while (i < rule.length()) {
      char c = rule.charAt(i);
      if (c == ' ' || c == '\n') {
        i++;
      } else if (isName(c)) {
        int j = i;
        while (j < rule.length() && (isName(rule.charAt(j)) || rule.charAt(j) == '.')) {
          j++;
        }
        tokens.add(rule.substring(i, j));
        i = j;
      } else {
        i = symbol(i);
      }
    }
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private int symbol(int i) {
    if (rule.startsWith(">>>", i)) {
      tokens.add(">>>");
      return i + 3;
    }
    for (String s : SYMBOLS) {
      if (rule.startsWith(s, i)) {
        tokens.add(s.strip());
        return i + s.length();
      }
    }
    throw new IllegalArgumentException("bad symbol at " + i + " of rule " + rule);
  }

  String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  String peek(int ahead) {
    return next + ahead < tokens.size() ? tokens.get(next + ahead) : "";
  }

  String take() {
    String t = peek();
    next++;
    return t;
  }

  boolean skip(String t) {
    if (peek().equals(t)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String t) {
    if (!skip(t)) {
      throw error("expected " + t + " but there is '" + peek() + "'");
    }
  }

  IllegalArgumentException error(String why) {
    return new IllegalArgumentException(why + " in rule " + rule);
  }
}
