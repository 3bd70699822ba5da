package io.s3s3.recipe;

import java.io.InputStream;

import io.s3s3.FailoverS3Template;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.recipe.SharedS3Client.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What the pages on migrating and on other machines show.
 */
class MigratingRecipe {

	private static final Logger logger = LoggerFactory.getLogger(MigratingRecipe.class);

	SharedS3Client serializable() {
		SharedS3Client s3 = new SharedS3Client(new Place("orders-east", "us-east-1", null),
				new Place("orders-west", "us-west-2", null));
		return s3;
	}

	void request(FailoverS3Template s3, String key, InputStream stream, long length) {
		s3.on(RequestSucceeded.class, (event) -> logger.info("success!"))
			.on(RequestFailed.class, (event) -> logger.error("error!", event.getError()))
			.on(RequestFailedOver.class, (event) -> logger.warn("failover!"))
			.putObject((r) -> r.key(key), RequestBody.fromInputStream(stream, length));
	}

}
