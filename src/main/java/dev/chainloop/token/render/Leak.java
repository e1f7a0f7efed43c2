package dev.chainloop.token.render;

/** A token where none should be; lines and columns count from 1, these in characters. */
public record Leak(String file, long line, long column, Mask mask) {
    /** One line about it, with its end. */
    public String in(OutputFormat format, boolean redact) {
        return switch (format) {
            case TEXT, DOTENV -> {
                String what = redact ? "token" : mask.kind() + " " + mask.fingerprint();
                yield Sanitizer.line(file) + ":" + line + ":" + column + " " + what.strip() + "\n";
            }
            case JSON ->
                JsonWriter.compact(new Members(redact)
                                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                                .with("file", file)
                                .with("line", line)
                                .with("column", column)
                                .withPrivate("kind", mask.kind())
                                .withPrivate("expired", mask.expired())
                                .withPrivate("fingerprint", mask.fingerprint().isEmpty() ? null : mask.fingerprint()))
                        + "\n";
            case GITHUB -> {
                String message = "There is a token here" + (redact ? "" : ": " + mask.text())
                        + ". Remove it; if it is genuine, revoke it where it was issued.";
                // GitHub knows files by their path from the repository's root.
                String path = file.startsWith("./") ? file.substring(2) : file;
                yield GithubReport.command(
                        "error file=" + GithubReport.property(path) + ",line=" + line + ",col=" + column + ",",
                        "leak",
                        message);
            }
        };
    }
}
