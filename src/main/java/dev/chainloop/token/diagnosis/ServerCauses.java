package dev.chainloop.token.diagnosis;

/** The causes of messages about outages and other servers, which no token can cause or fix. */
final class ServerCauses {
    private static final String OUTAGE = "The outage is on the server's side; no token can cause or fix it.";

    private ServerCauses() {}

    static void federationUnreachable(Causes causes) {
        causes.notAsked(OUTAGE);
        causes.notVisible("The service is asked only about a token that the control plane's own checks rejected.");
        causes.expiry("so the control plane's own checks may have rejected it first");
        causes.remedy("Try again; if it persists, tell the administrator of the control plane, or use an API token.");
    }

    static void authorizerDown(Causes causes) {
        causes.notAsked(OUTAGE);
        causes.remedy("Try again; if it persists, tell the administrator of the control plane.");
    }

    static void policyProvider(Causes causes) {
        causes.notAsked(
                "The provider refused what the control plane sent it: its own credentials, or the token, which a"
                        + " provider may check itself.");
        causes.findings(Rule.EXPIRED);
        causes.remedy("Check the policy's reference in the contract, and tell the administrator of the policy"
                + " provider; a new token alone will rarely help.");
    }

    static void registry(Causes causes) {
        causes.likely("The image is private, or its name is wrong, and the registry has no login from here.");
        causes.ruledOut("The token is the cause: the control plane does not answer in these words.");
        causes.remedy("Log in to the registry that the message names, as with `docker login HOST`, or check the image's"
                + " name; a new token will not help.");
    }
}
