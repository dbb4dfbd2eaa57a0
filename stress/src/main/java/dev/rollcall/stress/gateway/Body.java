package dev.rollcall.stress.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;

/**
 * Reads the body of a request up to a limit. What exceeds the limit is read and discarded: a server
 * that closes a connection with bytes unread resets it, and a client that is still sending then
 * loses the answer that tells it why.
 */
final class Body implements Runnable {
    /** A body longer than this many limits is not read to its end. */
    private static final int MOST_LIMITS = 16;

    private final Request request;
    private final int limit;
    private final Promise<byte[]> whole;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;

    private Body(Request request, int limit, Promise<byte[]> whole) {
        this.request = request;
        this.limit = limit;
        this.whole = whole;
    }

    /**
     * Reads a body.
     *
     * @param limit bytes
     * @param whole gets the body, or an {@code HttpException} of status 413 if it exceeds the limit,
     *     or whatever was wrong with the connection
     */
    static void read(Request request, int limit, Promise<byte[]> whole) {
        new Body(request, limit, whole).run();
    }

    /** Reads what has arrived, and is called again when more has. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                whole.failed(chunk.getFailure());
                return;
            }
            try {
                add(chunk);
            } catch (IOException failure) {
                whole.failed(failure);
                return;
            } finally {
                chunk.release();
            }
            if (length > limit && (chunk.isLast() || length > (long) MOST_LIMITS * limit)) {
                whole.failed(new HttpException.RuntimeException(HttpStatus.PAYLOAD_TOO_LARGE_413));
                return;
            }
            if (chunk.isLast()) {
                whole.succeeded(kept.toByteArray());
                return;
            }
        }
    }

    private void add(Content.Chunk chunk) throws IOException {
        length += chunk.remaining();
        if (length <= limit) {
            BufferUtil.writeTo(chunk.getByteBuffer(), kept);
        }
    }
}
