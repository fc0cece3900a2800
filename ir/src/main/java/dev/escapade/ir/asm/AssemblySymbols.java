package dev.escapade.ir.asm;

import dev.escapade.ir.asm.Token.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the assembly files of a package define and refer to, by their names for the
 * linker, with their calling conventions ({@code asm -gensymabis}, Go 1.26).
 */
public final class AssemblySymbols {
  /** A calling convention. */
  public enum Abi {
    /** Everything on the stack, as assembly code has it. */
    ABI0,
    /** The Go compiler's. */
    INTERNAL
  }

  /** What a package without assembly files has. */
  public static final AssemblySymbols NONE = new AssemblySymbols("");

  private final String prefix;
  private final Map<String, Abi> definitions = new HashMap<>();
  private final Map<String, Set<Abi>> references = new HashMap<>();

  private AssemblySymbols(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Reads the assembly files of a package. What is wrong with a file is not reported.
   *
   * @param prefix the package's path as it stands in symbols
   * @param defines the macros that stand for 1
   * @param includes the directories of included files, besides that of the file
   */
  public static AssemblySymbols read(
      List<Path> files, String prefix, Set<String> defines, List<Path> includes) {
    if (files.isEmpty()) {
      return NONE;
    }
    AssemblySymbols symbols = new AssemblySymbols(prefix);
    for (Path file : files) {
      String text = text(file);
      if (text != null) {
        symbols.file(
            new Preprocessor(text, defines, name -> included(name, file.getParent(), includes)));
      }
    }
    return symbols;
  }

  private static @Nullable String included(String name, @Nullable Path dir, List<Path> includes) {
    String text = dir == null ? null : text(dir.resolve(name));
    for (int i = 0; text == null && i < includes.size(); i++) {
      text = text(includes.get(i).resolve(name));
    }
    return text;
  }

  private static @Nullable String text(Path file) {
    try {
      return Files.isRegularFile(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : null;
    } catch (IOException _) {
      return null;
    }
  }

  /** The calling convention of a function that is defined here, or null. */
  public @Nullable Abi definition(String symbol) {
    return definitions.get(symbol);
  }

  /** The calling conventions with which a function is referred to. */
  public Set<Abi> references(String symbol) {
    return references.getOrDefault(symbol, Set.of());
  }

  // Parsing (cmd/asm/internal/asm/parse.go).

  private void file(Preprocessor in) {
    List<Token> line = new ArrayList<>();
    for (Token t = in.next(); !t.isEnd(); t = in.next()) {
      if (t.isNewline() || t.is(";")) {
        instruction(line);
        line.clear();
      } else if (t.is(":") && line.size() == 1) {
        line.clear(); // A label.
      } else {
        line.add(t);
      }
    }
    instruction(line);
  }

  private void instruction(List<Token> line) {
    if (line.isEmpty()) {
      return;
    }
    List<List<Token>> operands = operands(line);
    int first = 0;
    switch (line.getFirst().text()) {
      case "TEXT" -> {
        if (!operands.isEmpty()) {
          function(operands.getFirst(), true);
        }
        return;
      }
      case "DATA", "FUNCDATA" -> first = 1;
      default -> {}
    }
    for (int i = first; i < operands.size(); i++) {
      function(operands.get(i), false);
    }
  }

  private static List<List<Token>> operands(List<Token> line) {
    int start = 1;
    while (start + 1 < line.size() && line.get(start).is(".")) {
      start += 2; // A suffix of the instruction.
    }
    List<List<Token>> operands = new ArrayList<>();
    int nesting = 0;
    for (int i = start; i < line.size(); i++) {
      Token t = line.get(i);
      if (t.is("(") || t.is("[")) {
        nesting++;
      } else if (t.is(")") || t.is("]")) {
        nesting--;
      } else if (nesting == 0 && (t.is(",") || t.is(":"))) {
        operands.add(line.subList(start, i));
        start = i + 1;
      }
    }
    operands.add(line.subList(start, line.size()));
    return operands;
  }

  /** Notes the function that an operand is: {@code [$|*]sym[<abi>][+int](SB)}. */
  private void function(List<Token> operand, boolean defines) {
    int i = 0;
    int n = operand.size();
    if (n > 0 && (operand.get(0).is("$") || operand.get(0).is("*"))) {
      i++;
    }
    if (i >= n || !operand.get(i).isIdent()) {
      return;
    }
    String name = operand.get(i++).text().replace('\u00b7', '.').replace('\u2215', '/');
    if (name.startsWith(".")) {
      name = prefix + name;
    }
    Abi abi = Abi.ABI0;
    if (i + 2 < n && operand.get(i).is("<") && operand.get(i + 2).is(">")) {
      if (operand.get(i + 1).is("ABIInternal")) {
        abi = Abi.INTERNAL;
      }
      i += 3;
    }
    if (i + 1 < n && operand.get(i).is("+") && operand.get(i + 1).kind() == Kind.NUMBER) {
      i += 2;
    }
    if (i + 3 != n
        || !operand.get(i).is("(")
        || !operand.get(i + 1).is("SB")
        || !operand.get(i + 2).is(")")) {
      return;
    }
    if (defines) {
      definitions.put(name, abi);
    } else {
      references.computeIfAbsent(name, _ -> EnumSet.noneOf(Abi.class)).add(abi);
    }
  }
}
