package io.s3s3;

import java.nio.file.Path;

import io.s3s3.testkit.JoinedS3Client;
import io.s3s3.testkit.Operation;

/**
 * Errors of S3 that come with the status of a success, given to the asynchronous client.
 */
class AsyncErrorInSuccessIntegrationTests extends ErrorInSuccessIntegrationTests {

	@Override
	void run(Operation operation, FailoverS3Client s3, Path target) throws Exception {
		JoinedS3Client.run(s3, (joined) -> operation.run(joined, target));
	}

}
