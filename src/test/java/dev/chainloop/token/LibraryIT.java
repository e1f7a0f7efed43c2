package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library as another project uses it, with the documents' examples, from a repository that holds nothing but what
 * is installed.
 */
class LibraryIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final Path JAR = Path.of("target/chainloop-token-" + VERSION + ".jar");
    private static final Path POM = Path.of("pom.xml");

    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId>
              <artifactId>example</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>dev.chainloop</groupId>
                  <artifactId>chainloop-token</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
              <build>
                <sourceDirectory>.</sourceDirectory>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.16.0</version>
                    <configuration>
                      <compilerArgs>
                        <arg>-Xlint:all</arg>
                        <arg>-Werror</arg>
                      </compilerArgs>
                    </configuration>
                  </plugin>
                  <plugin>
                    <artifactId>maven-antrun-plugin</artifactId>
                    <version>3.2.0</version>
                    <configuration>
                      <target>
                        <property name="path" refid="maven.compile.classpath"/>
                        <echo file="classpath" message="${path}"/>
                      </target>
                    </configuration>
                  </plugin>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.5.0</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path folder;

    @Test
    void aProjectGetsTheLibraryWithTwoDependencies() throws Exception {
        Files.writeString(folder.resolve("pom.xml"), PROJECT.formatted(VERSION));
        Files.writeString(folder.resolve("Example.java"), block(Path.of("src/site/markdown/library.md")));
        Files.writeString(folder.resolve("OfTheJavadoc.java"), examplesOfJavadoc());
        install();
        maven("compile", "org.apache.maven.plugins:maven-antrun-plugin:3.2.0:run");
        String classpath = Files.readString(folder.resolve("classpath"));
        assertEquals(
                List.of("chainloop-token", "jackson-core", "jjwt-api"),
                Arrays.stream(classpath.split(File.pathSeparator))
                        .filter(path -> path.endsWith(".jar"))
                        .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("-[0-9].*", ""))
                        .sorted()
                        .toList());
        assertEquals(
                "API token of acme\nexpires: Optional.empty\n",
                Program.run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classpath,
                        "Example",
                        TokenMint.token(TokenMint.API_TOKEN)));
    }

    /** A method for the example of each class that other programs use. */
    private static String examplesOfJavadoc() throws IOException {
        StringBuilder methods = new StringBuilder("import dev.chainloop.token.core.*;\nimport java.util.*;\n");
        methods.append("class OfTheJavadoc {\n");
        for (String type : List.of(("Parser Token ApiToken UserToken FederatedToken DecodedToken Claims Fingerprint "
                        + "MalformedTokenException")
                .split(" "))) {
            Path source = Path.of("src/main/java/dev/chainloop/token/core/" + type + ".java");
            Matcher example =
                    Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n \\* }</pre>").matcher(Files.readString(source));
            assertTrue(example.find(), type);
            String given = type.matches(".*Token") && !type.equals("DecodedToken") ? "Token token" : "String compact";
            methods.append("void of" + type + "(" + given + ", String me, Claims claims, java.time.Instant now,"
                    + " java.io.PrintStream log" + (type.equals("DecodedToken") ? ", DecodedToken decoded" : "")
                    + ") throws Exception {\n" + example.group(1).replaceAll("(?m)^ \\* ?", "") + "\n}\n");
        }
        return methods + "}\n";
    }

    private static String block(Path document) throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document));
        assertTrue(block.find(), document::toString);
        return block.group(1);
    }

    /** Puts the files where `mvn install` would: the build may be offline and lack that plugin. */
    private void install() throws Exception {
        Path place = folder.resolve("repository/dev/chainloop/chainloop-token").resolve(VERSION);
        Files.createDirectories(place);
        Files.copy(JAR, place.resolve(JAR.getFileName()));
        Files.copy(POM, place.resolve("chainloop-token-" + VERSION + ".pom"));
    }

    /**
     * Plugins and dependencies come from the build's repository, which Failsafe names; the library from one that only
     * the test has.
     */
    private void maven(String... arguments) throws Exception {
        Program.require("mvn");
        Tool.skipUnless(
                !Program.run("mvn", "-v").contains("Apache Maven 3.8."), "Maven 3.8 takes one local repository only");
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "-o",
                "-B",
                "-q",
                "-f",
                folder.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + folder.resolve("repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("localRepository")));
        command.addAll(List.of(arguments));
        // Otherwise later JDKs warn of a library of Maven's.
        assertEquals(
                "",
                Program.of(command)
                        .with(Map.of("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -Dsun.misc.unsafe.memory.access=allow"))
                        .merged()
                        .run()
                        .out());
    }
}
