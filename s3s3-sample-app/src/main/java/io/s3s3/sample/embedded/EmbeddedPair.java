package io.s3s3.sample.embedded;

import java.util.HashMap;
import java.util.Map;

import io.s3s3.location.LocationRole;

/**
 * The two embedded locations. Thread-safe.
 *
 * @param primary the location that calls go to as long as it works
 * @param secondary the location that stands in for it
 */
public record EmbeddedPair(EmbeddedLocation primary, EmbeddedLocation secondary) implements AutoCloseable {

	/**
	 * Start both servers.
	 * @return the pair
	 */
	public static EmbeddedPair start() {
		return new EmbeddedPair(EmbeddedLocation.start("sample-east"), EmbeddedLocation.start("sample-west"));
	}

	/**
	 * Return the location with the given role.
	 * @param role the role
	 * @return the location
	 */
	public EmbeddedLocation get(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

	/**
	 * Return the properties that make an application use this pair.
	 * @return the properties of both locations
	 */
	Map<String, Object> properties() {
		Map<String, Object> properties = new HashMap<>();
		for (LocationRole role : LocationRole.values()) {
			get(role).properties().forEach((name, value) -> properties.put("s3s3." + role.tag() + "." + name, value));
		}
		return properties;
	}

	@Override
	public void close() {
		this.primary.close();
		this.secondary.close();
	}

}
