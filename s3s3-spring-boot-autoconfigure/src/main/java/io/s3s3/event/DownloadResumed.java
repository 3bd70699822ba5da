package io.s3s3.event;

import java.util.OptionalLong;

import io.s3s3.location.LocationRole;

/**
 * A download that broke midway continues with another answer, from the other location or
 * from the same one.
 *
 * @since 0.1.0
 */
public final class DownloadResumed extends RequestEvent {

	private final LocationRole from;

	private final LocationRole to;

	private final long position;

	private final long total;

	/**
	 * Create the event.
	 * @param call the call
	 * @param from the location whose answer broke
	 * @param to the location whose answer brings the rest
	 * @param position how many bytes of the body had arrived
	 * @param total how many bytes the body has, or -1 if that is not known
	 */
	public DownloadResumed(S3Call call, LocationRole from, LocationRole to, long position, long total) {
		super(call);
		this.from = from;
		this.to = to;
		this.position = position;
		this.total = total;
	}

	/**
	 * Return the location whose answer broke.
	 * @return the location
	 */
	public LocationRole getFrom() {
		return this.from;
	}

	/**
	 * Return the location whose answer brings the rest.
	 * @return the location
	 */
	public LocationRole getTo() {
		return this.to;
	}

	/**
	 * Return how many bytes of the body had arrived when the answer broke.
	 * @return the number of bytes
	 */
	public long getPosition() {
		return this.position;
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
		return ", from " + this.from + " to " + this.to + " at byte " + this.position;
	}

}
