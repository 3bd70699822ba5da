package io.s3s3.internal.call;

import io.s3s3.internal.io.BodySlot;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Accepts another body for a call as long as it is open. A listener that comes later is
 * refused, on any thread. Guarded by "this".
 */
final class BodyReplacement implements BodySlot, AutoCloseable {

	private final CallKind kind;

	private boolean closed;

	BodyReplacement(CallKind kind) {
		this.kind = kind;
	}

	@Override
	public synchronized boolean isLost() {
		return this.kind.notReplayableReason() != null;
	}

	@Override
	public synchronized void replace(RequestBody body) {
		if (this.closed) {
			throw new IllegalStateException("Too late: the call has gone on");
		}
		this.kind.replaceBody(body);
	}

	@Override
	public synchronized void close() {
		this.closed = true;
	}

}
