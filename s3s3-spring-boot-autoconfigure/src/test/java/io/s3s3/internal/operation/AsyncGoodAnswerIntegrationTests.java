package io.s3s3.internal.operation;

import io.s3s3.FailoverS3Client;
import io.s3s3.testkit.JoinedS3Client;

/**
 * Good answers as different stores give them, given to the asynchronous client.
 */
class AsyncGoodAnswerIntegrationTests extends GoodAnswerIntegrationTests {

	@Override
	void run(Call call, FailoverS3Client s3) {
		try {
			JoinedS3Client.run(s3, call::run);
		}
		catch (Exception ex) {
			throw new AssertionError("The answer was not taken", ex);
		}
	}

}
