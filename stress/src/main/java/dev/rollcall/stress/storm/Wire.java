package dev.rollcall.stress.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A WebSocket client on a plain socket, for what no well-behaved client does: resets, halves of
 * messages, frames against the rules, silence. Not thread-safe, except for {@link #reset}.
 */
final class Wire implements AutoCloseable {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] MASK = {0x52, 0x6f, 0x6c, 0x6c};
    private static final int NO_STATUS = 1005;
    private static final int ABNORMAL = 1006;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private volatile boolean isReset;

    /** The other side has closed. */
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** WebSocket's status code. */
        private final int code;

        ClosedException(int code) {
            super("closed with " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    static Wire open(URI url, String subprotocol) throws IOException {
        return open(url, subprotocol, 0);
    }

    /**
     * Connects and shakes hands.
     *
     * @param receiveBuffer a small one for a client that does not read; 0 for the usual
     */
    static Wire open(URI url, String subprotocol, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) PATIENCE.toMillis());
            Wire wire = new Wire(socket);
            wire.shakeHands(url, subprotocol);
            return wire;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void shakeHands(URI url, String subprotocol) throws IOException {
        String protocol = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        out.write(("GET / HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n" + protocol + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String status = headLine();
        for (String line = headLine(); !line.isEmpty(); ) {
            line = headLine();
        }
        if (!status.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + status);
        }
    }

    private String headLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed in the handshake");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Sends one message in one frame. */
    void send(String message) throws IOException {
        write(text(message));
    }

    /** Sends bytes as they are. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    static byte[] text(String message) {
        return frame(TEXT, true, message.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame as a client sends it. */
    static byte[] frame(int opcode, boolean isLast, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (opcode | (isLast ? 0x80 : 0)));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** One array of several, to be written at once. */
    static byte[] joined(Iterable<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /**
     * The next message.
     *
     * @throws ClosedException if the other side has closed instead
     */
    JsonNode receive() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int head;
            int length;
            byte[] payload;
            try {
                head = in.readUnsignedByte();
                length = in.readUnsignedByte() & 0x7f;
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
                payload = new byte[length];
                in.readFully(payload);
            } catch (EOFException | SocketException gone) {
                throw new ClosedException(ABNORMAL);
            }
            switch (head & 0xf) {
                case CLOSE -> {
                    int code = length < 2 ? NO_STATUS : ByteBuffer.wrap(payload).getShort() & 0xffff;
                    throw new ClosedException(code);
                }
                case PING -> write(frame(PONG, true, payload));
                case PONG -> {}
                default -> {
                    message.writeBytes(payload);
                    if ((head & 0x80) != 0) {
                        return JSON.readTree(message.toByteArray());
                    }
                }
            }
        }
    }

    /** Reads on until the other side closes, and returns with which code. */
    int awaitClose() throws IOException {
        while (true) {
            try {
                receive();
            } catch (ClosedException closed) {
                return closed.code();
            }
        }
    }

    /** Reads on until the socket is closed, whatever comes before that; false if it was by {@link #reset}. */
    boolean awaitEnd() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            return !isReset;
        }
        return !isReset;
    }

    /** Whether this side has reset it. */
    boolean isReset() {
        return isReset;
    }

    /** Sends a request and returns what comes next. */
    JsonNode ask(String request) throws IOException {
        send(request);
        return receive();
    }

    /** Says that nothing more comes (FIN), but reads on. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the socket, by FIN unless something was not read. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes the socket by RST. May be called by any thread. */
    void reset() throws IOException {
        isReset = true;
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closedAlready) {
            return;
        }
        socket.close();
    }
}
