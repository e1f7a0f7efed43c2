/** The application and its libraries, as the one module that a bundle adds to java.base. */
module dev.chainloop.token {}
