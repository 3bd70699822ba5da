package io.s3s3.event;

import io.s3s3.internal.text.Printable;

/**
 * An upload in parts that could have gone on at the other location is bound to the one
 * where it is: not everything that is sent of it can be kept
 * ({@code s3s3.transfer.portable-uploads}). It continues as if that property were not
 * set.
 *
 * @since 0.1.0
 */
public final class UploadBound extends RequestEvent {

	private final String reason;

	/**
	 * Create the event.
	 * @param call the call that found it bound
	 * @param reason why, without secrets
	 */
	public UploadBound(S3Call call, String reason) {
		super(call);
		this.reason = reason;
	}

	/**
	 * Return why the upload is bound.
	 * @return a sentence without a full stop
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return the key of the upload.
	 * @return the key
	 */
	public String getKey() {
		return getRequest().getValueForField("Key", String.class).orElse("");
	}

	@Override
	String describe() {
		return ", the upload of '%s' is bound: %s".formatted(Printable.of(getKey()), this.reason);
	}

}
