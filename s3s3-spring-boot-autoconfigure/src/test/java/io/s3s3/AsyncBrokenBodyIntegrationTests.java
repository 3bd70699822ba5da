package io.s3s3;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.s3s3.failure.FailoverTrace;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.AsyncPair;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Downloads of the asynchronous client that break and cannot continue, because their
 * answer does not identify the object.
 */
@Timeout(60)
class AsyncBrokenBodyIntegrationTests {

	@AutoClose
	private final FaultyEndpoint primary = AnsweringEndpoint
		.answering(new Answer(200, "x-amz-request-id: 1\r\n", "con", 7, Answer.End.CLOSE));

	@AutoClose
	private final FaultyEndpoint secondary = FaultyEndpoint.refusing();

	@AutoClose
	private final AsyncPair pair = AsyncPair.of(this.primary.uri(), this.secondary.uri());

	@Test
	void failAsThoseOfTheSdkDo() {
		assertThatThrownBy(() -> get(AsyncResponseTransformer.toBytes()).join()).cause()
			.isExactlyInstanceOf(SdkClientException.class)
			.hasMessageStartingWith("Unable to execute HTTP request: ")
			.hasCauseInstanceOf(IOException.class)
			.satisfies((error) -> assertThat(FailoverTrace.of(error)).hasValueSatisfying(
					(trace) -> assertThat(trace.getMessage()).contains("primary: reset").doesNotContain("caller")));
	}

	@Test
	void doNotBlameTheLocationForAFileThatIsThere(@TempDir Path folder) throws IOException {
		Path file = Files.createFile(folder.resolve("file"));

		assertThatThrownBy(() -> get(AsyncResponseTransformer.toFile(file)).join()).cause()
			.isExactlyInstanceOf(SdkClientException.class)
			.hasMessage("The caller's own code failed")
			.hasRootCauseExactlyInstanceOf(FileAlreadyExistsException.class);
	}

	private <T> CompletableFuture<T> get(AsyncResponseTransformer<GetObjectResponse, T> transformer) {
		return this.pair.client().getObject((request) -> request.key("key"), transformer);
	}

}
