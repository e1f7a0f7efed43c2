package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void theAncestorsAreThoseOfTheProcess() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/comm")), "no /proc here");
        List<String> names = new ArrayList<>();
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        while (parent.isPresent()) {
            names.add(Files.readString(Path.of("/proc/" + parent.get().pid() + "/comm"))
                    .stripTrailing());
            parent = parent.get().parent();
        }
        assertFalse(names.isEmpty());
        assertEquals(names, new Machine.Own().ancestors());
    }
}
