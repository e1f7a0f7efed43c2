package dev.chainloop.token.verification;

/** Thrown when there is no usable key. Neither text quotes what was read. */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * A key that cannot be used.
     *
     * @param what what is wrong, a phrase that follows the name of the place
     * @param remedy what to do, a sentence
     */
    KeyException(String what, String remedy) {
        // No cause: the libraries' messages can quote a key.
        super(what);
        this.remedy = remedy;
    }

    /** What is wrong, a phrase that follows the name of the place where the key should be. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What to do, a sentence. */
    public String remedy() {
        return remedy;
    }
}
