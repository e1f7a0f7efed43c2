package dev.chainloop.token.http;

/** Another machine could not be asked. Neither text quotes what was sent or received. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Why, and what to do about it.
     *
     * @param what a phrase that follows the machine's name, as in "cannot be reached"
     * @param remedy a sentence or two
     */
    public UnreachableException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What is wrong, as a phrase that follows the machine's name. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
