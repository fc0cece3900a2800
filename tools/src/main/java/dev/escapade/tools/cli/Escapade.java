package dev.escapade.tools.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: which commands there are and how their flags are read.
 *
 * <p>Flags are read as package flag of Go reads them, for that is what a Go programmer's hands
 * type: one dash or two, {@code -flag=value} or {@code -flag value}, no clusters of letters, and
 * the first argument that is not a flag ends the flags.
 */
@Command(
    name = "escapade",
    description = "Go's compiler middle end: where values live, and why.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HelpCommand.class)
final class Escapade implements Callable<Integer> {
  private final Terminal terminal;

  private Escapade(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the command that {@code args} name; its result is the exit code. */
  static int run(Terminal terminal, String... args) {
    if (args.length == 1 && isVersionFlag(args[0])) {
      return new VersionCommand(terminal).call();
    }
    return commandLine(terminal, args).execute(args);
  }

  private static boolean isVersionFlag(String arg) {
    return arg.equals("version") || arg.equals("--version") || arg.equals("-version");
  }

  private static CommandLine commandLine(Terminal terminal, String... args) {
    CommandLine line = new CommandLine(new Escapade(terminal));
    line.addSubcommand(BuildCommand.commandLine(terminal));
    line.addSubcommand(new CheckCommand(terminal));
    line.addSubcommand(new CountCommand(terminal));
    line.addSubcommand(new ExplainCommand(terminal));
    line.addSubcommand(new FixCommand(terminal));
    line.addSubcommand(new DiffCommand(terminal));
    line.addSubcommand(new GraphCommand(terminal));
    line.addSubcommand(new CompareCommand(terminal));
    line.addSubcommand(new VersionCommand(terminal));
    line.addSubcommand(new CacheCommand(terminal));
    line.addSubcommand(new CompletionCommand(terminal));
    line.getCommandSpec().addOption(helpOption());
    for (CommandLine command : line.getSubcommands().values()) {
      if (command.getCommandSpec().findOption("-h") == null) {
        command.getCommandSpec().addOption(helpOption());
      }
    }
    line.setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false)
        .setAllowOptionsAsOptionParameters(true)
        .setOverwrittenOptionsAllowed(true)
        .setStopAtPositional(true)
        .setInterpolateVariables(false)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.hasColor() ? Ansi.ON : Ansi.OFF))
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setParameterExceptionHandler((e, _) -> usage(terminal, e))
        .setExecutionExceptionHandler((e, _, _) -> failure(terminal, args, e));
    return line;
  }

  /** The flag that asks a command for its usage. */
  private static OptionSpec helpOption() {
    return OptionSpec.builder("-h", "-help", "--help")
        .usageHelp(true)
        .type(boolean.class)
        .description("Show this help.")
        .build();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Without a command: what commands there are. */
  @Override
  public Integer call() {
    commandLine(terminal).usage(terminal.err());
    return ExitCode.USAGE;
  }

  private static int usage(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println(command + ": " + message(e));
    terminal.err().println("Run '" + command + " --help' for usage.");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String arg = unmatched.getUnmatched().getFirst();
      if (arg.startsWith("-")) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        return "flag provided but not defined: " + name.replaceFirst("^--", "-");
      }
      return arg + ": unknown command";
    }
    return String.valueOf(e.getMessage());
  }

  private static int failure(Terminal terminal, String[] args, Exception e) {
    if (e instanceof UserException user) {
      terminal.err().println("escapade: " + user.getMessage());
      return user.exitCode();
    }
    if (e instanceof IOException io) {
      terminal.err().println("escapade: " + describe(io));
      return ExitCode.FAILED;
    }
    CrashReport.print(terminal.err(), terminal.env(), List.of(args), e);
    return ExitCode.INTERNAL;
  }

  private static String describe(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
