package dev.tagrouter.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where on this machine load goes and what it consists of: one request, sent again and again. */
public final class Target {
    private final InetSocketAddress address;
    private final byte[] request;

    private Target(InetSocketAddress address, byte[] request) {
        this.address = address;
        this.request = request;
    }

    /**
     * A POST of JSON over a connection that stays open.
     *
     * @param port a loopback port
     * @param headers further headers, by name
     */
    public static Target post(int port, String path, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + bytes.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(bytes, 0, request, start.length, bytes.length);
        return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request);
    }

    InetSocketAddress address() {
        return address;
    }

    /** The whole request, head and body, at the end of its writing: to be flipped. */
    ByteBuffer request() {
        return ByteBuffer.allocateDirect(request.length).put(request);
    }
}
