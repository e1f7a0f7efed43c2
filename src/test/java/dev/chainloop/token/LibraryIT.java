package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as another project uses it: the documents' examples, with its jar and what its POM asks for. */
class LibraryIT {
    private static final String JAR = "target/chainloop-token-" + System.getProperty("project.version");

    @TempDir
    Path folder;

    @Test
    void theExamplesNeedTwoDependencies() throws Exception {
        List<String> needed = new ArrayList<>();
        for (String one : Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*?</dependencyManagement>(.*?)<build>.*", "$1")
                .split("<dependency>")) {
            Matcher name = Pattern.compile("<artifactId>(.*?)</artifactId>").matcher(one);
            String dependency = one.replaceFirst("(?s)</dependency>.*", "");
            if (one.contains("</dependency>") && name.find() && !dependency.matches("(?s).*<(optional|scope)>.*")) {
                needed.add(name.group(1));
            }
        }
        assertEquals(List.of("jjwt-api", "jackson-core"), needed);
        String classpath = JAR + ".jar";
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (needed.contains(Path.of(entry).getFileName().toString().replaceFirst("-[0-9].*", ""))) {
                classpath += File.pathSeparator + entry;
            }
        }
        String example = Markdown.block(Path.of("src/site/markdown/library.md"), "", "java", "class Example");
        String examples = folder.toString();
        compile(
                List.of("-Xlint:all,-processing", "-Werror", "--release", "17", "-cp", classpath, "-d", examples),
                Files.writeString(folder.resolve("Example.java"), example),
                Files.writeString(folder.resolve("OfTheJavadoc.java"), examplesOfJavadoc()));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String token = TokenMint.described("API");
        String expected = "API token of acme\nexpires: Optional.empty\n";
        assertEquals(expected, Program.run(java, "-cp", classpath + File.pathSeparator + examples, "Example", token));
        Path module = Files.createDirectories(folder.resolve("module"));
        String required =
                "module m {\n    requires dev.chainloop.token;\n    requires com.fasterxml.jackson.core;\n}\n";
        assertTrue(Files.readString(Path.of("src/site/markdown/library.md")).contains(required));
        compile(
                List.of("-p", classpath, "-d", module.toString()),
                Files.writeString(module.resolve("module-info.java"), required),
                Files.writeString(module.resolve("Example.java"), "package m;\n" + example));
        String path = classpath + File.pathSeparator + module;
        assertEquals(expected, Program.run(java, "-p", path, "-m", "m/m.Example", token));
    }

    private static void compile(List<String> options, Path... files) {
        List<String> line = new ArrayList<>(options);
        line.add("-proc:none");
        for (Path file : files) {
            line.add(file.toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, line.toArray(new String[0]));
        assertEquals(0, status, said::toString);
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
}
