#!/usr/bin/python3
"""server.py FOLDER: a control plane to test against, on the gRPC library of another maker.

It judges tokens as Chainloop's does: signature, time, audience, then what it has on record. What it has on record, and
how it misbehaves, comes as one JSON object a line on stdin; each is answered with the calls since the last one, as JSON.
Certificates are made in FOLDER. The first line on stdout tells the ports.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from concurrent import futures

import grpc

SECRET = b"a secret of the tests, 32 bytes long, at least"
NOW = 1767225600  # 2026-01-01T00:00:00Z, the time of all tests
OK = grpc.StatusCode.OK
UNKNOWN = grpc.StatusCode.UNKNOWN
INVALID = grpc.StatusCode.INVALID_ARGUMENT
DENIED = grpc.StatusCode.PERMISSION_DENIED
UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED

state = {}
calls = []


class Refusal(Exception):
    def __init__(self, code, text, reason=None):
        super().__init__(text)
        self.code, self.text, self.reason = code, text, reason


# Protocol buffers by hand: the field's number and type, the length, the content.
def varint(number):
    low = b""
    while number > 127:
        low += bytes([number & 127 | 128])
        number >>= 7
    return low + bytes([number])


def field(number, content):
    if isinstance(content, int):
        return bytes([number << 3]) + varint(int(content))
    data = content.encode() if isinstance(content, str) else content
    return bytes([number << 3 | 2]) + varint(len(data)) + data


def decoded(segment):
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def parsed(token):
    """The claims of a token of this server's own; else how its middleware for them refuses."""
    try:
        header, payload, signature = token.split(".")
        algorithm, claims = decoded(header)["alg"], decoded(payload)
    except (ValueError, KeyError):
        raise Refusal(UNAUTHENTICATED, "Token is invalid") from None
    if algorithm == "none":
        raise Refusal(UNAUTHENTICATED, "Token is invalid")
    digest = hmac.new(SECRET, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    if algorithm != "HS256" or signature != base64.urlsafe_b64encode(digest).decode().rstrip("="):
        raise Refusal(UNAUTHENTICATED, "Fail to parse JWT token")
    if claims.get("exp", NOW + 1) <= NOW:
        raise Refusal(UNAUTHENTICATED, "JWT token has expired")
    return claims


def bearer(metadata):
    words = metadata.get("authorization", "").split(" ", 1)
    if len(words) < 2 or words[0].lower() != "bearer":
        raise Refusal(UNAUTHENTICATED, "JWT token is missing")
    return words[1]


def current(metadata):
    claims = parsed(bearer(metadata))
    audience = claims["aud"][0]
    if audience == "user-auth.chainloop":
        if state.get("deleted"):
            raise Refusal(UNKNOWN, "error setting current user: user not found")
        organization = metadata.get("chainloop-organization", "")
        if organization and organization not in state.get("organizations", ["acme"]):
            raise Refusal(
                DENIED,
                "the organization you are trying to access does not exist or you are not part of it,"
                ' please run "chainloop auth login"',
                "USER_NOT_MEMBER_OF_ORG_ERROR_NOT_IN_ORG",
            )
    elif audience == "api-token-auth.chainloop":
        if state.get("revoked"):
            raise Refusal(UNKNOWN, "error setting current org and user: API token revoked")
        if state.get("deleted"):
            raise Refusal(UNKNOWN, "error setting current org and user: error retrieving the API token: token not found")
    else:
        raise Refusal(DENIED, "logged in user nor API token found")
    if "fails" in state:
        raise Refusal(UNKNOWN, state["fails"])
    return field(1, whose(audience == "user-auth.chainloop")), claims


def whose(user):
    """Whom the token is of, as upstream's ContextServiceCurrentResponse.Result has it."""
    told = state.get("told", {})
    person = field(1, "bc0b2199-ca85-42ab-a857-042e9c109d43")
    if user:
        person += field(2, told.get("email", "ada@acme.example")) + field(3, field(1, NOW - 86400 * 400))
        person += field(4, told.get("first", "Ada")) + field(5, told.get("last", "Lovelace")) + field(7, "admin" in told)
    else:
        person += field(2, "API-token@chainloop") + field(3, field(1, NOW - 86400 * 90) + field(2, 5000))
    result = field(1, person)
    if state.get("organizations") != []:
        organization = field(1, "id") + field(2, told.get("organization", "acme"))
        organization += field(9, told["days"]) if "days" in told else b""
        result += field(2, field(1, "id") + field(2, organization) + field(3, True) + field(6, 2 if user else 0))
    if "cas" in told:
        name, provider, status, error = told["cas"]
        result += field(3, field(11, name) + field(7, provider) + field(6, status) + field(12, error))
    return result


def memberships(metadata):
    current(metadata)
    if "bomb" in state:
        return field(1, field(2, b"") * state["bomb"])
    if "crowd" in state:
        return field(1, field(2, field(2, "acme"))) * state["crowd"]
    if state.get("allow-list"):
        raise Refusal(DENIED, state["allow-list"], "ALLOW_LIST_ERROR_NOT_IN_LIST")
    roles = state.get("roles", [["acme", 2]])
    return b"".join(
        field(1, field(1, "id") + field(2, field(1, "id") + field(2, name)) + field(3, i == 0) + field(6, role))
        for i, (name, role) in enumerate(roles)
    )


def contract(metadata):
    token = bearer(metadata)
    try:
        claims = parsed(token)
        if claims["aud"][0] not in ("user-auth.chainloop", "api-token-auth.chainloop", "attestations.chainloop"):
            raise Refusal(UNKNOWN, "couldn't match JWT provider: unexpected token, invalid audience")
    except Refusal as refusal:
        if refusal.text == "JWT token has expired" and state.get("version") != "v1.90.0":
            raise
        claims = federated(token, refusal)
    if claims["aud"][0] == "api-token-auth.chainloop" and state.get("revoked"):
        raise Refusal(UNKNOWN, "error extracting organization from APIToken: API token revoked")
    if claims["aud"][0] in ("user-auth.chainloop", "api-token-auth.chainloop"):
        current(metadata)
    if "denied" in state:
        raise Refusal(DENIED, state["denied"], "operation_denied")
    if state.get("suspended"):
        raise Refusal(DENIED, "organization is suspended", "suspended")
    if "contract" in state:
        raise Refusal(DENIED, state["contract"])
    if claims["aud"][0] == "user-auth.chainloop" and state.get("organizations") == []:
        raise Refusal(
            DENIED,
            "you are not part of any organization, please create one",
            "USER_WITH_NO_MEMBERSHIP_ERROR_NOT_IN_ORG",
        )
    raise Refusal(INVALID, "validation error: workflow_name: value is required")


def federated(token, refusal):
    federation = state.get("federation", "on")
    if federation == "unreachable":
        raise Refusal(UNKNOWN, "couldn't authorize using the provided token")
    if federation == "off":
        if refusal.code == UNKNOWN:
            raise refusal
        raise Refusal(
            UNAUTHENTICATED,
            "couldn't match JWT provider: token signature is invalid: signature is invalid",
        )
    claims = decoded(token.split(".")[1])
    if claims["iss"] not in state.get("issuers", ["https://token.actions.githubusercontent.com"]):
        raise Refusal(
            DENIED,
            "failed to load issuer: error loading issuer: issuer not found: " + claims["iss"],
            "FEDERATED_AUTH_ERROR_UNAUTHORIZED",
        )
    return {"aud": ["chainloop"]}


def infoz(_):
    if "infoz" in state:
        raise Refusal(grpc.StatusCode[state["infoz"]], "not this one")
    return field(1, state.get("login", "https://cp.example/login")) + field(2, state.get("version", "v1.106.1"))


METHODS = {
    "/controlplane.v1.StatusService/Infoz": infoz,
    "/controlplane.v1.ContextService/Current": lambda metadata: current(metadata)[0],
    "/controlplane.v1.UserService/ListMemberships": memberships,
    "/controlplane.v1.AttestationService/GetContract": contract,
}


class Handler(grpc.GenericRpcHandler):
    def service(self, details):
        method = METHODS.get(details.method)
        if method is None or state.get("foreign"):
            calls.append({"method": details.method, "metadata": {k: str(v) for k, v in details.invocation_metadata}})
            return None
        return grpc.unary_unary_rpc_method_handler(lambda request, context: answer(details.method, method, request, context))


def answer(name, method, request, context):
    metadata = dict(context.invocation_metadata())
    calls.append({"method": name, "request": len(request), "metadata": {k: str(v) for k, v in metadata.items()}})
    if state.get("slow") and name.endswith(state["slow"]):
        time.sleep(5)
    if "date" in state:
        context.set_trailing_metadata((("date", state["date"]),))
    if state.get("gigantic"):
        return bytes(5 << 20)
    try:
        text = state.get("echo")
        if text is not None and not name.endswith("Infoz"):
            raise Refusal(UNAUTHENTICATED, text.replace("TOKEN", metadata["authorization"]))
        return method(metadata)
    except Refusal as refusal:
        if refusal.reason:
            info = field(1, refusal.reason) + field(2, "chainloop")
            detail = field(1, "type.googleapis.com/google.rpc.ErrorInfo") + field(2, info)
            status = field(1, refusal.code.value[0]) + field(2, refusal.text) + field(3, detail)
            context.set_trailing_metadata((("grpc-status-details-bin", status),))
        context.abort(refusal.code, refusal.text)


class Page(http.server.BaseHTTPRequestHandler):
    """A web page that has moved."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:%d/" % trap.getsockname()[1])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PRI = do_GET

    def log_message(self, *_):
        pass


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def certificates(folder):
    authority, key = os.path.join(folder, "ca.pem"), os.path.join(folder, "key.pem")
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key]
    openssl("req", "-x509", *new, "-out", authority, "-subj", "/CN=Authority", "-days", "36500")
    pairs = []
    san = "subjectAltName="
    for name, days in (
        (san + "IP:127.0.0.1,DNS:localhost,DNS:cp.example", "36500"),
        (san + "DNS:other.example", "36500"),
        ("keyUsage=digitalSignature", "36500"),
    ):
        stem = os.path.join(folder, "server%d" % len(pairs))
        with open(stem + ".ext", "w", encoding="ascii") as file:
            file.write(name + "\n")
        request = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", stem + ".key"]
        openssl("req", "-new", *request, "-out", stem + ".csr", "-subj", "/CN=localhost")
        signed = ["-CA", authority, "-CAkey", key, "-set_serial", str(len(pairs) + 2), "-days", days]
        openssl("x509", "-req", "-in", stem + ".csr", *signed, "-extfile", stem + ".ext", "-out", stem + ".pem")
        pairs.append((stem + ".key", stem + ".pem"))
    return pairs


def credentials(pair):
    parts = []
    for name in pair:
        with open(name, "rb") as file:
            parts.append(file.read())
    return grpc.ssl_server_credentials([tuple(parts)])


def web(pair=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    if pair:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair[1], pair[0])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def accepting(handle):
    server = socket.create_server(("127.0.0.1", 0))

    def loop():
        while True:
            handle(server.accept()[0])

    threading.Thread(target=loop, daemon=True).start()
    return server


def broken(connection):
    connection.recv(24)
    connection.close()


def found(connection):
    """HTTP/2 whose answer to every request is 302 with gRPC's content type; each request is a call."""
    connection.sendall(bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    stream = connection.makefile("rb")
    stream.read(24)
    while True:
        head = stream.read(9)
        if len(head) < 9:
            return
        stream.read(int.from_bytes(head[:3], "big"))
        if head[3] == 1:
            calls.append({"method": "a stream"})
            block = b"".join(
                bytes([0, len(name)]) + name + bytes([len(value)]) + value
                for name, value in ((b":status", b"302"), (b"content-type", b"application/grpc"))
            )
            connection.sendall(bytes([0, 0, len(block), 1, 5]) + head[5:] + block)


trapped = []
trap = accepting(lambda connection: (trapped.append(1), connection.close()))

os.environ.pop("http_proxy", None)
server = grpc.server(futures.ThreadPoolExecutor(4))
server.add_generic_rpc_handlers((Handler(),))
pairs = certificates(sys.argv[1])
ports = {
    "plain": server.add_insecure_port("127.0.0.1:0"),
    "tls": server.add_secure_port("127.0.0.1:0", credentials(pairs[0])),
    "other": server.add_secure_port("127.0.0.1:0", credentials(pairs[1])),
    "unnamed": server.add_secure_port("127.0.0.1:0", credentials(pairs[2])),
    "page": web(),
    "tlsPage": web(pairs[0]),
    "found": accepting(found).getsockname()[1],
    "broken": accepting(broken).getsockname()[1],
    "trap": trap.getsockname()[1],
}
server.start()
print(json.dumps(ports), flush=True)
for line in sys.stdin:
    seen, calls[:] = list(calls), []
    state.clear()
    state.update(json.loads(line))
    print(json.dumps({"calls": seen, "trapped": len(trapped)}), flush=True)
server.stop(0)
