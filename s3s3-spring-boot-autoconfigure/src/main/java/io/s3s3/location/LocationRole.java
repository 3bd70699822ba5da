package io.s3s3.location;

import io.s3s3.internal.text.Tag;

/**
 * Which of the two locations of a pair a location is.
 *
 * @since 0.1.0
 */
public enum LocationRole {

	/**
	 * The location that calls go to as long as it works.
	 */
	PRIMARY,

	/**
	 * The location that stands in for the primary.
	 */
	SECONDARY;

	/**
	 * Return the name in lower case, as it appears in properties, logs and meters.
	 * @return {@code primary} or {@code secondary}
	 */
	public String tag() {
		return Tag.of(this);
	}

	/**
	 * Return the other role.
	 * @return the role
	 */
	public LocationRole other() {
		return (this == PRIMARY) ? SECONDARY : PRIMARY;
	}

	@Override
	public String toString() {
		return tag();
	}

}
