package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes to stderr along with the answer about a token. */
final class Commentary {
    private final Diagnosis diagnosis;
    private final ViewOptions view;
    private final Console console;

    Commentary(Diagnosis diagnosis, ViewOptions view, Console console) {
        this.diagnosis = diagnosis;
        this.view = view;
        this.console = console;
    }

    /** Says what was removed around the token. */
    void removed() {
        Optional<Look.Found> found = diagnosis.evidence().search().found();
        if (found.isPresent() && !found.get().removed().isEmpty()) {
            console.note(view.nameOf(found.get().origin()) + ": removed "
                    + String.join(", ", found.get().removed()));
        }
    }

    /** Says which sources after the deciding one cannot be read, for answers that show no findings. */
    void unreadable() {
        for (Look.Unreadable behind : diagnosis.evidence().search().unreadableBehind()) {
            console.note(view.nameOf(behind.origin()) + ": " + behind.why()
                    + "; this token is not from there, but the Chainloop CLI stops at it");
        }
    }

    /** Says why there is no answer, if there is none. */
    void fault() {
        @Nullable Fault fault = diagnosis.inspection().fault();
        if (fault != null) {
            @Nullable Origin origin = diagnosis.inspection().origin();
            String where = origin != null ? view.nameOf(origin) + ": " : "";
            console.error(where + fault.message(), fault.remedy());
        }
    }
}
