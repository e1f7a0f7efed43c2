package dev.chainloop.token.source;

import java.nio.file.Path;

/**
 * A config file that the CLI does not read here, though a user may think so.
 *
 * @param relative whether it is in the folder that a relative {@code XDG_CONFIG_HOME} names, which the CLI ignores
 * @param look what it holds
 */
public record OtherConfig(Path path, boolean relative, Look look) {}
