package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.SourceRequest;
import java.time.Instant;

/**
 * What every command about tokens is asked.
 *
 * @param source which token
 * @param at as of when its times are judged
 * @param format in which form to answer
 * @param view how to show things in it
 */
record Request(SourceRequest source, Instant at, OutputFormat format, View view) {
    static Request of(SourceOptions source, AtOption at, OutputOptions output, World world) throws UsageException {
        return new Request(
                source.request(),
                at.read(world.clock()),
                output.format(),
                output.view(world.environment(), world.outKind()));
    }
}
