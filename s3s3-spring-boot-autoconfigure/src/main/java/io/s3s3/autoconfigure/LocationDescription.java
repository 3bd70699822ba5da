package io.s3s3.autoconfigure;

import java.util.StringJoiner;

import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.location.Location;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Describes a location in the log: its role, its bucket, and where that is. Contains no
 * secrets.
 */
abstract class LocationDescription {

	static String of(Location location) {
		StringJoiner place = new StringJoiner(", ", " (", ")").setEmptyValue("");
		S3ServiceClientConfiguration client = ClientConfiguration.ask(location.client()).orElse(null);
		if (client != null) {
			if (client.region() != null) {
				place.add(client.region().id());
			}
			client.endpointOverride().map(LocationEndpoint::originOf).ifPresent(place::add);
		}
		return location.role().tag() + " " + location.bucket() + place;
	}

}
