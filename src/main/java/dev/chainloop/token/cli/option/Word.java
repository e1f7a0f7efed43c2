package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;

/** Reads one of some words as the constant that it means. */
public record Word(List<? extends Keyword> constants) implements ITypeConverter<Object> {
    @Override
    public Keyword convert(String value) throws UsageException {
        return Keyword.find(constants, value)
                .orElseThrow(() -> new UsageException("takes " + Converter.oneOf(constants)));
    }

    /** Several of them, with commas between. */
    public Set<Keyword> several(String value) throws UsageException {
        Set<Keyword> meant = new LinkedHashSet<>();
        for (String word : value.split(",", -1)) {
            meant.add(convert(word));
        }
        return meant;
    }
}
