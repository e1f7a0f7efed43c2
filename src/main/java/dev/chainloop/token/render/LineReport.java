package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answers for many tokens, one line each; used by one thread, batch by batch. */
public interface LineReport {
    /**
     * Adds the answer for one token.
     *
     * @param line the number of its line
     * @param check the outcome of a check, if there was one
     */
    void add(long line, Diagnosis diagnosis, Optional<Check.Result> check);

    /** Takes away the lines that were added since the last call, in UTF-8, each with its line end. */
    byte[] take();

    /** The JSON object on one line, with the number of the line as {@code line}. */
    static LineReport json(ViewOptions view) {
        return new Json(view);
    }

    /** The values of fields, separated by tabs. */
    static LineReport fields(List<String> names, ViewOptions view) {
        return new Fields(names, view);
    }

    /** The line's number, the outcome of a check, the headline, the fingerprint, and what was found. */
    static LineReport text(ViewOptions view) {
        return new Text(view);
    }

    /** NDJSON. */
    final class Json implements LineReport {
        private final JsonWriter.Ndjson lines = new JsonWriter.Ndjson();
        private final ViewOptions view;

        private Json(ViewOptions view) {
            this.view = view;
        }

        @Override
        public void add(long line, Diagnosis diagnosis, Optional<Check.Result> check) {
            lines.start();
            JsonReport.put(diagnosis, check, view, lines);
            lines.put(JsonKey.LINE, line);
            lines.end();
        }

        @Override
        public byte[] take() {
            return lines.take();
        }
    }

    /** Columns. */
    final class Fields implements LineReport {
        private StringBuilder lines = new StringBuilder();
        private final List<String> names;
        private final ViewOptions view;

        private Fields(List<String> names, ViewOptions view) {
            this.names = names;
            this.view = view;
        }

        @Override
        public void add(long line, Diagnosis diagnosis, Optional<Check.Result> check) {
            lines.append(FieldReport.render(diagnosis, names, view).values("\t"))
                    .append('\n');
        }

        @Override
        public byte[] take() {
            byte[] utf8 = lines.toString().getBytes(StandardCharsets.UTF_8);
            lines = new StringBuilder();
            return utf8;
        }
    }

    /** Text. */
    final class Text implements LineReport {
        private StringBuilder lines = new StringBuilder();
        private final ViewOptions view;

        private Text(ViewOptions view) {
            this.view = view;
        }

        @Override
        public void add(long line, Diagnosis diagnosis, Optional<Check.Result> check) {
            Inspection inspection = diagnosis.inspection();
            lines.append(line).append("  ");
            if (inspection.status() == Status.NONE) {
                lines.append("no token\n");
                return;
            }
            if (check.isPresent()) {
                lines.append(outcome(check.get(), view.palette())).append("  ");
            }
            if (inspection.fault() != null) {
                lines.append(inspection.fault().message());
            } else {
                lines.append(Headline.of(inspection, view));
            }
            if (inspection.fingerprint() != null) {
                lines.append("  ").append(inspection.fingerprint());
            }
            List<String> ids = ids(diagnosis, check);
            if (!ids.isEmpty()) {
                lines.append("  [").append(String.join(", ", ids)).append(']');
            }
            lines.append('\n');
        }

        @Override
        public byte[] take() {
            byte[] utf8 = lines.toString().getBytes(StandardCharsets.UTF_8);
            lines = new StringBuilder();
            return utf8;
        }

        private static String outcome(Check.Result check, Palette palette) {
            return check.passed() ? palette.good("passed") : palette.bad("failed");
        }

        private static List<String> ids(Diagnosis diagnosis, Optional<Check.Result> check) {
            List<String> ids = new ArrayList<>();
            if (check.isPresent()) {
                for (Check.Failure failure : check.get().failures()) {
                    if (!failure.expectation().equals("findings")) {
                        ids.add(failure.expectation());
                    }
                }
            }
            for (Finding finding : diagnosis.findings()) {
                ids.add(finding.rule().id());
            }
            return ids;
        }
    }
}
