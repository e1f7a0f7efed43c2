package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The files of a release, made from what was just built by the scripts of the release workflow. {@code $S} is their
 * folder.
 */
class ReleaseIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final Path MATERIALS = Path.of("target/chainloop-token-" + VERSION + ".cdx.json");
    private static final Path INSTALLED = Path.of("target/chainloop-token");
    private static final String NOTHING = "";

    @TempDir
    Path home;

    private LauncherRun run() {
        return LauncherRun.in(home)
                .env("S", Path.of("src/release").toAbsolutePath().toString())
                .env("V", VERSION);
    }

    /** Maven makes them only when it is online. */
    private static void needMaterials() {
        LauncherRun.skipUnless(Files.exists(MATERIALS), "Maven makes no bill of materials offline");
    }

    @Test
    void jarFolderAndMaterialsPassTheCheck() throws Exception {
        needMaterials();
        assertEquals(new CliRun.Result(0, """
                        SHA256SUMS
                        %1$s-java.tar.gz
                        %1$s.cdx.json
                        0/0
                        %1$s
                        """.formatted("chainloop-token-" + VERSION), NOTHING), run().script("""
                        set -e
                        sh "$S/assets.sh" "java materials" "$V" assets
                        sh "$S/sums.sh" assets
                        sh "$S/check.sh" "$V" assets
                        LC_ALL=C ls assets
                        tar --numeric-owner -tvzf assets/*-java.tar.gz | awk '{ print $2 }' | sort -u
                        tar -tzf assets/*-java.tar.gz | cut -d / -f 1 | sort -u
                        """));
    }

    @Test
    void theJarIsAloneInItsFolder() throws Exception {
        assertEquals(new CliRun.Result(0, """
                        lib/
                        lib/chainloop-token.jar
                        """, NOTHING), run().script("""
                        sh "$S/assets.sh" java "$V" assets
                        tar -tzf assets/*-java.tar.gz | sed -n 's,^[^/]*/\\(lib/\\),\\1,p'
                        """));
    }

    @Test
    void packedTwiceTheyAreTheSame() throws Exception {
        assertEquals(
                new CliRun.Result(0, NOTHING, NOTHING),
                run().script("umask 077; sh \"$S/assets.sh\" java \"$V\" one; umask 022;"
                        + " sh \"$S/assets.sh\" java \"$V\" other; sh \"$S/compare.sh\" one other"));
    }

    @Test
    void anotherVersionIsNotThere() throws Exception {
        assertEquals(
                new CliRun.Result(
                        1,
                        NOTHING,
                        "error: target/chainloop-token says: chainloop-token " + VERSION
                                + "; build version 9.9.9 first.\n"),
                run().script("sh \"$S/assets.sh\" java 9.9.9 assets"));
    }

    @Test
    void materialsAreTheLibrariesInTheJar() throws IOException {
        needMaterials();
        List<String> names = new ArrayList<>();
        for (JsonNode component : materials().get("components")) {
            names.add(component.get("group").asText() + ":"
                    + component.get("name").asText());
        }
        assertEquals(
                List.of(
                        "com.fasterxml.jackson.core:jackson-annotations",
                        "com.fasterxml.jackson.core:jackson-core",
                        "com.fasterxml.jackson.core:jackson-databind",
                        "com.fasterxml.jackson.dataformat:jackson-dataformat-toml",
                        "com.google.code.findbugs:jsr305",
                        "com.google.errorprone:error_prone_annotations",
                        "com.google.guava:failureaccess",
                        "com.google.guava:guava",
                        "com.google.guava:listenablefuture",
                        "com.squareup.okio:okio",
                        "com.squareup.okio:okio-jvm",
                        "info.picocli:picocli",
                        "io.grpc:grpc-api",
                        "io.grpc:grpc-context",
                        "io.grpc:grpc-core",
                        "io.grpc:grpc-okhttp",
                        "io.grpc:grpc-util",
                        "io.jsonwebtoken:jjwt-api",
                        "io.jsonwebtoken:jjwt-impl",
                        "io.perfmark:perfmark-api",
                        "org.jetbrains.kotlin:kotlin-stdlib",
                        "org.jetbrains.kotlin:kotlin-stdlib-jdk8",
                        "org.jspecify:jspecify"),
                names.stream().sorted().toList());
        assertEquals(VERSION, materials().at("/metadata/component/version").asText());
    }

    @Test
    void materialsFollowTheSchema() throws IOException {
        needMaterials();
        assertEquals(List.of(), List.copyOf(schema().validate(materials())));
    }

    /** With a folder in place of the executable's, since a plain build has none. */
    @Test
    void materialsTakeTheGraalVmOfTheExecutables() throws Exception {
        needMaterials();
        assertEquals(
                new CliRun.Result(0, NOTHING, NOTHING),
                run().env("FROM", MATERIALS.toAbsolutePath().toString()).script("""
                        set -e
                        name=chainloop-token-$V-linux-glibc-x86_64
                        mkdir -p assets "$name/share/doc/chainloop-token/runtime"
                        cp "$FROM" assets/
                        printf 'GRAALVM_VERSION="25.0.2"\\nJAVA_RUNTIME_VERSION="25.0.2+10-LTS"\\nIMPLEMENTOR="A \\\\"Maker\\\\""\\n' \\
                            >"$name/share/doc/chainloop-token/runtime/release"
                        tar -czf "assets/$name.tar.gz" "$name"
                        sh "$S/materials.sh" "$V" assets
                        """));
        JsonNode changed = new ObjectMapper()
                .readTree(
                        home.resolve("assets").resolve(MATERIALS.getFileName()).toFile());
        assertEquals(
                "GraalVM 25.0.2 of A Maker",
                changed.at("/components/0/name").asText() + " "
                        + changed.at("/components/0/version").asText() + " of "
                        + changed.at("/components/0/publisher").asText());
        assertEquals(
                materials().get("components").size() + 1,
                changed.get("components").size());
        assertEquals(List.of(), List.copyOf(schema().validate(changed)));
    }

    private static JsonSchema schema() throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V7,
                builder -> builder.schemaMappers(
                        mappers -> mappers.mapPrefix("http://cyclonedx.org/schema/", "classpath:")));
        try (InputStream schema = ReleaseIT.class.getResourceAsStream("/bom-1.6.schema.json")) {
            return factory.getSchema(schema);
        }
    }

    private static JsonNode materials() throws IOException {
        return new ObjectMapper().readTree(MATERIALS.toFile());
    }

    /** They would make every build differ. */
    @Test
    void materialsHaveNoTimeAndNoRandomNumber() throws IOException {
        needMaterials();
        assertFalse(materials().at("/metadata").has("timestamp"));
        assertFalse(materials().has("serialNumber"));
    }

    /** Apache-2.0, section 4(d); beside the licence, and in the jar however it travels. */
    @Test
    void noticeSaysThatNoLibraryIsChanged() throws IOException {
        String notice = Files.readString(INSTALLED.resolve("share/doc/chainloop-token/NOTICE"));
        assertTrue(notice.contains("None of their classes was changed."));
        String picocli = "picocli/CommandLine.class";
        try (JarFile jar =
                        new JarFile(INSTALLED.resolve("lib/chainloop-token.jar").toFile());
                InputStream inJar = jar.getInputStream(jar.getEntry("META-INF/NOTICE"));
                InputStream shipped = jar.getInputStream(jar.getEntry(picocli));
                InputStream stock = CommandLine.class.getResourceAsStream("/" + picocli)) {
            assertTrue(new String(inJar.readAllBytes(), StandardCharsets.UTF_8).startsWith(notice));
            assertArrayEquals(stock.readAllBytes(), shipped.readAllBytes());
        }
    }

    @Test
    void executableAndPackagePassTheCheck() throws Exception {
        LauncherRun.skipUnless(Native.isBuilt(), "only the Maven profile `native` builds the executable");
        assertEquals(
                new CliRun.Result(0, "SHA256SUMS is not alone\n", NOTHING),
                run().unset("JAVA_HOME").script("""
                        set -e
                        sh "$S/assets.sh" native "$V" assets
                        [ -z "$(ls "${L%/*/bin/*}/"*_"$V"_*.deb 2>/dev/null)" ] || sh "$S/assets.sh" package "$V" assets
                        sh "$S/sums.sh" assets
                        sh "$S/check.sh" "$V" assets
                        [ "$(ls assets)" = SHA256SUMS ] || echo SHA256SUMS is not alone
                        """));
    }
}
