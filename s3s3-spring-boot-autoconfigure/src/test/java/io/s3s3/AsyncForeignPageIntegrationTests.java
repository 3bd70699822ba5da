package io.s3s3;

import java.nio.file.Path;

import io.s3s3.testkit.JoinedS3Client;
import io.s3s3.testkit.Operation;

/**
 * The pages of proxies, firewalls and captive portals, given to the asynchronous client.
 */
class AsyncForeignPageIntegrationTests extends ForeignPageIntegrationTests {

	@Override
	void run(Operation operation, FailoverS3Client s3, Path target) throws Exception {
		JoinedS3Client.run(s3, (joined) -> operation.run(joined, target));
	}

	// Netty takes a body that must not be there for another answer.
	@Override
	String sent(Operation operation, String answer) {
		return (operation == Operation.HEAD) ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer;
	}

}
