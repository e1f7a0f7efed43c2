package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.FieldReport;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Reads the names of fields, and lists those that one can begin with, which takes time, only when asked. */
final class FieldNames implements ITypeConverter<List<String>>, Iterable<String> {
    private static final int MAX_KEYS = 20;

    @Override
    public Iterator<String> iterator() {
        return FieldReport.topLevelNames().iterator();
    }

    @Override
    public List<String> convert(String value) throws UsageException {
        List<String> fields = List.of(value.split(",", -1));
        List<String> known = FieldReport.topLevelNames();
        for (String name : fields) {
            String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!known.contains(top)) {
                throw new UsageException("takes keys of the JSON output, which `-o json` shows; name "
                        + (fields.indexOf(name) + 1) + " is not one");
            }
            // Dots can be parts of keys, so a path can be read in many ways.
            if (name.split("\\.", -1).length > MAX_KEYS) {
                throw new UsageException("takes names of at most " + MAX_KEYS + " keys");
            }
        }
        return fields;
    }
}
