package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers for many tokens, one line each; used by several threads. */
@FunctionalInterface
public interface LineReport {
    /**
     * The answer for one token, without a line end.
     *
     * @param number that of its line
     * @param check the outcome of a check, if there was one
     */
    String line(long number, Diagnosis diagnosis, Optional<Check.Result> check);

    /** The JSON object, with the number of the line as {@code line}. */
    static LineReport json(ViewOptions view) {
        return (number, diagnosis, check) -> {
            Map<String, @Nullable Object> object = JsonReport.object(diagnosis, view);
            JsonReport.put(check, object);
            object.put("line", number);
            return JsonWriter.compact(object);
        };
    }

    /** The values of fields, separated by tabs. */
    static LineReport fields(List<String> names, ViewOptions view) {
        return (number, diagnosis, check) ->
                FieldReport.render(diagnosis, names, view).values("\t");
    }

    /** The line's number, the outcome of a check, the headline, the fingerprint, and what was found. */
    static LineReport text(ViewOptions view) {
        return (number, diagnosis, check) -> {
            Inspection inspection = diagnosis.inspection();
            if (inspection.status() == Status.NONE) {
                return number + "  no token";
            }
            List<String> columns = new ArrayList<>();
            columns.add(String.valueOf(number));
            if (check.isPresent()) {
                Palette palette = view.palette();
                columns.add(check.get().passed() ? palette.good("passed") : palette.bad("failed"));
            }
            columns.add(inspection.fault() != null ? inspection.fault().message() : Headline.of(inspection, view));
            if (inspection.fingerprint() != null) {
                columns.add(inspection.fingerprint());
            }
            List<String> ids = ids(diagnosis, check);
            if (!ids.isEmpty()) {
                columns.add(ids.toString());
            }
            return String.join("  ", columns);
        };
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
