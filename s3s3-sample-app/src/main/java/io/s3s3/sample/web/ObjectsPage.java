package io.s3s3.sample.web;

import java.time.Instant;
import java.util.List;

import software.amazon.awssdk.services.s3.model.ListObjectsResponse;

/**
 * One page of a listing.
 *
 * @param objects the objects
 * @param truncated whether there are more than the page holds
 */
record ObjectsPage(List<ListedObject> objects, boolean truncated) {

	static ObjectsPage of(ListObjectsResponse response) {
		List<ListedObject> objects = response.contents()
			.stream()
			.map((object) -> new ListedObject(object.key(), object.size(), object.lastModified()))
			.toList();
		return new ObjectsPage(objects, Boolean.TRUE.equals(response.isTruncated()));
	}

	/**
	 * An object of the listing.
	 *
	 * @param key its key
	 * @param size its size in bytes
	 * @param lastModified when it was stored
	 */
	record ListedObject(String key, long size, Instant lastModified) {

	}

}
