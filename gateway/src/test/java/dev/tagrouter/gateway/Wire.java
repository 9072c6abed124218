package dev.tagrouter.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A bare connection that sends any bytes and reads HTTP/1.1 answers one by one. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer as it came; the last header of a name counts. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    static Wire to(Gateway gateway) throws IOException {
        return new Wire(gateway.port());
    }

    Wire patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    Wire send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** A chat request's head and body. */
    static String chat(String path, String body, String... headers) {
        StringBuilder out = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: application/json\r\ncontent-length: " + body.length() + "\r\n");
        for (String header : headers) {
            out.append(header).append("\r\n");
        }
        return out + "\r\n" + body;
    }

    /** The next answer; EOFException where the connection ends before one begins. */
    Answer next() throws IOException {
        return next(false);
    }

    /** @param toHead whether it answers HEAD, so that it has no body whatever its headers say */
    Answer next(boolean toHead) throws IOException {
        String[] first = line().split(" ", 3);
        int status = Integer.parseInt(first[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, headers, toHead || status == 100 || status == 204 ? "" : body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return text(in.readNBytes(Integer.parseInt(length)));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return text(in.readAllBytes());
        }
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.append(text(in.readNBytes(size)));
            line();
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Whether the gateway closes the connection without another answer. */
    boolean isClosedByPeer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        }
    }

    /** Closes at once, with a reset, as a crashed client does. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
