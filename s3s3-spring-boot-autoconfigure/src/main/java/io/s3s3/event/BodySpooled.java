package io.s3s3.event;

/**
 * Bytes of a body that can be read only once were written to a temporary file, so that
 * they could be sent again. Told once, when the call ends.
 *
 * @since 0.1.0
 */
public final class BodySpooled extends RequestEvent {

	private static final long serialVersionUID = 1L;

	private final long bytes;

	/**
	 * Create the event.
	 * @param call the call
	 * @param bytes how many bytes were written
	 */
	public BodySpooled(S3Call call, long bytes) {
		super(call);
		this.bytes = bytes;
	}

	/**
	 * Return how many bytes the call wrote to a file.
	 * @return the number of bytes, more than zero
	 */
	public long getBytes() {
		return this.bytes;
	}

	@Override
	String describe() {
		return ", " + this.bytes + " bytes";
	}

}
