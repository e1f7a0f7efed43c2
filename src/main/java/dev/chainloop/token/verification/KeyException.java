package dev.chainloop.token.verification;

/** Thrown when there is no usable key. Neither text quotes what was read. */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** What is wrong, a phrase that follows the name of the key's place; and what to do, a sentence. */
    KeyException(String what, String remedy) {
        // No cause: the libraries' messages can quote a key.
        super(what);
        this.remedy = remedy;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
