package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    /** A folder whose name only begins like the home folder's is another one. */
    @ParameterizedTest
    @CsvSource({
        "/home/anna/.config/x, ~/.config/x",
        "/home/annabel/.config/x, /home/annabel/.config/x",
        "/home/anna, /home/anna",
        "/srv/home/anna/x, /srv/home/anna/x"
    })
    void aPathIsShortenedWithinTheHomeFolder(String path, String shown) {
        assertEquals(shown, Environment.shortened(path, Optional.of(Path.of("/home/anna"))));
    }
}
