package dev.chainloop.token.diagnosis;

import java.util.List;

/** The English that sentences are put together with. */
public final class Phrases {
    private Phrases() {}

    /** Names within a sentence, with a conjunction before the last. */
    public static String list(List<String> names, String conjunction) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " " + conjunction + " " + names.get(last);
    }

    /** A clause at the start of a sentence. A file's name there stays as it is. */
    public static String capitalized(String clause) {
        int blank = clause.indexOf(' ');
        String first = blank < 0 ? clause : clause.substring(0, blank);
        int dot = first.indexOf('.');
        boolean file = first.indexOf('/') >= 0 || (dot >= 0 && dot < first.length() - 1);
        return clause.isEmpty() || file ? clause : Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }

    /** A name within a sentence, where it could be read as one of its words. */
    public static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
