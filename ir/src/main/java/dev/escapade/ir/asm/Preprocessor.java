package dev.escapade.ir.asm;

import dev.escapade.ir.asm.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces macros and follows directives (cmd/asm/internal/lex/input.go, Go 1.26). Where the
 * assembler would report an error, some tokens are missing.
 */
final class Preprocessor {
  private static final int MAX_DEPTH = 100;

  /**
   * A macro.
   *
   * @param params null if it takes no arguments
   */
  private record Macro(@Nullable List<String> params, List<Token> body) {}

  private final Function<String, @Nullable String> includes;
  private final Map<String, Macro> macros = new HashMap<>();
  private final Deque<Iterator<Token>> inputs = new ArrayDeque<>();
  private final Deque<Boolean> conditions = new ArrayDeque<>();
  private @Nullable Token pushedBack;
  private boolean atLineStart = true;

  /**
   * The tokens of a file.
   *
   * @param defines macros that stand for 1
   * @param includes the text of the file that a directive names, or null if there is none
   */
  Preprocessor(String text, Set<String> defines, Function<String, @Nullable String> includes) {
    this.includes = includes;
    for (String name : defines) {
      macros.put(name, new Macro(null, List.of(new Token(Kind.NUMBER, "1", false))));
    }
    inputs.push(Lexer.tokens(text).iterator());
  }

  /** The next token. */
  Token next() {
    if (pushedBack != null) {
      Token t = pushedBack;
      pushedBack = null;
      return t;
    }
    while (true) {
      Token t = raw();
      if (t.isEnd()) {
        return t;
      }
      if (t.is("#") && atLineStart) {
        directive();
        continue;
      }
      atLineStart = t.isNewline();
      if (!isEnabled()) {
        continue;
      }
      Macro macro = t.isIdent() ? macros.get(t.text()) : null;
      if (macro == null) {
        return t;
      }
      invoke(t, macro);
    }
  }

  /** The next token of the innermost input. */
  private Token raw() {
    while (!inputs.isEmpty()) {
      if (inputs.peek().hasNext()) {
        return inputs.peek().next();
      }
      inputs.pop();
    }
    return Token.END;
  }

  private void push(List<Token> tokens) {
    if (inputs.size() < MAX_DEPTH) {
      inputs.push(tokens.iterator());
    }
  }

  private boolean isEnabled() {
    return conditions.isEmpty() || conditions.peek();
  }

  // Macros.

  private void invoke(Token name, Macro macro) {
    if (macro.params == null) {
      push(macro.body);
      return;
    }
    Token t = raw();
    if (!t.is("(")) {
      pushedBack = t;
      push(List.of(new Token(Kind.MACRO_NAME, name.text(), name.isAdjacent())));
      Token self = raw();
      push(List.of(t));
      pushedBack = self;
      return;
    }
    push(substitute(macro.body, arguments(macro.params)));
  }

  private Map<String, List<Token>> arguments(List<String> params) {
    Map<String, List<Token>> arguments = new HashMap<>();
    List<Token> argument = new ArrayList<>();
    int nesting = 0;
    int n = 0;
    for (Token t = raw(); !t.isEnd(); t = raw()) {
      if (nesting == 0 && (t.is(")") || t.is(","))) {
        if (n < params.size()) {
          arguments.put(params.get(n++), argument);
        }
        if (t.is(")")) {
          break;
        }
        argument = new ArrayList<>();
        continue;
      }
      if (t.is("(")) {
        nesting++;
      } else if (t.is(")")) {
        nesting--;
      }
      argument.add(t);
    }
    return arguments;
  }

  private static List<Token> substitute(List<Token> body, Map<String, List<Token>> arguments) {
    List<Token> tokens = new ArrayList<>();
    for (Token t : body) {
      List<Token> argument = t.isIdent() ? arguments.get(t.text()) : null;
      if (argument == null) {
        tokens.add(t);
      } else {
        tokens.addAll(argument);
      }
    }
    return tokens;
  }

  // Directives.

  private void directive() {
    Token t = raw();
    switch (t.text()) {
      case "ifdef" -> condition(true);
      case "ifndef" -> condition(false);
      case "else" -> {
        if (!conditions.isEmpty()) {
          boolean was = conditions.pop();
          conditions.push(isEnabled() && !was);
        }
        skipLine();
      }
      case "endif" -> {
        conditions.poll();
        skipLine();
      }
      case "define" -> define(isEnabled());
      case "include" -> {
        Token name = raw();
        skipLine();
        if (isEnabled() && name.kind() == Kind.STRING) {
          include(name.text());
        }
      }
      case "undef" -> {
        Token name = raw();
        skipLine();
        if (isEnabled()) {
          macros.remove(name.text());
        }
      }
      case "\n" -> {}
      default -> skipLine();
    }
  }

  private void skipLine() {
    for (Token t = raw(); !t.isEnd() && !t.isNewline(); t = raw()) {}
    atLineStart = true;
  }

  private void condition(boolean defined) {
    boolean is = macros.containsKey(raw().text());
    skipLine();
    conditions.push(isEnabled() && is == defined);
  }

  private void include(String quoted) {
    String text =
        quoted.length() < 2 ? null : includes.apply(quoted.substring(1, quoted.length() - 1));
    if (text != null) {
      push(Lexer.tokens(text));
    }
  }

  private void define(boolean keep) {
    String name = raw().text();
    List<String> params = null;
    List<Token> body = new ArrayList<>();
    Token t = raw();
    if (t.is("(") && t.isAdjacent()) {
      params = new ArrayList<>();
      for (t = raw(); !t.isEnd() && !t.is(")"); t = raw()) {
        if (t.isIdent()) {
          params.add(t.text());
        }
      }
      t = raw();
    }
    for (; !t.isEnd() && !t.isNewline(); t = raw()) {
      body.add(t.is("\\") ? raw() : t);
    }
    if (keep) {
      macros.put(name, new Macro(params, body));
    }
    atLineStart = true;
  }
}
