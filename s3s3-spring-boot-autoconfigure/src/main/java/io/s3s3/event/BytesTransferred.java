package io.s3s3.event;

import java.util.OptionalLong;

import io.s3s3.location.LocationRole;

/**
 * Bytes of a body have moved. Sent about ten times per second, on the thread that reads,
 * and once more for the last byte. Bytes that are sent again are not reported again.
 *
 * @since 0.1.0
 */
public final class BytesTransferred extends RequestEvent {

	private final LocationRole location;

	private final Direction direction;

	private final long bytes;

	private final long total;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that sends or receives
	 * @param direction which way the bytes go
	 * @param bytes how many bytes of the body have moved
	 * @param total how many bytes the body has, or -1 if that is not known
	 */
	public BytesTransferred(S3Call call, LocationRole location, Direction direction, long bytes, long total) {
		super(call);
		this.location = location;
		this.direction = direction;
		this.bytes = bytes;
		this.total = total;
	}

	/**
	 * Return the location that sends or receives; for a download in parts, the one that
	 * began it.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return which way the bytes go.
	 * @return the direction
	 */
	public Direction getDirection() {
		return this.direction;
	}

	/**
	 * Return how many bytes of the body have moved.
	 * @return the number of bytes
	 */
	public long getBytes() {
		return this.bytes;
	}

	/**
	 * Return how many bytes the body has.
	 * @return the number of bytes, or empty if that is not known
	 */
	public OptionalLong getTotal() {
		return (this.total >= 0) ? OptionalLong.of(this.total) : OptionalLong.empty();
	}

	@Override
	String describe() {
		return ", " + this.bytes + " of " + ((this.total >= 0) ? this.total : "?") + " bytes, "
				+ ((this.direction == Direction.UPLOAD) ? "to " : "from ") + this.location;
	}

	/**
	 * Which way bytes go.
	 */
	public enum Direction {

		/**
		 * From the caller to the location.
		 */
		UPLOAD,

		/**
		 * From the location to the caller.
		 */
		DOWNLOAD

	}

}
