package dev.chainloop.token.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets for the gRPC library whose input is checked before the library gets it; with TLS, what was decrypted. */
final class CheckedSockets {
    private CheckedSockets() {}

    /** Sockets without TLS. */
    static SocketFactory plain(UnaryOperator<InputStream> check) {
        return new Plain(check);
    }

    /** Sockets with TLS on top of those that the library has connected. */
    static SSLSocketFactory tls(SSLSocketFactory tls, UnaryOperator<InputStream> check) {
        return new Tls(tls, check);
    }

    private static final class Plain extends SocketFactory {
        private final UnaryOperator<InputStream> check;

        Plain(UnaryOperator<InputStream> check) {
            this.check = check;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return new Socket(host, port) {
                @Override
                public InputStream getInputStream() throws IOException {
                    return check.apply(super.getInputStream());
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory tls;
        private final UnaryOperator<InputStream> check;

        Tls(SSLSocketFactory tls, UnaryOperator<InputStream> check) {
            this.tls = tls;
            this.check = check;
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
            return new TlsSocket((SSLSocket) tls.createSocket(connected, host, port, autoClose), check);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }

    /** Another socket, but for its input. */
    private static final class TlsSocket extends SSLSocket {
        private final SSLSocket socket;
        private final UnaryOperator<InputStream> check;

        TlsSocket(SSLSocket socket, UnaryOperator<InputStream> check) {
            this.socket = socket;
            this.check = check;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return check.apply(socket.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public synchronized void close() throws IOException {
            socket.close();
        }

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            socket.setTcpNoDelay(on);
        }

        @Override
        public synchronized void setSoTimeout(int timeout) throws SocketException {
            socket.setSoTimeout(timeout);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return socket.getRemoteSocketAddress();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return socket.getLocalSocketAddress();
        }

        @Override
        public SSLParameters getSSLParameters() {
            return socket.getSSLParameters();
        }

        @Override
        public void setSSLParameters(SSLParameters parameters) {
            socket.setSSLParameters(parameters);
        }

        @Override
        public String getApplicationProtocol() {
            return socket.getApplicationProtocol();
        }

        @Override
        public SSLSession getSession() {
            return socket.getSession();
        }

        @Override
        public void startHandshake() throws IOException {
            socket.startHandshake();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return socket.getSupportedCipherSuites();
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return socket.getEnabledCipherSuites();
        }

        @Override
        public void setEnabledCipherSuites(String[] names) {
            socket.setEnabledCipherSuites(names);
        }

        @Override
        public String[] getSupportedProtocols() {
            return socket.getSupportedProtocols();
        }

        @Override
        public String[] getEnabledProtocols() {
            return socket.getEnabledProtocols();
        }

        @Override
        public void setEnabledProtocols(String[] names) {
            socket.setEnabledProtocols(names);
        }

        @Override
        public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
            socket.addHandshakeCompletedListener(listener);
        }

        @Override
        public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
            socket.removeHandshakeCompletedListener(listener);
        }

        @Override
        public boolean getUseClientMode() {
            return socket.getUseClientMode();
        }

        @Override
        public void setUseClientMode(boolean on) {
            socket.setUseClientMode(on);
        }

        @Override
        public boolean getNeedClientAuth() {
            return socket.getNeedClientAuth();
        }

        @Override
        public void setNeedClientAuth(boolean on) {
            socket.setNeedClientAuth(on);
        }

        @Override
        public boolean getWantClientAuth() {
            return socket.getWantClientAuth();
        }

        @Override
        public void setWantClientAuth(boolean on) {
            socket.setWantClientAuth(on);
        }

        @Override
        public boolean getEnableSessionCreation() {
            return socket.getEnableSessionCreation();
        }

        @Override
        public void setEnableSessionCreation(boolean on) {
            socket.setEnableSessionCreation(on);
        }
    }
}
