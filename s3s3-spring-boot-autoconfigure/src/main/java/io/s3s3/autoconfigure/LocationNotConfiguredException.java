package io.s3s3.autoconfigure;

import java.util.List;

/**
 * A location lacks required properties.
 *
 * @since 0.1.0
 */
public final class LocationNotConfiguredException extends RuntimeException {

	private final List<String> missing;

	private LocationNotConfiguredException(String message, List<String> missing) {
		super(message);
		this.missing = List.copyOf(missing);
	}

	static LocationNotConfiguredException withoutBuckets(List<String> missing) {
		return new LocationNotConfiguredException(
				"s3s3 needs two locations, but there is no " + String.join(" and no ", missing), missing);
	}

	static LocationNotConfiguredException without(String missing) {
		return new LocationNotConfiguredException("There is no " + missing, List.of(missing));
	}

	/**
	 * Return the properties that are missing.
	 * @return their full names
	 */
	public List<String> getMissing() {
		return this.missing;
	}

}
