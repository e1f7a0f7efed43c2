package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.OutputFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --field}: bare values for a script, in place of an answer. */
public final class FieldOption {
    private final OptionSpec field = Option.named("--field")
            .text(
                    "NAME[,NAME…]",
                    new Names(),
                    "Print bare values, one per line: keys of the JSON output. claims and header print the whole"
                            + " object, claims.x.y one value in it.");

    /** The option in picocli's model. */
    public OptionSpec option() {
        return field;
    }

    /**
     * The names that were asked for; none when the option is not given.
     *
     * @throws UsageException when a name is not known, or the option does not go with the format
     */
    public List<String> names(OutputFormat format) throws UsageException {
        @Nullable String names = field.getValue();
        if (names == null) {
            return List.of();
        }
        if (!format.isDefault()) {
            throw new UsageException("--field and -o " + format.word() + " cannot be used together");
        }
        List<String> fields = Arrays.asList(names.split(",", -1));
        List<String> known = FieldReport.topLevelNames();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!known.contains(top)) {
                throw new UsageException(
                        "--field: name " + (i + 1) + " is not a key of the JSON output" + Nearest.hint(top, known));
            }
        }
        return fields;
    }

    /** Collected only when needed, which is hardly ever. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return FieldReport.topLevelNames().iterator();
        }
    }
}
