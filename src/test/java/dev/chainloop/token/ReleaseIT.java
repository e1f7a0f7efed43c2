package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a release owes to the holders of its libraries. */
class ReleaseIT {
    private static final String LISTED = "licenses.listed";
    private static final Path LIBRARIES = Path.of("target/chainloop-token/share/doc/chainloop-token/THIRD-PARTY.txt");

    /** As the build lists them: (license) name (group:artifact:version - address). */
    private static TreeSet<String> libraries() throws IOException {
        Matcher lines = Pattern.compile("\\(([^ ()]+:[^ ()]+:[^ ()]+) - ").matcher(Files.readString(LIBRARIES));
        TreeSet<String> libraries = new TreeSet<>();
        while (lines.find()) {
            libraries.add(lines.group(1));
        }
        assertTrue(libraries.size() > 5, libraries::toString);
        return libraries;
    }

    /** Who holds each library, by its group. */
    @Test
    @EnabledIfSystemProperty(named = LISTED, matches = "true")
    void theNoticeNamesTheHolderOfEachLibraryAndOfNoOther() throws IOException {
        TreeSet<String> groups = new TreeSet<>();
        for (String library : libraries()) {
            groups.add(library.replaceFirst(":.*", "")
                    .replaceFirst("^com[.]fasterxml[.]jackson[.].*", "com.fasterxml.jackson"));
        }
        Matcher rows = Pattern.compile("(?m)^  ([a-z]+[.][a-z.]+) {2,}\\S").matcher(inJar("META-INF/NOTICE"));
        TreeSet<String> named = new TreeSet<>();
        while (rows.find()) {
            named.add(rows.group(1));
        }
        assertEquals(groups, named);
    }

    /** All of them are under one license. */
    @Test
    @EnabledIfSystemProperty(named = LISTED, matches = "true")
    void librariesAreUnderTheApacheLicenseAlone() throws IOException {
        List<String> others = Files.readString(LIBRARIES)
                .lines()
                .filter(line -> line.startsWith("     ("))
                .filter(line -> !line.matches(" *\\((The )?Apache[^()]*2[.]0\\) .*"))
                .toList();
        assertEquals(List.of(), others);
    }

    /** The jar has the text of each license of a part; the notice names the part. */
    @Test
    void theNoticeNamesEachPartUnderALicenseOfItsOwn() throws IOException {
        String notice = inJar("META-INF/NOTICE");
        try (JarFile jar = new JarFile(Tool.jar().toFile())) {
            List<String> parts = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.matches("META-INF/[^/]+-LICENSE"))
                    .map(name -> name.replaceFirst("META-INF/(.*)-LICENSE", "$1"))
                    .filter(part -> !notice.contains(part))
                    .toList();
            assertEquals(List.of(), parts);
        }
    }

    private static String inJar(String name) throws IOException {
        try (JarFile jar = new JarFile(Tool.jar().toFile())) {
            return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
