package io.s3s3.internal.async;

import io.s3s3.location.LocationRole;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The asynchronous client of each location.
 *
 * @param primary the client of the primary location
 * @param secondary the client of the secondary location
 */
public record AsyncClients(S3AsyncClient primary, S3AsyncClient secondary) {

	/**
	 * Return the client of a location.
	 * @param role the role of the location
	 * @return its client
	 */
	public S3AsyncClient get(LocationRole role) {
		return (role == LocationRole.PRIMARY) ? this.primary : this.secondary;
	}

}
