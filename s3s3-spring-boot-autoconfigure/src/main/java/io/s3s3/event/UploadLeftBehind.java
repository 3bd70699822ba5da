package io.s3s3.event;

import java.time.Instant;

import io.s3s3.internal.text.Printable;
import io.s3s3.location.LocationRole;

/**
 * A location was asked to begin an upload in parts, and how that ended is not known:
 * there may be an upload whose id is not known. It costs nothing while it has no parts,
 * and a lifecycle rule for incomplete uploads removes it. Its key and the time identify
 * it in the location's list of uploads.
 *
 * @since 0.1.0
 */
public final class UploadLeftBehind extends RequestEvent {

	private final LocationRole location;

	private final String bucket;

	private final Instant time;

	/**
	 * Create the event.
	 * @param call the call
	 * @param location the location that was asked
	 * @param bucket its bucket
	 * @param time when it was asked
	 */
	public UploadLeftBehind(S3Call call, LocationRole location, String bucket, Instant time) {
		super(call);
		this.location = location;
		this.bucket = bucket;
		this.time = time;
	}

	/**
	 * Return the location that was asked.
	 * @return the location
	 */
	public LocationRole getLocation() {
		return this.location;
	}

	/**
	 * Return the bucket of the location.
	 * @return the name of the bucket
	 */
	public String getBucket() {
		return this.bucket;
	}

	/**
	 * Return the key of the upload.
	 * @return the key
	 */
	public String getKey() {
		return getRequest().getValueForField("Key", String.class).orElse("");
	}

	/**
	 * Return when the location was asked.
	 * @return the time by the clock of this machine, before anything was sent
	 */
	public Instant getTime() {
		return this.time;
	}

	/**
	 * Return a description of what may be left.
	 * @return a sentence without a full stop, with neither secrets nor control characters
	 */
	public String getDescription() {
		return "it is not known whether an upload of '%s' at the %s location was begun in the bucket %s at %s"
			.formatted(Printable.of(getKey()), this.location, this.bucket, this.time);
	}

	@Override
	String describe() {
		return ", " + getDescription();
	}

}
