package io.s3s3.sample.web;

import java.util.List;

import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;

/**
 * The outcome of deleting several keys.
 *
 * @param deleted the keys that are gone
 * @param failed the keys that could not be deleted
 */
record DeletedObjects(List<String> deleted, List<FailedKey> failed) {

	static DeletedObjects of(DeleteObjectsResponse response) {
		return new DeletedObjects(response.deleted().stream().map(DeletedObject::key).toList(),
				response.errors().stream().map((error) -> new FailedKey(error.key(), error.code())).toList());
	}

	/**
	 * A key that could not be deleted.
	 *
	 * @param key the key
	 * @param code the error code of S3
	 */
	record FailedKey(String key, String code) {

	}

}
