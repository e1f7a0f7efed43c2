package dev.chainloop.token.cli;

/** The version of this tool, filled in from the pom: a constant costs nothing at start-up, a resource does. */
final class Version {

    static final String VALUE = "${project.version}";

    private Version() {}
}
