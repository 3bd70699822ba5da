package io.s3s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.EmbeddedS3;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Base of tests of how a primary's answers to each operation are judged, with a secondary
 * that can serve all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractPrimaryAnswerTests {

	@TempDir
	private Path folder;

	EmbeddedS3 secondary;

	@BeforeAll
	void start() {
		this.secondary = EmbeddedS3.start("west");
		this.secondary.put(Operation.KEY, Operation.CONTENT.getBytes(StandardCharsets.US_ASCII));
	}

	@AfterAll
	void stop() {
		this.secondary.close();
	}

	/**
	 * Make a call that has to be served.
	 * @param endpoint the primary, which is closed afterwards
	 * @param clients makes the clients of the locations
	 * @param operation what to call
	 * @return the failovers
	 */
	List<RequestFailedOver> call(FaultyEndpoint endpoint, Function<URI, S3Client> clients, Operation operation) {
		List<RequestFailedOver> failovers = new ArrayList<>();
		try (FaultyEndpoint primary = endpoint;
				S3Client east = clients.apply(primary.uri());
				S3Client west = clients.apply(this.secondary.endpoint());
				FailoverS3Client s3 = FailoverS3Client.builder()
					.primary(east, "east")
					.secondary(west, "west")
					.build()) {
			run(operation, s3.on(RequestFailedOver.class, failovers::add),
					this.folder.resolve(UUID.randomUUID().toString()));
		}
		catch (Exception ex) {
			throw new AssertionError(operation + " was not served", ex);
		}
		return failovers;
	}

	/**
	 * Make a call, of this client or of one beside it.
	 */
	void run(Operation operation, FailoverS3Client s3, Path target) throws Exception {
		operation.run(s3, target);
	}

}
