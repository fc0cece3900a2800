package dev.escapade.tools.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraphTargetTest {
  private static final Path DIR = Path.of("/work");

  /** Each reading as package:name, after an @ the name that the package must have. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Build                          | .:Build
          Node.Push                      | Node:Push .:Push@Node .:Node.Push
          (*Node).Push                   | .:Push@Node .:Node.Push
          fmt.Fprintf                    | fmt:Fprintf .:Fprintf@fmt .:fmt.Fprintf
          ./x.F                          | ./x:F
          ../x.(*T).M                    | ../x:T.M
          encoding/json.Encoder.Encode   | encoding/json:Encoder.Encode encoding/json.Encoder:Encode
          encoding/json.(*Encoder).Encode.func1 | encoding/json:Encoder.Encode.func1
          gopkg.in/yaml.v3.Unmarshal     | gopkg.in/yaml:v3.Unmarshal gopkg.in/yaml.v3:Unmarshal
          a/b.Map[go.shape.int]          | a/b:Map
          a/b                            | NOTHING
          """)
  void readsNames(String arg, String want) {
    assertEquals(want.equals("NOTHING") ? "" : want, names(GraphTarget.parse(arg, DIR)));
  }

  private static String names(List<GraphTarget> targets) {
    StringBuilder b = new StringBuilder();
    for (GraphTarget target : targets) {
      GraphTarget.ByName name = (GraphTarget.ByName) target;
      b.append(b.isEmpty() ? "" : " ").append(name.pkg()).append(':').append(name.name());
      b.append(name.onlyInPackage() == null ? "" : "@" + name.onlyInPackage());
    }
    return b.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "main.go:17, /work, /work/main.go, 17",
    "../a/b.go:3:9, /a, /a/b.go, 3",
    "/x/y.go:1, /x, /x/y.go, 1"
  })
  void readsLines(String arg, String pkg, String file, int line) {
    assertEquals(
        List.of(new GraphTarget.ByLine(pkg, Path.of(file), line)), GraphTarget.parse(arg, DIR));
  }
}
